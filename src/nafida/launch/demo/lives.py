"""The plan of a demonstration: every case with all that will happen to it, the same for the same seed and moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from nafida.cases.life import Outcome
from nafida.launch.demo.spots import Spots
from nafida.launch.demo.stories import PAST, RECENT, UNANSWERED, Step, Story, Teller
from nafida.launch.demo.words import Problem, Words
from nafida.services.models import Danger, Publicity, Service
from nafida.territory.models import Area

ARABIC = 0.7
RECENTLY = timedelta(days=9)
YEAR = timedelta(days=364)
OLDEST_OPEN = timedelta(days=75)
IN_RECENT_DAYS = 0.16
WITH_ADDRESS = 0.45
WITH_PICTURE = 0.7
SEEN_BY_OFFICER = 0.85
TWINS = 0.08
ENDS = ("close_by_clock", "close", "withdraw")


@dataclass(frozen=True)
class Life:
    """One case: how it is filed, and its steps in order of time. `twin_of` is the number of an equal one."""

    number: int
    at: datetime
    service: Service
    commune: Area
    point: tuple[float, float] | None
    place: str
    description: str
    language: str
    urgent: bool
    picture: str
    email: str
    steps: Sequence[Step] = field(default=())
    twin_of: int | None = None


class Planner:
    """Invents lives. `now` is the moment at which the year ends."""

    def __init__(self, words: Words, now: datetime, seed: int) -> None:
        self.words, self.now, self.rng = words, now, Random(seed)
        self.spots = Spots()
        self.services = {row.code: row for row in Service.objects.active().order_by("pk") if row.takes_a_form}
        self.cards: dict[bool, list[Teller]] = {}
        self.offered = {area.pk: self._problems_in(area) for area in self.spots.communes}

    def plan(self, count: int) -> list[Life]:
        """So many lives, in the order in which they are filed; every commune and every service has one at least."""
        lives: list[Life] = []
        for commune, problem in self._where_and_what(count):
            lives.append(self._life(len(lives) + 1, commune, problem))
        lives += [twin for life in lives if self.rng.random() < TWINS and (twin := self._twin(life, len(lives)))]
        return _numbered(sorted(lives, key=lambda life: life.at))

    def _problems_in(self, area: Area) -> list[Problem]:
        offered = set(Service.objects.offered_in(area.pk).values_list("code", flat=True)) & self.services.keys()
        here = [problem for code, problem in self.words.problems.items() if code in offered]
        return [problem for problem in here if problem.where in ("", "urban" if area.urban else "rural")]

    def _where_and_what(self, count: int) -> list[tuple[Area, Problem]]:
        communes = self.spots.communes
        people = [area.population or 1 for area in communes]
        wheres = [*communes, *self.rng.choices(communes, people, k=max(0, count - len(communes)))]
        pairs = [(area, self._draw_problem(area)) for area in wheres]
        missing = self.words.problems.keys() - {problem.service for _area, problem in pairs}
        for code in sorted(missing):
            where = [area for area in communes if any(here.service == code for here in self.offered[area.pk])]
            if where:
                pairs.append((self.rng.choice(where), self.words.problems[code]))
        self.rng.shuffle(pairs)
        return pairs

    def _draw_problem(self, area: Area) -> Problem:
        here = self.offered[area.pk]
        return self.rng.choices(here, [problem.weight for problem in here])[0]

    def _life(self, number: int, commune: Area, problem: Problem) -> Life:
        rng = self.rng
        recent = rng.random() < IN_RECENT_DAYS
        teller = self._draw_teller(recent)
        neglected = not recent and teller in UNANSWERED
        at = self._moment(recent, OLDEST_OPEN if neglected else YEAR)
        service = self.services[problem.service]
        language = "ar" if rng.random() < ARABIC else "fr"
        story = Story(at, service.working_days, rng)
        teller(story)
        steps = self._with_company(story, service, problem)
        wants_address = rng.random() < WITH_ADDRESS or any(step.do == "ask" for step in steps)
        return Life(
            number,
            at,
            service,
            commune,
            self.spots.draw(commune, rng) if rng.random() < 0.93 else None,
            self.words.place(language, rng, urban=commune.urban),
            rng.choice(problem.words[language]),
            language,
            urgent=service.danger == Danger.ASK and not neglected and rng.random() < 0.2,
            picture=problem.picture if rng.random() < WITH_PICTURE else "",
            email="citizen@example.org" if wants_address else "",
            steps=steps,
        )

    def _draw_teller(self, recent: bool) -> Teller:
        """From a pack of cards, so that none is left out by chance."""
        cards = self.cards.setdefault(recent, [])
        if not cards:
            cards += [teller for teller, often in (RECENT if recent else PAST).items() for _card in range(often)]
            self.rng.shuffle(cards)
        return cards.pop()

    def _moment(self, recent: bool, oldest: timedelta) -> datetime:
        """When citizens write: by day and in the evening; never in the last hour, so that nothing is cut short."""
        days = self.rng.uniform(0.05, RECENTLY.days) if recent else self.rng.uniform(RECENTLY.days, oldest.days)
        at = (self.now - timedelta(days=days)).replace(second=self.rng.randint(0, 59), microsecond=0)
        at = at.replace(hour=self.rng.choice(range(7, 22)), minute=self.rng.randint(0, 59))
        return at if at < self.now - timedelta(hours=1) else at - timedelta(days=1)

    def _with_company(self, story: Story, service: Service, problem: Problem) -> list[Step]:
        """The story's steps that lie in the past, with what others do beside it: look, note, support."""
        rng, steps = self.rng, [step for step in story.steps if step.do != "transfer" or problem.transfer]
        own = [step.at for step in steps if step.do not in ENDS]
        last = own[-1] if own else story.received + timedelta(days=1)
        end = min(last, self.now, *(step.at for step in steps if step.do in ENDS))
        if service.publicity != Publicity.PRIVATE and rng.random() < SEEN_BY_OFFICER:
            morning = (story.received + timedelta(days=1)).replace(hour=rng.randint(8, 11))
            steps.append(Step(morning, "show"))
        if len(own) > 1 and rng.random() < 0.2:
            steps.append(Step(own[0] + timedelta(minutes=5), "note", "note"))
        if service.publicity != Publicity.PRIVATE and rng.random() < 0.35:
            lasts = end - story.received
            moments = [story.received + rng.uniform(0.02, 1) * lasts for _one in range(rng.choice((1, 1, 2, 3, 5)))]
            steps += [Step(at, "support") for at in moments]
        if any(step.outcome == Outcome.DONE for step in steps) and problem.picture and rng.random() < 0.4:
            steps += [replace(step, do="photo", outcome=None) for step in steps if step.outcome == Outcome.DONE][:1]
        return sorted((step for step in steps if step.at < self.now), key=lambda step: (step.at, step.do != "photo"))

    def _twin(self, life: Life, number: int) -> Life | None:
        """A second report of the same thing, merged with the first before that is answered."""
        ends = [step.at for step in life.steps if step.do in ("answer", "close", "withdraw", "transfer")]
        time = min(ends, default=life.at) - life.at
        if time < timedelta(days=1) or life.point is None:
            return None
        at, merged = life.at + time * 0.3, life.at + time * 0.7
        point = self.spots.beside(life.commune, life.point, self.rng)
        steps = [Step(merged, "merge")]
        return replace(life, number=number, at=at, point=point, steps=steps, twin_of=life.number, email="", picture="")


def _numbered(lives: list[Life]) -> list[Life]:
    new = {life.number: place for place, life in enumerate(lives, 1) if life.twin_of is None}
    return [
        replace(
            life,
            number=place,
            twin_of=new[life.twin_of] if life.twin_of else None,
            email=f"citizen-{place:03d}@example.org" if life.email else "",
        )
        for place, life in enumerate(lives, 1)
    ]
