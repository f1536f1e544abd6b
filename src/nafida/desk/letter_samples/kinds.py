"""The kinds of letters, and for each the story that makes the house write one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nafida.cases import actions
from nafida.cases.actor import CITIZEN as ANYBODY
from nafida.cases.actor import CLOCK, REPORTER
from nafida.cases.journal import Happened, record
from nafida.cases.letters import (
    acknowledge,
    confirm_following,
    tell_step,
    tell_withdrawal,
    warn_of_deadline,
)
from nafida.cases.life import Outcome
from nafida.cases.models import DeadlineName
from nafida.desk.letter_samples.scene import ABOVE, BODY, CITIZEN, COORDINATOR, FOLLOWER, OTHER, Sample, Scene, Story
from nafida.desk.letter_samples.scene import another as another_report
from nafida.mail.render import letter_frame, render_letter
from nafida.people.adapter import AccountAdapter
from nafida.people.models import Role
from nafida.reports.letters import pass_on_reply, tell_body, tell_of_decision
from nafida.territory.models import Body


@dataclass(frozen=True)
class Kind:
    """One kind of letter: its code in addresses, what it is, who reads it, and how one comes about."""

    code: str
    label: str | Promise
    reader: str | Promise
    story: Story


def _question(scene: Scene) -> str:
    actions.ask_citizen(scene.case, by=COORDINATOR, text=_("Sample question: which lamp is it?"))
    scene.tell(tell_step)
    return CITIZEN


def _plan(scene: Scene) -> None:
    day = timezone.localdate() + timedelta(days=3)
    actions.plan_works(scene.case, by=COORDINATOR, day=day, text=_("Sample words: two electricians come."))


def _planned(scene: Scene) -> str:
    _plan(scene)
    scene.tell(tell_step)
    return CITIZEN


def _answer(scene: Scene) -> None:
    text = _("Sample answer: the lamp has been repaired.")
    actions.answer_case(scene.case, by=COORDINATOR, outcome=Outcome.DONE, text=text)


def _answered(scene: Scene) -> str:
    _answer(scene)
    scene.tell(tell_step)
    return CITIZEN


def _close(scene: Scene) -> None:
    text = _("Sample reason: the lamp is on private ground.")
    actions.close_case(scene.case, by=COORDINATOR, outcome=Outcome.NOT_DONE, text=text)


def _closed(scene: Scene) -> str:
    _close(scene)
    scene.tell(tell_step)
    return CITIZEN


def _reopen(scene: Scene) -> None:
    _answer(scene)
    actions.reopen_case(scene.case, by=REPORTER, text=_("Sample words: it is dark again."))


def _reopened(scene: Scene) -> str:
    _reopen(scene)
    scene.tell(tell_step)
    return CITIZEN


def _transfer(scene: Scene) -> None:
    to = Body.objects.get(code="sample-other")
    actions.transfer_case(scene.case, by=COORDINATOR, to=to, text=_("Sample reason: this street is theirs."))


def _transferred(scene: Scene) -> str:
    _transfer(scene)
    scene.tell(tell_step)
    return CITIZEN


def _merge(scene: Scene) -> None:
    into = another_report(scene.language, scene.case.body, email="")
    actions.merge_case(scene.case, by=COORDINATOR, into=into)


def _merged(scene: Scene) -> str:
    _merge(scene)
    scene.tell(tell_step)
    return CITIZEN


def _acknowledged(scene: Scene) -> str:
    scene.tell(acknowledge)
    return CITIZEN


def _asked_to_follow(scene: Scene) -> str:
    actions.follow_case(scene.case, by=ANYBODY, email=FOLLOWER, language=scene.language)
    scene.tell(confirm_following)
    return FOLLOWER


def _follow(scene: Scene) -> None:
    follower = actions.follow_case(scene.case, by=ANYBODY, email=FOLLOWER, language=scene.language)
    actions.confirm_follower(follower)


def _followed(scene: Scene) -> str:
    _follow(scene)
    actions.show_words(scene.case, by=COORDINATOR)
    _answer(scene)
    scene.tell(tell_step)
    return FOLLOWER


def _withdrawn_for_followers(scene: Scene) -> str:
    _follow(scene)
    actions.withdraw_case(scene.case)
    scene.tell(tell_withdrawal)
    return FOLLOWER


def _joined(scene: Scene) -> str:
    own = another_report(scene.language, scene.case.body, email=OTHER)
    actions.merge_case(own, by=COORDINATOR, into=scene.case)
    _answer(scene)
    scene.tell(tell_step)
    return OTHER


def _new(scene: Scene) -> str:
    scene.tell(tell_body)
    return BODY


def _urgent(scene: Scene) -> str:
    urgent = another_report(scene.language, scene.case.body, urgent=True)
    Scene(scene.language, urgent, scene.by).tell(tell_body)
    return BODY


def _passed_on(scene: Scene) -> str:
    _transfer(scene)
    scene.tell(tell_body)
    return OTHER


def _stands_in(scene: Scene) -> str:
    Body.objects.filter(code="sample").update(email="")
    scene.tell(tell_body)
    return ABOVE


def _next_link(scene: Scene) -> str:
    actions.take_in_hand(scene.case, by=COORDINATOR)
    scene.tell(tell_body)
    return BODY


def _replied(scene: Scene) -> str:
    actions.ask_citizen(scene.case, by=COORDINATOR, text=_("Sample question: which lamp is it?"))
    actions.reply_to_question(scene.case, by=REPORTER, text=_("Sample reply: the second one from the gate."))
    scene.tell(pass_on_reply)
    return BODY


def _reopened_for_body(scene: Scene) -> str:
    _reopen(scene)
    scene.tell(tell_body)
    return BODY


def _withdrawn(scene: Scene) -> str:
    actions.withdraw_case(scene.case)
    scene.tell(tell_body)
    return BODY


def _closed_for_body(scene: Scene) -> str:
    _close(scene)
    scene.tell(tell_of_decision)
    return BODY


def _merged_for_body(scene: Scene) -> str:
    _merge(scene)
    scene.tell(tell_of_decision)
    return BODY


def _extended(scene: Scene) -> str:
    days = scene.case.deadlines.citizens().get().working_days + 10
    actions.extend_limit(scene.case, by=COORDINATOR, working_days=days, text=_("Sample reason: the part is on order."))
    scene.tell(tell_of_decision)
    return BODY


def _alarm(scene: Scene, level: int) -> None:
    clock = scene.case.deadlines.get(name=DeadlineName.BODY)
    record(scene.case, Happened.ALARMED, by=CLOCK, deadline=clock.pk, level=level, body=clock.body_id)
    scene.tell(warn_of_deadline)


def _warned(scene: Scene) -> str:
    _alarm(scene, 80)
    return BODY


def _late(scene: Scene) -> str:
    _alarm(scene, 100)
    return BODY


def _escalated(scene: Scene) -> str:
    _alarm(scene, 100)
    return ABOVE


def _invited(scene: Scene) -> Sample:
    link = f"{settings.SITE_URL}/{scene.language}/desk/invitation/sample/"
    inviter, role = _("A sample administrator"), Role.AGENT.label
    words = {"link": link, "role": role, "body": scene.case.body.name, "inviter": inviter}
    return Sample(*render_letter("desk/letters/invitation", scene.language, words))


def _signing_in(prefix: str, **facts: str) -> Sample:
    context = {**facts, "site_url": settings.SITE_URL, **letter_frame()}
    message = AccountAdapter().render_mail(f"account/email/{prefix}", BODY, context)
    html = str(message.alternatives[0].content)  # type: ignore[attr-defined]
    return Sample(str(message.subject), str(message.body), html)


def _code(scene: Scene) -> Sample:
    return _signing_in("login_code", code="1234-5678")


def _access_changed(scene: Scene) -> Sample:
    return _signing_in("access_changed", said=_("Sample news: a passkey was added."))


_REPORTER = gettext_lazy("To whoever sent the report")
_FOLLOWER = gettext_lazy("To whoever follows a report")
_BODY = gettext_lazy("To an administration")
_OFFICER = gettext_lazy("To an officer")

KINDS = (
    Kind("acknowledgement", gettext_lazy("Receipt"), _REPORTER, _acknowledged),
    Kind("question", gettext_lazy("Question"), _REPORTER, _question),
    Kind("planned", gettext_lazy("News of the planned day"), _REPORTER, _planned),
    Kind("answer", gettext_lazy("Answer"), _REPORTER, _answered),
    Kind("closed", gettext_lazy("News of the closing"), _REPORTER, _closed),
    Kind("reopened", gettext_lazy("News of the reopening"), _REPORTER, _reopened),
    Kind("transferred", gettext_lazy("News of the passing on"), _REPORTER, _transferred),
    Kind("merged", gettext_lazy("News of the joining"), _REPORTER, _merged),
    Kind("joined", gettext_lazy("News of the report that theirs was joined to"), _REPORTER, _joined),
    Kind("follow", gettext_lazy("Question whether to follow"), _FOLLOWER, _asked_to_follow),
    Kind("followed", gettext_lazy("News"), _FOLLOWER, _followed),
    Kind("withdrawn-followed", gettext_lazy("News of the withdrawal"), _FOLLOWER, _withdrawn_for_followers),
    Kind("new", gettext_lazy("New report"), _BODY, _new),
    Kind("urgent", gettext_lazy("Urgent report"), _BODY, _urgent),
    Kind("passed-on", gettext_lazy("Report passed on by another administration"), _BODY, _passed_on),
    Kind("stand-in", gettext_lazy("In place of one that no letter reaches"), _BODY, _stands_in),
    Kind("next", gettext_lazy("Link for the next answer"), _BODY, _next_link),
    Kind("reply", gettext_lazy("The citizen’s reply"), _BODY, _replied),
    Kind("reopened-body", gettext_lazy("Report opened again"), _BODY, _reopened_for_body),
    Kind("withdrawn", gettext_lazy("Report withdrawn"), _BODY, _withdrawn),
    Kind("closed-body", gettext_lazy("Report closed by the coordination"), _BODY, _closed_for_body),
    Kind("merged-body", gettext_lazy("Report joined by the coordination"), _BODY, _merged_for_body),
    Kind("extended", gettext_lazy("Time limit prolonged by the coordination"), _BODY, _extended),
    Kind("alarm", gettext_lazy("Warning before the time limit"), _BODY, _warned),
    Kind("late", gettext_lazy("Time limit exceeded"), _BODY, _late),
    Kind("escalation", gettext_lazy("Time limit exceeded, to the administration above"), _BODY, _escalated),
    Kind("invitation", gettext_lazy("Invitation"), _OFFICER, _invited),
    Kind("login_code", gettext_lazy("Code to sign in"), _OFFICER, _code),
    Kind("access_changed", gettext_lazy("News of a change of the ways to sign in"), _OFFICER, _access_changed),
)


def kind_of(code: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.code == code), None)
