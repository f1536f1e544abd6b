"""What happened lately, for the home page: what was solved, with pictures, and what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from nafida.cases.journal import Happened
from nafida.cases.life import Outcome
from nafida.cases.models import Attachment, AttachmentRole, Case, Event
from nafida.cases.models.case import CaseQuerySet
from nafida.cases.standing import Standing
from nafida.portal.rows import Row, rows_of
from nafida.reports.publicity import public_pictures

SOLVED, NEWEST = 3, 5
LOOKED_AT = 60  # the last answers among which those with pictures are looked for
RECENT = timedelta(days=60)


@dataclass(frozen=True)
class Solved:
    """A case whose work was done; its public pictures before and after with their numbers, None without one."""

    case: Row
    before: tuple[int, Attachment] | None
    after: tuple[int, Attachment] | None

    @property
    def pictures(self) -> int:
        return (self.before is not None) + (self.after is not None)


@dataclass(frozen=True)
class Lately:
    """The last that were solved, those with a picture of the work first; and the last reports that came in."""

    solved: list[Solved]
    newest: list[Row]


def _read() -> Lately:
    public = Case.objects.public().worth_showing()
    chosen = _with_work(public, timezone.now())
    rows = rows_of(public.filter(pk__in=[case.pk for case in chosen]))
    named = {row.pk: row for row in rows}
    return Lately(
        solved=[_solved(case, named[case.pk]) for case in chosen],
        newest=rows_of(public.order_by("-day", "-pk")[:NEWEST]),
    )


def _with_work(public: CaseQuerySet, now: datetime) -> list[Case]:
    """The journal is read backwards: cases have no index by the day of their answer."""
    answers = Event.objects.filter(what=Happened.ANSWERED, at__gte=now - RECENT).order_by("-pk")
    done = public.filter(pk__in=answers.values("case")[:LOOKED_AT], outcome=Outcome.DONE, answered_at__isnull=False)
    work = Attachment.objects.filter(case=OuterRef("pk"), role=AttachmentRole.AFTER)
    chosen = done.alias(has_work=Exists(work)).order_by("-has_work", "-answered_at")
    return list(chosen.select_related("service").prefetch_related("attachments")[:SOLVED])


_known = Standing(_read)


def lately() -> Lately:
    """As of now: kept until something happens to any case."""
    return _known.get()


def _solved(case: Case, row: Row) -> Solved:
    first: dict[str, tuple[int, Attachment]] = {}
    for number, picture in public_pictures(case):
        first.setdefault(picture.role, (number, picture))
    return Solved(row, first.get(AttachmentRole.BEFORE), first.get(AttachmentRole.AFTER))
