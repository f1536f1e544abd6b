"""What servers refuse and send back is noted per letter and address; only what says so counts."""

from collections.abc import Callable
from typing import Any

import pytest

from nafida.mail.actions import erase_letter
from nafida.mail.bounces import is_address_at_fault, take_returned
from nafida.mail.marks import return_path
from nafida.mail.models import Bounce, Letter, LetterState
from nafida.mail.standing import is_unreachable, known
from tests.mail.dsn import absence, report
from tests.mail.smtp_server import SmtpServer

pytestmark = pytest.mark.django_db
Queue = Callable[..., Letter]
CITIZEN = "citizen@example.org"


@pytest.fixture(autouse=True)
def return_address(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@post.example"


@pytest.fixture
def sent(queue: Queue, work: Callable[..., Any]) -> Letter:
    letter = queue()
    work()
    return letter


def state(letter: Letter) -> tuple[str, str]:
    letter.refresh_from_db()
    return letter.state, letter.last_error


def test_a_letter_that_comes_back_for_good_makes_its_address_unreachable(sent: Letter) -> None:
    assert take_returned(report(sent), [return_path(sent.pk)])
    bounce = Bounce.objects.get()
    assert (bounce.letter, bounce.permanent, bounce.status, bounce.said) == (sent, True, "5.1.1", "550 no such user")
    assert state(sent) == (LetterState.FAILED, "550 no such user")
    assert is_unreachable(CITIZEN)


def test_a_full_mailbox_counts_but_does_not_end_it(sent: Letter) -> None:
    assert take_returned(report(sent, "5.2.2", said="552 mailbox full"), [])
    assert not Bounce.objects.get().permanent
    assert not is_unreachable(CITIZEN)
    assert known(CITIZEN).failures == 1


@pytest.mark.parametrize(
    ("status", "at_fault"),
    [
        ("5.1.1", True),
        ("5.2.1", True),
        ("5.4.4", True),
        ("5.7.1", False),
        ("5.6.0", False),
        ("4.4.7", False),
        ("", False),
    ],
)
def test_what_a_code_says_of_an_address(status: str, at_fault: bool) -> None:
    assert is_address_at_fault(status) is at_fault


def test_a_report_that_comes_twice_is_one(sent: Letter) -> None:
    for _ in range(2):
        take_returned(report(sent, "4.4.7"), [])
    assert known(CITIZEN).failures == 1


def test_where_a_relay_has_lost_the_return_path_the_message_id_tells_the_letter(sent: Letter) -> None:
    assert take_returned(report(sent, to="postmaster@post.example"), ["postmaster@post.example"])
    assert is_unreachable(CITIZEN)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_news_of_a_delay_or_an_arrival_is_no_failure(sent: Letter, action: str) -> None:
    assert not take_returned(report(sent, "4.0.0", action=action), [])
    assert state(sent)[0] == LetterState.SENT


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"Content-Type: multipart/report; boundary=b\r\n\r\n--b"])
def test_what_is_no_report_changes_nothing(sent: Letter, content: bytes) -> None:
    assert not take_returned(content, [return_path(sent.pk)])
    assert not take_returned(absence(sent), [return_path(sent.pk)])
    assert state(sent)[0] == LetterState.SENT


def test_nobody_can_make_up_a_return_path(sent: Letter) -> None:
    forged = report(sent, to=f"bounces+{sent.pk}-{'0' * 20}@post.example").replace(sent.message_id.encode(), b"<x@y>")
    assert not take_returned(forged, [])
    assert not Bounce.objects.exists()


def test_of_an_erased_letter_nothing_is_kept_but_that_it_came_back(sent: Letter) -> None:
    erase_letter(sent)
    take_returned(report(sent), [])
    assert Bounce.objects.get().said == ""
    assert known(CITIZEN) is None


@pytest.mark.parametrize(
    ("verb", "answer", "unreachable"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "550 no such user", True),
        ("RCPT", "550 5.7.1 not from you", False),
        ("LETTER", "554 5.7.1 looks like spam", False),
        ("LETTER", "550 no", False),
    ],
)
def test_what_a_server_refuses_at_once_counts_too(
    queue: Queue, work: Callable[..., Any], smtp: SmtpServer, verb: str, answer: str, unreachable: bool
) -> None:
    smtp.answers[verb] = answer
    letter = queue()
    work()
    assert Bounce.objects.get().letter == letter
    assert is_unreachable(CITIZEN) is unreachable


def test_each_letter_comes_back_to_an_address_of_its_own(
    queue: Queue, work: Callable[..., Any], smtp: SmtpServer
) -> None:
    letter = queue()
    work()
    assert f"mail from:<{return_path(letter.pk)}>" in [line.lower().split(" size")[0] for line in smtp.lines]
