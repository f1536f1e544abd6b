"""What lies on the desks of the most populous commune today, so that no pile of the list is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from nafida.cases import actions
from nafida.cases.attachments import KeptPicture
from nafida.cases.life import Outcome
from nafida.cases.models import AnswerTemplate, Case, Channel
from nafida.desk.answer_templates import save_template
from nafida.launch.demo.spots import Spots
from nafida.launch.demo.staff import Staff
from nafida.launch.demo.words import Words
from nafida.people.models import User
from nafida.reports.actions import Account as Told
from nafida.reports.actions import Place, file_report
from nafida.services.models import Service
from nafida.territory.models import Area

PHONE = "+212500000000"  # nobody's: no operator has numbers that begin so
Happening = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True)
class Laid:
    """One case: its service, how long ago it was filed, its channel, and what was done with it since."""

    service: str
    hours: float
    channel: Channel = Channel.WEB
    phone: str = ""
    then: tuple[str, ...] = ()
    picture: bool = False


PILES = (
    Laid("light-out", 52, then=("take", "wait")),
    Laid("pothole", 30, Channel.PHONE, PHONE, ("take", "answer")),
    Laid("waste-missed", 28, Channel.PHONE, PHONE, ("take", "ask")),
    Laid("pavement", 20, Channel.COUNTER),
    Laid("sign-signal", 9, Channel.FIELD, then=("take",)),
    Laid("dump", 5, picture=True),
)


class Piles:
    """The cases and the steps with them, each at its moment before `now`."""

    def __init__(self, words: Words, staff: Staff, album: Mapping[Any, Sequence[KeptPicture]], rng: Random) -> None:
        self.words, self.staff, self.album, self.rng = words, staff, album, rng
        self.commune = max(Area.objects.communes(), key=lambda area: area.population or 0)
        self.spots = Spots()
        self.cases: dict[Laid, Case] = {}

    def happenings(self, now: datetime) -> Iterator[Happening]:
        for laid in PILES:
            at = now - timedelta(hours=laid.hours)
            yield at, lambda laid=laid, at=at: self._file(laid, at)  # type: ignore[misc]
            for number, step in enumerate(laid.then, 1):
                later = at + timedelta(hours=1.5 * number)
                yield later, lambda laid=laid, step=step, later=later: STEPS[step](self, self.cases[laid], later)  # type: ignore[misc]

    def _file(self, laid: Laid, at: datetime) -> None:
        problem, by = self.words.problems[laid.service], self.staff.of_commune(self.commune)
        pictures = [self.rng.choice(self.album[problem.picture, False])] if laid.picture else []
        filing: dict[str, Any] = {"channel": laid.channel, "phone": laid.phone, "language": "ar"}
        if laid.channel != Channel.WEB:
            filing["by"] = by
        if laid.channel == Channel.FIELD:
            filing["filed_by_body"] = by.body
        self.cases[laid], _new = file_report(
            Service.objects.get(code=laid.service),
            Place.at(*self.spots.draw(self.commune, self.rng), self.words.place("ar", self.rng, urban=True)),
            Told(description=self.rng.choice(problem.words["ar"]), pictures=pictures),
            at=at,
            form_key=UUID(int=self.rng.getrandbits(128), version=4),
            **filing,
        )

    def say(self, occasion: str) -> str:
        return self.words.say(occasion, "ar", self.rng)


STEPS: dict[str, Callable[[Piles, Case, datetime], object]] = {
    "take": lambda of, case, at: actions.take_in_hand(case, by=of.staff.worker(case, at), at=at),
    "wait": lambda of, case, at: actions.wait_for_works(
        case, by=of.staff.worker(case, at), text=of.say("missing"), at=at
    ),
    "ask": lambda of, case, at: actions.ask_citizen(case, by=of.staff.worker(case, at), text=of.say("question"), at=at),
    "answer": lambda of, case, at: actions.answer_case(
        case, by=of.staff.worker(case, at), outcome=Outcome.DONE, text=of.say("done"), at=at
    ),
}


def write_templates(words: Words, *, by: User) -> None:
    """The ready answers of the pack, for all bodies."""
    for row in words.templates:
        facts = {"title": row["title"], "text_ar": row["ar"], "text_fr": row["fr"], "body": None}
        services = Service.objects.filter(code__in=row.get("services", ()))
        save_template(AnswerTemplate(), by=by, facts=facts, services=services)
