"""Each link of a letter tells which letter was read; nobody can make such a mark but us."""

from collections.abc import Callable

import pytest

from nafida.mail.marks import MARK, letter_id_of, mark_of, return_path, returned_letter, with_marks
from nafida.mail.message import compose
from nafida.mail.models import Letter

Queue = Callable[..., Letter]
SITE = "https://window.example"


@pytest.fixture(autouse=True)
def site(settings: object) -> None:
    settings.SITE_URL = SITE  # type: ignore[attr-defined]
    settings.BOUNCE_ADDRESS = "bounces@post.example"  # type: ignore[attr-defined]


def test_each_link_to_a_page_of_ours_carries_the_mark_and_no_other_does() -> None:
    text = f"{SITE}/ar/cases/1/\n{SITE}/ar/?q=1 {SITE} https://elsewhere.example/ar/"
    mark = f"{MARK}={mark_of(7)}"
    assert with_marks(text, 7) == (
        f"{SITE}/ar/cases/1/?{mark}\n{SITE}/ar/?q=1&{mark} {SITE} https://elsewhere.example/ar/"
    )
    assert with_marks(f'<a href="{SITE}/ar/?q=1">', 7, html=True) == f'<a href="{SITE}/ar/?q=1&amp;{mark}">'


@pytest.mark.parametrize("wrong", ["", "7", "7-", "7-" + "0" * 20, "x", mark_of(7) + "0", "٧" + mark_of(7)[1:]])
def test_a_mark_that_was_not_made_here_is_nobodys(wrong: str) -> None:
    assert letter_id_of(wrong) is None
    assert letter_id_of(mark_of(7)) == 7


def test_a_mark_of_a_link_is_none_of_a_return_path() -> None:
    assert returned_letter(return_path(7)) == 7
    assert returned_letter(f"<{return_path(7).upper()}>") == 7
    assert returned_letter(f"bounces+{mark_of(7)}@post.example") is None
    assert returned_letter(return_path(7).replace("post", "other")) is None
    assert returned_letter("bounces@post.example") is None


@pytest.mark.django_db
def test_the_header_by_which_mail_programs_stop_is_marked_and_stays_one_plain_address(
    queue: Queue, read: object
) -> None:
    stop = f"<{SITE}/ar/{'long/' * 20}letters/stop/>"
    letter = queue(headers={"List-Unsubscribe": stop, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    content = compose(letter)
    lines = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert f"List-Unsubscribe: {stop[:-1]}?letter={mark_of(letter.pk)}>".encode() in lines
