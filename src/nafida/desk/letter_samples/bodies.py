"""What happens until an administration is written to."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases import actions
from nafida.cases.actor import CLOCK, REPORTER
from nafida.cases.journal import Happened, record
from nafida.cases.letters import warn_of_deadline
from nafida.cases.letters.digest import write_digest, write_open_cases
from nafida.cases.models import DeadlineName
from nafida.desk.letter_samples.citizens import close, merge, reopen, transfer
from nafida.desk.letter_samples.scene import ABOVE, BODY, COORDINATOR, OTHER, Scene
from nafida.desk.letter_samples.scene import another as another_report
from nafida.reports.letters import pass_on_reply, tell_body, tell_of_decision
from nafida.territory.models import Body


def new(scene: Scene) -> str:
    scene.tell(tell_body)
    return BODY


def urgent(scene: Scene) -> str:
    urgent = another_report(scene.language, scene.case.body, urgent=True)
    Scene(scene.language, urgent, scene.by).tell(tell_body)
    return BODY


def passed_on(scene: Scene) -> str:
    transfer(scene)
    scene.tell(tell_body)
    return OTHER


def stands_in(scene: Scene) -> str:
    Body.objects.filter(code="sample").update(email="")
    scene.tell(tell_body)
    return ABOVE


def next_link(scene: Scene) -> str:
    actions.take_in_hand(scene.case, by=COORDINATOR)
    scene.tell(tell_body)
    return BODY


def replied(scene: Scene) -> str:
    actions.ask_citizen(scene.case, by=COORDINATOR, text=_("Sample question: which lamp is it?"))
    actions.reply_to_question(scene.case, by=REPORTER, text=_("Sample reply: the second one from the gate."))
    scene.tell(pass_on_reply)
    return BODY


def reopened_for_body(scene: Scene) -> str:
    reopen(scene)
    scene.tell(tell_body)
    return BODY


def withdrawn(scene: Scene) -> str:
    actions.withdraw_case(scene.case)
    scene.tell(tell_body)
    return BODY


def closed_for_body(scene: Scene) -> str:
    close(scene)
    scene.tell(tell_of_decision)
    return BODY


def merged_for_body(scene: Scene) -> str:
    merge(scene)
    scene.tell(tell_of_decision)
    return BODY


def extended(scene: Scene) -> str:
    days = scene.case.deadlines.citizens().get().working_days + 10
    actions.extend_limit(scene.case, by=COORDINATOR, working_days=days, text=_("Sample reason: the part is on order."))
    scene.tell(tell_of_decision)
    return BODY


def alarm(scene: Scene, level: int) -> None:
    clock = scene.case.deadlines.get(name=DeadlineName.BODY)
    record(scene.case, Happened.ALARMED, by=CLOCK, deadline=clock.pk, level=level, body=clock.body_id)
    scene.tell(warn_of_deadline)


def warned(scene: Scene) -> str:
    alarm(scene, 80)
    return BODY


def late(scene: Scene) -> str:
    alarm(scene, 100)
    return BODY


def escalated(scene: Scene) -> str:
    alarm(scene, 100)
    return ABOVE


def daily(scene: Scene) -> str:
    another_report(scene.language, scene.case.body, urgent=True)
    another_report(scene.language, scene.case.body, days=60)
    write_digest(scene.case.body_id, timezone.now())
    return BODY


def found_open(scene: Scene) -> str:
    write_open_cases.call(scene.case.body_id, "sample")
    return BODY
