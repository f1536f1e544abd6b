"""Lives the plan: each case is filed and goes its way by the real actions, in the order of time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction

from nafida.cases import actions
from nafida.cases.actor import CLOCK
from nafida.cases.alarms import sound_alarms
from nafida.cases.attachments import KeptPicture, keep_picture
from nafida.cases.journal import in_silence
from nafida.cases.lapsing import lapse_question
from nafida.cases.models import AttachmentRole, Case
from nafida.launch.demo.drawings import MOTIFS, picture
from nafida.launch.demo.lives import Life, Planner
from nafida.launch.demo.piles import PILES, Piles, write_templates
from nafida.launch.demo.staff import Account, Staff
from nafida.launch.demo.stories import Step
from nafida.launch.demo.words import Words
from nafida.reports.actions import Account as Told
from nafida.reports.actions import Place, file_report, with_parents
from nafida.territory.calendars import local_day
from nafida.territory.models import Body

VARIANTS = {False: 3, True: 1}
MORNING = 7
Album = dict[tuple[str, bool], list[KeptPicture]]


@dataclass(frozen=True)
class Filled:
    """What came of it."""

    cases: int
    accounts: list[Account]


def fill(words: Words, *, now: datetime, seed: int, count: int) -> Filled:
    """Fill an installation without cases, whole or not at all; no letter leaves for what is past.

    What is told is the same for the same seed and moment; references, PINs and links are drawn anew.
    """
    album = draw_album()
    with transaction.atomic(), in_silence():
        staff = Staff(words)
        lives = Planner(words, now, seed).plan(count)
        History(words, staff, album, seed).live(lives, now)
        write_templates(words, by=staff.coordinator)
    return Filled(len(lives) + len(PILES), staff.accounts)


def draw_album() -> Album:
    """Every motif as it was found and as it was left, through the way that citizens' photos take."""
    wanted = [(motif, mended) for motif in MOTIFS for mended in (False, True)]
    return {
        (motif, mended): [keep_picture(picture(motif, number, mended=mended)) for number in range(VARIANTS[mended])]
        for motif, mended in wanted
    }


def _mornings(start: datetime, end: datetime) -> Iterator[datetime]:
    """When the clock looks for what is due: once a day, and at the very end."""
    at = start.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    while at < end:
        yield at
        at += timedelta(days=1)
    yield end


class History:
    """All that happens, one thing after another."""

    def __init__(self, words: Words, staff: Staff, album: Album, seed: int) -> None:
        self.words, self.staff, self.album, self.rng = words, staff, album, Random(seed)
        self.cases: dict[int, Case] = {}
        self.lives: dict[int, Life] = {}

    def live(self, lives: list[Life], now: datetime) -> None:
        happenings: list[tuple[datetime, Callable[[], object]]] = []
        for life in lives:
            happenings.append((life.at, partial(self._file, life)))
            happenings += [(step.at, partial(self._step, life, step)) for step in life.steps]
        happenings += Piles(self.words, self.staff, self.album, self.rng).happenings(now)
        happenings += [(at, partial(sound_alarms, at)) for at in _mornings(lives[0].at, now)]
        for _at, happen in sorted(happenings, key=lambda happening: happening[0]):
            happen()

    def _file(self, life: Life) -> None:
        if life.point:
            place = Place.at(*life.point, life.place)
        else:
            place = Place(with_parents().get(pk=life.commune.pk), life.place)
        shown = self.album[life.picture, False] if life.picture else []
        told = Told(description=life.description, pictures=[self.rng.choice(shown)] if shown else [])
        key = UUID(bytes=hashlib.sha256(f"{self.rng.random()} {life.number}".encode()).digest()[:16], version=4)
        case, _new = file_report(
            life.service, place, told,
            at=life.at, language=life.language, email=life.email, urgent=life.urgent, form_key=key,
        )  # fmt: skip
        self.cases[life.number], self.lives[life.number] = case, life

    def _step(self, life: Life, step: Step) -> None:
        DO[step.do](self, life, self.cases[life.number], step)

    def say(self, life: Life, step: Step) -> str:
        return self.words.say(step.say, life.language, self.rng)


