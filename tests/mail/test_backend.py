"""What Django and allauth send becomes letters of the outbox."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers, send_mail
from django.db import transaction
from django.utils import translation

from nafida.mail.actions import SIGN_IN_CODE
from nafida.mail.backend import PURPOSE_HEADER, OutboxBackend
from nafida.mail.models import Letter
from tests.mail.conftest import deliveries

pytestmark = pytest.mark.django_db


def test_the_mailer_of_the_house_is_the_outbox() -> None:
    assert isinstance(mailers.default, OutboxBackend)


def test_a_message_of_django_becomes_one_letter_per_recipient() -> None:
    message = EmailMessage("Code", "1234", to=["A <a@example.org>"], cc=["b@example.org"], bcc=["c@example.org"])
    with translation.override("fr"):
        assert message.send() == 1
    letters = Letter.objects.order_by("to")
    assert [letter.to for letter in letters] == ["a@example.org", "b@example.org", "c@example.org"]
    assert {(letter.language, letter.purpose, letter.priority) for letter in letters} == {
        ("fr", "system", SIGN_IN_CODE)
    }
    assert deliveries() == 3


def test_both_forms_reply_address_purpose_and_headers_are_kept() -> None:
    message = EmailMultiAlternatives("S", "text", to=["a@example.org"], reply_to=["Clerk <r@example.org>"])
    message.extra_headers = {PURPOSE_HEADER: "sign-in-code", "X-Case": "1"}
    message.attach_alternative("<p>html</p>", "text/html")
    message.send()
    letter = Letter.objects.get()
    assert (letter.text, letter.html, letter.reply_to) == ("text", "<p>html</p>", "r@example.org")
    assert (letter.purpose, letter.headers) == ("sign-in-code", {"X-Case": "1"})


def test_a_message_of_html_only_gets_a_text() -> None:
    message = EmailMessage("S", "<p>Your code: <b>1234</b></p>", to=["a@example.org"])
    message.content_subtype = "html"
    message.send()
    letter = Letter.objects.get()
    assert (letter.text, letter.html) == ("Your code: 1234", "<p>Your code: <b>1234</b></p>")


def test_a_message_to_many_is_queued_for_all_or_for_none() -> None:
    with pytest.raises(ValueError, match="recipient"):
        send_mail("S", "text", None, ["a@example.org", "nobody"])
    assert not Letter.objects.exists()


def test_an_attachment_is_refused_and_not_dropped() -> None:
    message = EmailMessage("S", "text", to=["a@example.org"], attachments=[("a.txt", "a", "text/plain")])
    with pytest.raises(ValueError, match="attachments"):
        message.send()


def test_a_line_break_in_a_subject_of_django_is_refused() -> None:
    with pytest.raises(ValueError, match="subject"):
        send_mail("S\nBcc: all@example.org", "text", None, ["a@example.org"])


def test_what_django_sends_vanishes_with_its_transaction_and_leaves_with_it(
    work: Callable[[], list[str]], files: Callable[[], list[Path]]
) -> None:
    with transaction.atomic():
        send_mail("S", "text", None, ["a@example.org"])
        transaction.set_rollback(True)
    send_mail("S", "text", None, ["b@example.org"])
    work()
    assert [b"b@example.org" in file.read_bytes() for file in files()] == [True]
