"""One letter with many cases: the daily one of a body that wants it, and what a new address finds already there."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.tasks import task
from django.utils import translation
from django.utils.translation import gettext as _

from nafida.cases.batches import one_by_one
from nafida.cases.journal import Happened
from nafida.cases.letters.bodies import has_officers
from nafida.cases.letters.writing import Fact, absolute, day_words
from nafida.cases.life import Who
from nafida.cases.models import BodyLetter, BodyLink, Case, Deadline, DeadlineName, Digest, Event
from nafida.mail.actions import queue_letter
from nafida.mail.models import Letter
from nafida.mail.render import render_letter
from nafida.territory.calendars import calendar, local_day, time_zone
from nafida.territory.models import Body, LetterRhythm

HOUR = time(8)
"""When the daily letter is written, in the time of the province."""
SOON = 3
"""Working days before its end from which on a time limit counts as due soon."""
MOST = 100
"""Cases that stand in one letter; the rest is counted."""
NEWS = (Happened.RECEIVED, Happened.TRANSFERRED, Happened.REOPENED, Happened.REPLIED, Happened.SPLIT_OFF)


class Item(NamedTuple):
    """A case in a list: what it is, and its link, which works once."""

    case: Case
    facts: list[Fact]
    url: str


class Part(NamedTuple):
    title: str
    items: list[Item]


def write_digests(now: datetime) -> int:
    """For the clock: on working days from eight on, the daily letter of each body that wants one, once a day."""
    day = local_day(now)
    if not calendar().is_working(day) or now.astimezone(time_zone()).time() < HOUR:
        return 0
    wanting = Body.objects.on(day).exclude(email="").filter(letter_rhythm__in=(LetterRhythm.DAILY, LetterRhythm.BOTH))
    bodies = wanting.exclude(digests__day=day).order_by("pk")
    return one_by_one(bodies.values_list("pk", flat=True), lambda key: write_digest(key, now))


def write_digest(body_id: int, now: datetime) -> bool:
    """What is new since the last one, due soon and late; no letter when there is nothing. False when it was made.

    The first one lists all that is open: nobody knows since when a case has waited for it.
    """
    body = Body.objects.get(pk=body_id)
    if has_officers(body):
        return False
    before = Digest.objects.filter(body=body, at__lt=now).order_by("-at").first()
    found = _sorted(body, before.at if before else None, now)
    try:
        with transaction.atomic(), translation.override(body.language):
            digest = Digest.objects.create(body=body, day=local_day(now), at=now)
            digest.letter = _write(body, _parts(found, body), f"digest-{body.pk}-{digest.day:%Y-%m-%d}")
            digest.save(update_fields=["letter"])
    except IntegrityError:
        return False  # another clock was faster
    return digest.letter is not None


@task(priority=50)
def write_open_cases(body_id: int, mark: str) -> None:
    """A body without officers has got a new address: what it has open, with a link for each; `mark` makes it once."""
    body = Body.objects.get(pk=body_id)
    if not body.email or has_officers(body):
        return
    with transaction.atomic(), translation.override(body.language):
        key = f"open-{body.pk}-{mark}"
        Body.objects.select_for_update(no_key=True, of=("self",)).get(pk=body.pk)
        cases = list(_open_cases(body))
        if cases and not Letter.objects.filter(key__startswith=f"{key}-").exists():
            for start in range(0, len(cases), MOST):
                part = Part(_("With you now"), [_item(case, body) for case in cases[start : start + MOST]])
                _write(body, [part], f"{key}-{start}", purpose="open")


def _open_cases(body: Body) -> QuerySet[Any]:
    """Each with `due`, the end of the body's own clock, None where it does not run."""
    clocks = Deadline.objects.unmet().filter(case=OuterRef("pk"), name=DeadlineName.BODY).order_by("pk")
    rows = Case.objects.open().filter(body=body).exclude(waiting_for="citizen").order_by("-urgent", "pk")
    rows = rows.select_related("service", "area").defer("area__boundary")
    return rows.annotate(due=Subquery(clocks.values("due_at")[:1]))


def _sorted(body: Body, since: datetime | None, now: datetime) -> dict[str, list[Any]]:
    """Each case once, under what matters most of it: late, due soon, new, and those whose next answer is awaited.

    One statement, before anything is written, however much is open.
    """
    soon = calendar().add_working_days(local_day(now), SOON)
    events = Event.objects.filter(case=OuterRef("pk"))
    if since:
        events = events.filter(at__gt=since)
    cases = _open_cases(body).annotate(
        is_new=Exists(events.filter(what__in=NEWS)), has_acted=Exists(events.filter(facts__as=Who.BODY))
    )
    found: dict[str, list[Any]] = {"late": [], "due": [], "new": [], "next": []}
    for case in cases:
        if case.due and case.due < now:
            found["late"].append(case)
        elif case.due and local_day(case.due) <= soon:
            found["due"].append(case)
        elif case.is_new:
            found["new"].append(case)
        elif case.has_acted:
            found["next"].append(case)
    return found


def _parts(found: dict[str, list[Any]], body: Body) -> list[Part]:
    """The first hundred cases, each with a link drawn for it."""
    titles = {
        "late": _("Late"),
        "due": _("Due soon"),
        "new": _("New"),
        "next": _("Links for your next answer"),
    }
    left, parts = MOST, []
    for name, cases in found.items():
        items = [_item(case, body) for case in cases[:left]]
        left -= len(items)
        if items:
            parts.append(Part(f"{titles[name]} ({len(cases)})", items))
    return parts


def _item(case: Any, body: Body) -> Item:
    """A case with its `due`, and a link of its own."""
    facts = [Fact(_("Reference"), case.shown_reference, code=True), Fact(_("Commune"), case.area.name)]
    if case.due:
        facts.append(Fact(_("Answer by"), day_words(case.due)))
    return Item(case, facts, absolute("desk:answer", BodyLink.draw(case, body)))


def _write(body: Body, parts: list[Part], key: str, purpose: str = "digest") -> Letter | None:
    if not parts:
        return None
    words = {
        "parts": parts,
        "total": sum(len(part.items) for part in parts),
        "body": body.name,
        "is_daily": purpose == "digest",
    }
    rendered = render_letter("cases/letters/digest", body.language, words)
    letter = queue_letter(
        key=key,
        to=body.email,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        language=body.language,
        purpose=purpose,
        thread=key,
    )
    BodyLetter.objects.get_or_create(letter=letter, defaults={"body": body})
    return letter
