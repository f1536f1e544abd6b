"""What a report is found by. Written in the worker, a second later: nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import phonenumbers
from django.conf import settings
from django.db import transaction
from django.tasks import task

from nafida.cases.batches import BATCH
from nafida.cases.life import Who
from nafida.cases.masking import mask
from nafida.cases.models import Case, Contact, Event, MessageKind
from nafida.cases.words import keep_words
from nafida.reports.models import Report
from nafida.services.models import Service
from nafida.territory.models import Area

SAID_TO_ALL = (MessageKind.ANSWER, MessageKind.PLAN)


@task(priority=40)
def index_words(event_id: int) -> None:
    """Let the case of an event be found by what is told of it now."""
    index_report(Event.objects.values_list("case", flat=True).get(pk=event_id))


@transaction.atomic
def index_report(key: int) -> None:
    """The case is held meanwhile, so that an erasure comes before this or after it."""
    cases = Case.objects.select_for_update(of=("self",)).select_related("service", "area", "body", "contact")
    case = cases.defer("area__boundary").get(pk=key)
    report = Report.objects.filter(pk=key).first()
    if report is None or case.erased_at:
        keep_words(case, face=_face(case), public=(), desk=())
        return
    said = list(case.messages.all())
    public = [message.text for message in said if message.kind in SAID_TO_ALL and message.who != Who.REPORTER]
    rest = [message.text for message in said]
    told = [report.place, report.description]
    desk = [*told, *rest, *_names(case.body), case.body_reference, *_contact(case.contact)]
    keep_words(case, face=_face(case), public=[*map(mask, told), *public], desk=desk)


def index_all() -> int:
    """Every case anew, some at a time; returns how many."""
    done = 0
    for keys in _batches(Case.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            for key in keys:
                index_report(key)
        done += len(keys)
    return done


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """Read to the end before anything is written."""
    all_keys = list(keys)
    for start in range(0, len(all_keys), BATCH):
        yield all_keys[start : start + BATCH]


def _face(case: Case) -> list[str]:
    return [case.reference, *_names(case.service), *_names(case.area)]


def _names(row: Service | Area | object) -> list[str]:
    names = (getattr(row, f"name_{language}") for language in settings.MODELTRANSLATION_LANGUAGES)
    return [name for name in names if name]


def _contact(contact: Contact) -> list[str]:
    """Name, address and number, which people also look for without the country's code."""
    if not contact.phone:
        return [contact.name, contact.email]
    try:
        national = str(phonenumbers.parse(contact.phone).national_number)
    except phonenumbers.NumberParseException:
        national = ""
    return [contact.name, contact.email, contact.phone, national]
