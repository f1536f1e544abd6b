"""Forgetting people: what they told is erased, what happened stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nafida.cases.actions import hold
from nafida.cases.actions.holding import instant
from nafida.cases.actor import Actor
from nafida.cases.journal import Happened, record
from nafida.cases.life import Verb
from nafida.cases.models import Case
from nafida.cases.words import forget_words
from nafida.mail.actions import erase_letter
from nafida.services.models import Publicity


@transaction.atomic
def erase_people(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """Blank contact, words, letters and followers of a case, and forget its pictures; journal and figures stay.

    The exact place goes too where the service does not show it to everybody. Files are swept once nothing names them.
    A kind erases its own row in the same transaction, see reports.retention.
    """
    case = hold(case)
    at = instant(at, case)
    case.allow(Verb.ERASE, by)
    contact = case.contact
    contact.name, contact.email, contact.phone, contact.name_is_public = "", "", "", False
    contact.save()
    case.messages.update(text="")
    case.attachments.all().delete()
    case.followers.all().delete()
    forget_words(case)
    for row in case.letters.select_related("letter"):
        erase_letter(row.letter)
    case.erased_at = at
    if case.service.publicity != Publicity.FULL:
        case.cell = None
    case.save(update_fields=["erased_at", "cell"])
    record(case, Happened.ERASED, by=by, at=at)
    return case
