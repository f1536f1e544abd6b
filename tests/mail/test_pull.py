"""What came back is fetched from a mailbox by IMAP, once, with the real client."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from nafida.mail.imap_url import read_imap_url
from nafida.mail.models import Bounce, Letter
from nafida.mail.pull import pull_returned
from tests.mail.dsn import absence, report
from tests.mail.imap_server import ImapServer

Queue = Callable[..., Letter]


@pytest.fixture
def mailbox(settings: Any) -> Iterator[ImapServer]:
    settings.BOUNCE_ADDRESS = "bounces@post.example"
    with ImapServer() as server:
        settings.BOUNCE_IMAP_URL = f"imap://bounces:secret%20word@127.0.0.1:{server.port}/INBOX"
        yield server


@pytest.mark.django_db
def test_each_report_is_noted_once_and_everything_is_marked_as_read(mailbox: ImapServer, queue: Queue) -> None:
    letter = queue()
    mailbox.messages = {7: report(letter), 9: absence(letter), 12: b"\xff chance mail\r\n"}
    assert pull_returned(timezone.now()) == 1
    assert Bounce.objects.get().letter == letter
    assert mailbox.seen == {7, 9, 12}
    assert pull_returned(timezone.now()) == 0
    assert Bounce.objects.count() == 1


@pytest.mark.django_db
def test_what_could_not_be_noted_is_read_again(
    mailbox: ImapServer, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = queue()
    mailbox.messages = {1: report(letter)}
    with monkeypatch.context() as broken:
        broken.setattr("nafida.mail.pull.take_returned", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            pull_returned(timezone.now())
    assert mailbox.seen == set()
    assert pull_returned(timezone.now()) == 1


def test_without_an_address_nothing_is_asked(settings: Any) -> None:
    settings.BOUNCE_IMAP_URL = ""
    assert pull_returned(timezone.now()) == 0


def test_an_address_is_read_with_what_stands_in_it_for_other_signs() -> None:
    address = read_imap_url("imaps://b%40post:p%2Fw@mail.example.org/Returned%20mail")
    assert (address.user, address.password, address.port) == ("b@post", "p/w", 993)
    assert address.folder == "Returned mail"
    assert "p/w" not in repr(address)


@pytest.mark.parametrize("wrong", ["pop3://u:hunter2@host", "imaps://host", "imaps://u:hunter2@host:port"])
def test_a_wrong_address_is_named_without_its_password(wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="NAFIDA_BOUNCE_IMAP_URL") as refusal:
        read_imap_url(wrong)
    assert "hunter2" not in str(refusal.value)
