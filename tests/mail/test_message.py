"""What a letter looks like on the wire."""

from collections.abc import Callable
from datetime import UTC
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime, quote

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from nafida.mail.message import compose, wire_address
from nafida.mail.models import Letter

ARABIC = (
    "تبليغ رقم 471 930 625: تم استلام تبليغكم عن إنارة عمومية معطلة بجماعة أكليم، وسنجيبكم في أجل أقصاه 10 أيام عمل"
)
Read = Callable[[bytes], EmailMessage]


def letter(**facts: object) -> Letter:
    words = {"to": "citizen@example.org", "subject": "Hello", "text": "Text\n", "language": "ar"}
    return Letter(**{"key": "k", "purpose": "trial", **words, **facts})


def test_a_long_arabic_subject_survives_the_round_trip(read: Read) -> None:
    content = compose(letter(subject=ARABIC))
    head = content.split(b"\r\n\r\n")[0]
    assert read(content)["Subject"] == ARABIC
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 78


@given(st.lists(st.text(alphabet='سلامabc,.:;"<>()=?_é1ⵣ', min_size=1, max_size=30), min_size=1, max_size=12))
def test_any_subject_survives_the_round_trip(words: list[str]) -> None:
    subject = " ".join(words)
    content = compose(letter(subject=subject))
    assert message_from_bytes(content, policy=default)["Subject"] == subject


@pytest.mark.parametrize("name", ["Nafida", 'The "Window", Ltd.', ARABIC[:60], "a" * 80, "=?utf-8?q?x?="])
def test_the_senders_name_survives_the_round_trip(name: str, settings: Settings) -> None:
    settings.MAIL_FROM = f'"{quote(name)}" <nafida@example.org>'
    # Read the old way: the new one (Python 3.12) puts blanks between a name's encoded words.
    written, address = parseaddr(message_from_bytes(compose(letter()))["From"])
    assert (str(make_header(decode_header(written))), address) == (name, "nafida@example.org")


def test_text_and_html_are_alternatives_in_utf_8(read: Read) -> None:
    content = compose(letter(text=ARABIC + "\n", html=f"<p>{ARABIC}</p>\n"))
    message = read(content)
    text, html = message.iter_parts()
    assert message.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert [part.get_content().strip() for part in (text, html)] == [ARABIC, f"<p>{ARABIC}</p>"]
    assert content.isascii()
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))


def test_the_head_says_what_machines_need(read: Read) -> None:
    row = letter(reply_to="clerk@example.org", headers={"In-Reply-To": "<a@example.org>"})
    message = read(compose(row))
    assert message["Message-ID"] == row.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ar"
    assert (message["Reply-To"], message["In-Reply-To"]) == ("clerk@example.org", "<a@example.org>")
    assert [name for name in message if name.startswith("List-")] == []


def test_the_date_is_when_it_was_queued_in_utc(read: Read) -> None:
    row = letter()
    date = read(compose(row))["Date"]
    assert date.endswith("+0000")
    assert parsedate_to_datetime(date).astimezone(UTC) == row.queued_at.replace(microsecond=0)


def test_a_message_id_ends_in_the_domain_of_the_sender() -> None:
    with override_settings(MAIL_DOMAIN="example.org"):
        ids = {letter().message_id for _ in range(10)}
    assert len(ids) == 10
    assert all(message_id.startswith("<") and message_id.endswith("@example.org>") for message_id in ids)


def test_a_domain_in_arabic_letters_is_written_in_ascii(read: Read) -> None:
    message = read(compose(letter(to="a@مثال.إختبار")))
    assert message["To"] == wire_address("a@مثال.إختبار") == "a@xn--mgbh0fb.xn--kgbechtv"


def test_an_erased_letter_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="erased"):
        compose(letter(to=""))
