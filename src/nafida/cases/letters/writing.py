"""One shape for all letters about cases, and the rule that nobody is told the same thing twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nafida.cases.models import BodyLetter, Case, CaseLetter, Event, Message
from nafida.cases.reference import NO_BREAK_SPACE
from nafida.mail.actions import queue_letter
from nafida.mail.models import Letter
from nafida.mail.render import render_letter
from nafida.territory.models import Body


class Fact(NamedTuple):
    """One line of a letter: what, and its value; `code` keeps numbers from being turned around in Arabic."""

    label: str
    value: str
    code: bool = False

    @property
    def plain(self) -> str:
        """The value in plain text: what is not a bare number is isolated, or Arabic would turn its parts around."""
        bare = self.value.replace(NO_BREAK_SPACE, "").isdigit()
        return f"\u2066{self.value}\u2069" if self.code and not bare and translation.get_language_bidi() else self.value


@dataclass
class Words:
    """What a letter says, in the reader's language; `quote` are somebody else's words."""

    subject: str
    lines: list[str]
    quote: str = ""
    facts: list[Fact] = field(default_factory=list)
    url: str = ""
    label: str = ""
    after: list[str] = field(default_factory=list)
    why: str = ""
    leave_url: str = ""
    stop_url: str = ""


def write_once(
    event: Event, purpose: str, *, to: str, language: str, say: Callable[[], Words], body: Body | None = None
) -> Letter | None:
    """Queue the letter of `purpose` that tells `to` of `event`, unless it was written before.

    `say` is called in the reader's language and inside the transaction, so that what it makes (a one-time
    link) exists if and only if the letter does. `body` is the administration that is written to; without one
    the reader is a citizen, of whom one letter is all that leaves until somebody has clicked in it.
    """
    mark = hashlib.sha256(to.encode()).hexdigest()[:20]
    key = f"case-{event.case_id}-event-{event.seq}-{purpose}-{mark}"
    with transaction.atomic(), translation.override(language):
        # Two workers with the same event: the second waits here, and then finds the letter of the first.
        Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        if Letter.objects.filter(key=key).exists():
            return None
        words = say()
        if body is None:
            words.stop_url = absolute("portal:stop_letters")
        rendered = render_letter("cases/letter", language, {"words": words})
        letter = queue_letter(
            key=key,
            to=to,
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            language=language,
            purpose=purpose,
            headers=_list_headers(words.stop_url) if body is None else {},
            until_clicked=body is None,
            thread=f"case-{event.case_id}",
        )
        CaseLetter.objects.get_or_create(letter=letter, defaults={"case": event.case, "event": event})
        if body is not None:
            BodyLetter.objects.get_or_create(letter=letter, defaults={"body": body})
    return letter


def _list_headers(stop_url: str) -> dict[str, str]:
    """What lets a mail program offer “stop” by itself, in one click without a page (RFC 8058, RFC 2919)."""
    return {
        "List-Id": f"<reports.{settings.MAIL_DOMAIN}>",
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def absolute(name: str, *args: Any) -> str:
    """The whole address of a page, in the language that is active."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def private_link(case: Case) -> str:
    return absolute("portal:mine", case.reference, case.private_key)


def day_words(at: datetime) -> str:
    """'27 novembre 2026' in the active language, in the time of the province."""
    return date_format(timezone.localtime(at), "DATE_FORMAT")


def case_facts(case: Case) -> list[Fact]:
    return [
        Fact(_("Reference"), case.shown_reference, code=True),
        Fact(_("Subject"), case.service.name),
        Fact(_("Commune"), case.area.name),
        Fact(_("Competent administration"), case.body.name),
    ]


def message_of(event: Event) -> str:
    """The words that the event names; empty when it names none or retention has erased them."""
    key = event.facts.get("message")
    message = Message.objects.filter(pk=key).first() if key else None
    return message.text if message else ""


def event_of(event_id: int) -> Event:
    rows = Event.objects.select_related("case__service", "case__area", "case__body", "case__contact", "by")
    return rows.get(pk=event_id)
