"""What happened lately, for the home page: what was solved, with pictures, and what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from nafida.cases.journal import Happened
from nafida.cases.life import Outcome
from nafida.cases.models import Attachment, AttachmentRole, Case, Event
from nafida.portal.rows import Row, rows_of
from nafida.reports.publicity import public_pictures

SOLVED, NEWEST = 3, 5
LOOKED_AT = 60  # the last answers among which those with pictures are looked for
RECENT = timedelta(days=60)


@dataclass(frozen=True)
class Solved:
    """A case whose work was done; the numbers of its public pictures before and after, None without one."""

    case: Case
    before: int | None
    after: int | None

    @property
    def pictures(self) -> int:
        return (self.before is not None) + (self.after is not None)


def solved_lately(now: datetime) -> list[Solved]:
    """The last that were solved: those with a picture of the work first, the latest answer first among them.

    The journal is read backwards: cases have no index by the day of their answer.
    """
    answers = Event.objects.filter(what=Happened.ANSWERED, at__gte=now - RECENT).order_by("-pk")
    seen = answers.values("case")[:LOOKED_AT]
    done = Case.objects.public().worth_showing().filter(pk__in=seen, outcome=Outcome.DONE, answered_at__isnull=False)
    work = Attachment.objects.filter(case=OuterRef("pk"), role=AttachmentRole.AFTER)
    chosen = done.in_cards().alias(has_work=Exists(work)).order_by("-has_work", "-answered_at")
    return [_solved(case) for case in chosen[:SOLVED]]


def newest() -> list[Row]:
    """The last reports that came in, as rows of a list."""
    return rows_of(Case.objects.public().worth_showing().order_by("-day", "-pk")[:NEWEST])


def _solved(case: Case) -> Solved:
    numbers: dict[str, int] = {}
    for number, picture in public_pictures(case):
        numbers.setdefault(picture.role, number)
    return Solved(case, numbers.get(AttachmentRole.BEFORE), numbers.get(AttachmentRole.AFTER))