def _take(of: History, life: Life, case: Case, step: Step) -> None:
    actions.take_in_hand(case, by=of.staff.worker(case, step.at), at=step.at)


def _plan(of: History, life: Life, case: Case, step: Step) -> None:
    day = local_day(step.at) + timedelta(days=of.rng.randint(2, 4))
    actions.plan_works(case, by=of.staff.worker(case, step.at), day=day, text=of.say(life, step), at=step.at)


def _ask(of: History, life: Life, case: Case, step: Step) -> None:
    actions.ask_citizen(case, by=of.staff.worker(case, step.at), text=of.say(life, step), at=step.at)


def _reply(of: History, life: Life, case: Case, step: Step) -> None:
    actions.reply_to_question(case, text=of.say(life, step), at=step.at)


def _lapse(of: History, life: Life, case: Case, step: Step) -> None:
    lapse_question(case, by=CLOCK, at=step.at)


def _answer(of: History, life: Life, case: Case, step: Step) -> None:
    if step.outcome:
        text = of.say(life, step)
        actions.answer_case(case, by=of.staff.worker(case, step.at), outcome=step.outcome, text=text, at=step.at)


def _close(of: History, life: Life, case: Case, step: Step) -> None:
    actions.close_case(case, by=of.staff.desk(case), outcome=step.outcome, text=of.say(life, step), at=step.at)


def _close_by_clock(of: History, life: Life, case: Case, step: Step) -> None:
    actions.close_case(case, by=CLOCK, at=step.at)


def _reopen(of: History, life: Life, case: Case, step: Step) -> None:
    actions.reopen_case(case, text=of.say(life, step), at=step.at)


def _withdraw(of: History, life: Life, case: Case, step: Step) -> None:
    actions.withdraw_case(case, at=step.at)


def _transfer(of: History, life: Life, case: Case, step: Step) -> None:
    kind = of.words.problems[case.service.code].transfer
    there = Body.objects.on(local_day(step.at)).competent().filter(kind=kind).exclude(pk=case.body_id)
    to = there.order_by("code").first() or Body.objects.governorate()
    text = of.say(life, step)
    of.cases[life.number] = actions.transfer_case(case, by=of.staff.worker(case, step.at), to=to, text=text, at=step.at)


def _extend(of: History, life: Life, case: Case, step: Step) -> None:
    days = case.service.working_days + 5
    actions.extend_limit(case, by=of.staff.chief(), working_days=days, text=of.say(life, step), at=step.at)


def _merge(of: History, life: Life, case: Case, step: Step) -> None:
    into = of.cases[life.twin_of or 0]
    actions.merge_case(case, by=of.staff.desk(case), into=into, at=step.at)


def _show(of: History, life: Life, case: Case, step: Step) -> None:
    actions.show_words(case, by=of.staff.desk(case), at=step.at)


def _note(of: History, life: Life, case: Case, step: Step) -> None:
    actions.note_case(case, by=of.staff.desk(case), text=of.say(life, step), at=step.at)


def _support(of: History, life: Life, case: Case, step: Step) -> None:
    device = hashlib.sha256(f"{settings.SECRET_KEY} {of.rng.random()}".encode()).hexdigest()
    actions.support_case(case, device=device, at=step.at)


def _photo(of: History, life: Life, case: Case, step: Step) -> None:
    motif = of.words.problems[case.service.code].picture
    kept = of.rng.choice(of.album[motif, True])
    actions.attach_picture(case, by=of.staff.worker(case, step.at), kept=kept, role=AttachmentRole.AFTER, at=step.at)


DO: dict[str, Callable[[History, Life, Case, Step], None]] = {
    "take": _take,
    "plan": _plan,
    "ask": _ask,
    "reply": _reply,
    "lapse": _lapse,
    "answer": _answer,
    "close": _close,
    "close_by_clock": _close_by_clock,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "transfer": _transfer,
    "extend": _extend,
    "merge": _merge,
    "show": _show,
    "note": _note,
    "support": _support,
    "photo": _photo,
}
