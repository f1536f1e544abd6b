"""The door for what comes back takes what is addressed to a return path of ours, over real SMTP, and nothing else."""

import smtplib
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from nafida.mail import receiving
from nafida.mail.marks import return_path
from nafida.mail.models import Bounce, Letter
from nafida.mail.receiving import open_door
from tests.mail.dsn import absence, report

pytestmark = pytest.mark.django_db(transaction=True)
Queue = Callable[..., Letter]


@pytest.fixture
def door(settings: Any) -> Iterator[Controller]:
    settings.BOUNCE_ADDRESS = "bounces@post.example"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    opened = open_door("127.0.0.1", port)
    yield opened
    opened.stop()


def hand_in(door: Controller, content: bytes, *recipients: str) -> None:
    with smtplib.SMTP("127.0.0.1", door.port, timeout=10) as client:
        client.sendmail("", list(recipients), content)


def test_a_report_is_noted_before_the_door_says_yes(door: Controller, queue: Queue) -> None:
    letter = queue()
    hand_in(door, report(letter, to="undisclosed@post.example"), return_path(letter.pk))
    assert Bounce.objects.get().letter == letter


def test_an_answer_of_absence_is_taken_and_forgotten(door: Controller, queue: Queue) -> None:
    letter = queue()
    hand_in(door, absence(letter), return_path(letter.pk))
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("to", ["bounces@post.example", "bounces+1-00000000000000000000@post.example", "x@example.org"])
def test_nothing_else_is_taken(door: Controller, queue: Queue, to: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        hand_in(door, report(queue()), to)


def test_what_is_too_large_is_refused(door: Controller, queue: Queue) -> None:
    letter = queue()
    with pytest.raises(smtplib.SMTPResponseException) as refusal:
        hand_in(door, b"x" * (receiving.LARGEST + 1), return_path(letter.pk))
    assert refusal.value.smtp_code == 552


def test_what_cannot_be_noted_now_is_to_come_again(
    door: Controller, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bool:
        raise RuntimeError("no database")

    monkeypatch.setattr(receiving, "take_returned", broken)
    letter = queue()
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        hand_in(door, report(letter), return_path(letter.pk))
    assert refusal.value.smtp_code == 451
