"""What a technician does on the spot with one tap: each step is a verb of the page of life with its words ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from nafida.cases.life import Outcome, Verb
from nafida.cases.models import Case
from nafida.territory.calendars import local_day


@dataclass(frozen=True)
class Step:
    """One button at the foot of a phone: its word and sign, its verb, and what its form says (`facts`, as strings)."""

    code: str
    word: Any
    sign: str
    verb: Verb
    facts: Callable[[], dict[str, str]]
    takes_photo: bool = False


STEPS = {
    step.code: step
    for step in (
        Step(
            "on_my_way",
            gettext_lazy("On my way"),
            "van",
            Verb.PLAN,
            lambda: {"day": local_day(timezone.now()).isoformat(), "text": _("Our team is on its way.")},
        ),
        Step(
            "done",
            gettext_lazy("Done + photo"),
            "camera",
            Verb.ANSWER,
            lambda: {"outcome": Outcome.DONE.value, "text": _("The work is done.")},
            takes_photo=True,
        ),
        Step(
            "not_found",
            gettext_lazy("Not found"),
            "search",
            Verb.ANSWER,
            lambda: {"outcome": Outcome.NOT_FOUND.value, "text": _("Our team came to the place and found nothing.")},
        ),
        Step(
            "needs_parts",
            gettext_lazy("Needs parts"),
            "tool",
            Verb.WAIT,
            lambda: {"text": _("Our team has seen it. The parts for the work have to be obtained first.")},
        ),
    )
}
"""By code, in the order of the thumb."""


def steps_for(verbs: list[Verb]) -> list[Step]:
    """Those that the page of life allows now."""
    return [step for step in STEPS.values() if step.verb in verbs]


def said_by(step: Step, case: Case) -> dict[str, str]:
    """What the step's form says about the case, in the language of whoever filed it."""
    with override(case.language):
        return step.facts()
