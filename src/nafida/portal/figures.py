"""How a commune or an administration answers, in plain numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from zlib import crc32

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Q

from nafida.cases.journal import Happened
from nafida.cases.models import Case, Deadline, DeadlineName, Event
from nafida.cases.models.case import CaseQuerySet
from nafida.territory.calendars import local_day
from nafida.territory.models import Area, Body

YEAR = timedelta(days=365)
ENOUGH_RATINGS = 5  # fewer say more of who rated than of who answered
KEPT = 600  # seconds: counting looks at every case of a year


@dataclass(frozen=True)
class Figures:
    """What came in since a day and what became of it; `open` and `late` are as of now, whenever they came in.

    `hidden` are those of which an officer keeps words, an update or a photo from the public now.

    `half_within` are the days within which half of all that came in was answered, 0 being the same day; None when
    less than half was answered. `rating` is the mean of what reporters have said, 1 to 5; None below ENOUGH_RATINGS.
    """

    since: date
    received: int
    answered: int
    on_time: int
    not_done: int
    reopened: int
    open: int
    late: int
    hidden: int
    half_within: int | None
    ratings: int
    rating: float | None

    @property
    def share_on_time(self) -> int | None:
        """Of the answers, those within the time limit, in whole per cent; None without answers."""
        return 100 * self.on_time // self.answered if self.answered else None


_SHAPE = crc32(" ".join(field.name for field in fields(Figures)).encode())


def figures_of_commune(commune: Area, now: datetime) -> Figures:
    """By the citizen's clock, whichever bodies answered; counted anew every ten minutes, as all of them."""
    clock = Q(name=DeadlineName.CITIZEN)
    return _kept(f"commune-{commune.pk}", lambda: _figures(Case.objects.filter(area=commune), now, clock))


def figures_of_province(now: datetime) -> Figures:
    """All communes together."""
    return _kept("province", lambda: _figures(Case.objects.all(), now, Q(name=DeadlineName.CITIZEN)))


def figures_of_body(body: Body, now: datetime) -> Figures:
    """By the body's own clock, which begins on the day it got the case."""
    clock = Q(name=DeadlineName.BODY, body=body, left_at=None)
    return _kept(f"body-{body.pk}", lambda: _figures(Case.objects.filter(body=body), now, clock))


def _kept(name: str, count: Callable[[], Figures]) -> Figures:
    """Under a key that another shape of the figures does not share: what is kept outlives an upgrade."""
    key = f"figures-{_SHAPE:x}-{name}"
    kept: Figures | None = cache.get(key)
    if kept is None:
        kept = count()
        cache.set(key, kept, KEPT)
    return kept


def _figures(cases: CaseQuerySet, now: datetime, clock: Q) -> Figures:
    """Without what a body filed with itself, what was taken back and what goes on in another case."""
    counted = cases.in_figures_of_bodies().worth_showing()
    since = local_day(now) - YEAR
    lately = counted.filter(day__gte=since)
    kept = Deadline.objects.filter(clock, case=OuterRef("pk"), met_at__lte=F("due_at"))
    again = Event.objects.filter(case=OuterRef("pk"), what=Happened.REOPENED)
    answered = Q(answered_at__isnull=False)
    found = lately.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=answered),
        on_time=Count("pk", filter=answered & Q(Exists(kept))),
        reopened=Count("pk", filter=Q(Exists(again))),
    )
    return Figures(
        since=since,
        not_done=lately.closed_without_done().count(),
        open=counted.open().count(),
        late=counted.overdue(now).count(),
        hidden=lately.with_something_hidden().count(),
        half_within=_half_within(lately, found["received"]),
        **found,
        **_ratings(lately),
    )


def _ratings(cases: CaseQuerySet) -> dict[str, Any]:
    """The last word of each reporter since the case was last closed."""
    told = Event.objects.filter(what=Happened.RATED, case__in=cases.filter(closed_at__isnull=False))
    told = told.filter(at__gte=F("case__closed_at")).order_by("seq")
    stars = {case: facts["stars"] for case, facts in told.values_list("case", "facts")}
    enough = len(stars) >= ENOUGH_RATINGS
    return {"ratings": len(stars), "rating": sum(stars.values()) / len(stars) if enough else None}


def _half_within(cases: CaseQuerySet, received: int) -> int | None:
    """Counted by days of the calendar here, as the database converts no zones."""
    answered = cases.filter(answered_at__isnull=False).values_list("day", "answered_at")
    waits = sorted((local_day(at) - day).days for day, at in answered if at)
    half = (received + 1) // 2
    return waits[half - 1] if 0 < half <= len(waits) else None
