"""What may become of a case: each story is a list of steps, dated in office hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from nafida.cases.closing import REOPENING_TIME
from nafida.cases.lapsing import ANSWERING_TIME
from nafida.cases.life import Outcome

# A limit of five working days is a week of the calendar.
CALENDAR = 1.4
# An answer "in time" takes this part of the limit, a late one so many times the limit.
IN_TIME = (0.1, 0.85)
LATE = (1.6, 3.0)


@dataclass(frozen=True)
class Step:
    """Something done to a case. `say` is the occasion of demo.yaml whose words go with it."""

    at: datetime
    do: str
    say: str = ""
    outcome: Outcome | None = None


class Story:
    """A case being told: `at` is the moment reached, `limit` the service's, in working days."""

    def __init__(self, at: datetime, limit: int, rng: Random) -> None:
        self.received = self.at = at
        self.limit = max(limit, 1)
        self.rng = rng
        self.steps: list[Step] = []

    def wait(self, low: float, high: float) -> None:
        """Let a part of the limit pass, until somebody is in the office."""
        wanted = self.at + timedelta(days=self.limit * CALENDAR * self.rng.uniform(low, high), minutes=20)
        moment = wanted.replace(hour=self.rng.randint(9, 15), minute=self.rng.randint(0, 59), second=0)
        while moment < self.at + timedelta(minutes=10) or moment.weekday() > 4:
            moment += timedelta(days=1)
        self.at = moment

    def do(self, what: str, say: str = "", outcome: Outcome | None = None) -> None:
        self.steps.append(Step(self.at, what, say, outcome))

    def answer(self, outcome: Outcome = Outcome.DONE) -> None:
        """Answered; thirty days later the clock closes it."""
        self.do("answer", str(outcome), outcome)
        self.at += REOPENING_TIME
        self.do("close_by_clock")

    def take(self) -> None:
        self.wait(0.02, 0.2)
        self.do("take")


def fresh(story: Story) -> None:
    """Nobody has looked yet."""


def in_hand(story: Story) -> None:
    story.take()


def settled(story: Story) -> None:
    story.take()
    story.wait(*IN_TIME)
    story.answer()


def late(story: Story) -> None:
    story.take()
    story.wait(*LATE)
    story.answer()


def planned(story: Story) -> None:
    story.take()
    story.wait(0.05, 0.2)
    story.do("plan", "plan")
    story.at += timedelta(days=3)
    story.wait(0.0, 0.2)
    story.answer()


def asked(story: Story) -> None:
    story.take()
    story.do("ask", "question")
    story.at += timedelta(hours=story.rng.uniform(3, 60))
    story.do("reply", "reply")
    story.wait(0.2, 0.6)
    story.answer()


def asked_in_vain(story: Story) -> None:
    story.take()
    story.do("ask", "question")
    story.at += ANSWERING_TIME
    story.do("lapse")
    story.wait(0.1, 0.4)
    story.answer(Outcome.NOT_FOUND)


def declined(story: Story) -> None:
    story.wait(0.2, 0.9)
    story.answer(Outcome.NOT_DONE)


def nothing_there(story: Story) -> None:
    story.take()
    story.wait(*IN_TIME)
    story.answer(Outcome.NOT_FOUND)


def unclear(story: Story) -> None:
    story.wait(0.1, 0.5)
    story.answer(Outcome.INADMISSIBLE)


def closed_at_once(story: Story) -> None:
    story.wait(0.1, 0.6)
    story.do("close", "not_done", Outcome.NOT_DONE)


def reopened(story: Story) -> None:
    story.take()
    story.wait(*IN_TIME)
    story.do("answer", "done", Outcome.DONE)
    story.at += timedelta(days=story.rng.uniform(1, 12))
    story.do("reopen", "reason")
    story.take()
    story.wait(0.2, 0.9)
    story.answer()


def transferred(story: Story) -> None:
    story.wait(0.05, 0.3)
    story.do("transfer", "transfer")
    story.take()
    story.wait(0.2, 1.1)
    story.answer()


def extended(story: Story) -> None:
    story.take()
    story.do("extend", "extend")
    story.wait(0.9, 1.5)
    story.answer()


def withdrawn(story: Story) -> None:
    story.at += timedelta(hours=story.rng.uniform(2, 20))
    story.do("withdraw")


Teller = Callable[[Story], None]
# How often each is told of a case of the past year, and of one of the last days.
PAST: dict[Teller, int] = {
    settled: 44, late: 13, planned: 13, asked: 8, asked_in_vain: 3, declined: 7, nothing_there: 6, unclear: 3,
    closed_at_once: 3, reopened: 6, transferred: 6, extended: 3, withdrawn: 4, in_hand: 2, fresh: 2,
}  # fmt: skip
RECENT: dict[Teller, int] = {
    fresh: 18, in_hand: 10, planned: 8, asked_in_vain: 4, settled: 6, reopened: 3, withdrawn: 1,
}  # fmt: skip
# Told of the past, these are cases that somebody has forgotten.
UNANSWERED = (fresh, in_hand)
