"""What happens until a citizen is written to."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases import actions
from nafida.cases.actor import CITIZEN as ANYBODY
from nafida.cases.actor import REPORTER
from nafida.cases.letters import acknowledge, confirm_following, tell_step, tell_withdrawal
from nafida.cases.life import Outcome
from nafida.desk.letter_samples.scene import CITIZEN, COORDINATOR, FOLLOWER, OTHER, Scene
from nafida.desk.letter_samples.scene import another as another_report
from nafida.territory.models import Body


def question(scene: Scene) -> str:
    actions.ask_citizen(scene.case, by=COORDINATOR, text=_("Sample question: which lamp is it?"))
    scene.tell(tell_step)
    return CITIZEN


def plan(scene: Scene) -> None:
    day = timezone.localdate() + timedelta(days=3)
    actions.plan_works(scene.case, by=COORDINATOR, day=day, text=_("Sample words: two electricians come."))


def planned(scene: Scene) -> str:
    plan(scene)
    scene.tell(tell_step)
    return CITIZEN


def answer(scene: Scene) -> None:
    text = _("Sample answer: the lamp has been repaired.")
    actions.answer_case(scene.case, by=COORDINATOR, outcome=Outcome.DONE, text=text)


def answered(scene: Scene) -> str:
    answer(scene)
    scene.tell(tell_step)
    return CITIZEN


def close(scene: Scene) -> None:
    text = _("Sample reason: the lamp is on private ground.")
    actions.close_case(scene.case, by=COORDINATOR, outcome=Outcome.NOT_DONE, text=text)


def closed(scene: Scene) -> str:
    close(scene)
    scene.tell(tell_step)
    return CITIZEN


def reopen(scene: Scene) -> None:
    answer(scene)
    actions.reopen_case(scene.case, by=REPORTER, text=_("Sample words: it is dark again."))


def reopened(scene: Scene) -> str:
    reopen(scene)
    scene.tell(tell_step)
    return CITIZEN


def transfer(scene: Scene) -> None:
    to = Body.objects.get(code="sample-other")
    actions.transfer_case(scene.case, by=COORDINATOR, to=to, text=_("Sample reason: this street is theirs."))


def transferred(scene: Scene) -> str:
    transfer(scene)
    scene.tell(tell_step)
    return CITIZEN


def merge(scene: Scene) -> None:
    into = another_report(scene.language, scene.case.body, email="")
    actions.merge_case(scene.case, by=COORDINATOR, into=into)


def merged(scene: Scene) -> str:
    merge(scene)
    scene.tell(tell_step)
    return CITIZEN


def acknowledged(scene: Scene) -> str:
    scene.tell(acknowledge)
    return CITIZEN


def asked_to_follow(scene: Scene) -> str:
    actions.follow_case(scene.case, by=ANYBODY, email=FOLLOWER, language=scene.language)
    scene.tell(confirm_following)
    return FOLLOWER


def follow(scene: Scene) -> None:
    follower = actions.follow_case(scene.case, by=ANYBODY, email=FOLLOWER, language=scene.language)
    actions.confirm_follower(follower)


def followed(scene: Scene) -> str:
    follow(scene)
    actions.show_words(scene.case, by=COORDINATOR)
    answer(scene)
    scene.tell(tell_step)
    return FOLLOWER


def withdrawn_for_followers(scene: Scene) -> str:
    follow(scene)
    actions.withdraw_case(scene.case)
    scene.tell(tell_withdrawal)
    return FOLLOWER


def joined(scene: Scene) -> str:
    own = another_report(scene.language, scene.case.body, email=OTHER)
    actions.merge_case(own, by=COORDINATOR, into=scene.case)
    answer(scene)
    scene.tell(tell_step)
    return OTHER
