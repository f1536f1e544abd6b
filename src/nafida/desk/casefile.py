"""Everything that the page of a case shows, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.cases.actor import Actor
from nafida.cases.filling import fill
from nafida.cases.journal import Happened
from nafida.cases.life import Verb
from nafida.cases.models import AnswerTemplate, Attachment, AttachmentRole, Case, CaseLetter
from nafida.desk.actions import body_for
from nafida.desk.clocks import Clock, clocks_of, pauses_in_words
from nafida.desk.timeline import Entry, history_of
from nafida.desk.verbs import offered_verbs
from nafida.mail.models import HeldFor
from nafida.mail.standing import bar_of
from nafida.reports.models import Report
from nafida.services.models import Datatype, Question
from nafida.territory.models import Body

MOST_TEMPLATES = 30
PURPOSES = {
    "acknowledgement": _("Receipt to the citizen"),
    "question": _("Question to the citizen"),
    "planned": _("News of the planned day"),
    "waiting": _("News that something is missing"),
    "answer": _("Answer to the citizen"),
    "closed": _("News of the closing"),
    "reopened": _("News of the reopening"),
    "transferred": _("News of the passing on"),
    "merged": _("News of the joining"),
    "body": _("Letter to the administration"),
    "alarm": _("Warning to the administration"),
    "escalation": _("Warning to the administration above"),
    "follow": _("Question whether to follow"),
    "withdrawn": _("News of the withdrawal"),
    "digest": _("Daily letter"),
    "open": _("Open reports, to a new address"),
    "unread": _("Nobody reads an administration’s mail"),
    "test": _("Test letter"),
}


@dataclass(frozen=True)
class Picture:
    """A picture with its number on this case, from 1 on."""

    number: int
    row: Attachment
    label: Any


@dataclass(frozen=True)
class Letter:
    """A letter about the case, without its address, which is personal data."""

    label: Any
    state: str
    at: datetime


def pictures_of(case: Case) -> list[Picture]:
    labels = {AttachmentRole.BEFORE: _("As it was reported"), AttachmentRole.AFTER: _("After the work")}
    labels[AttachmentRole.UPDATE] = _("Sent later by somebody")
    rows = enumerate(case.attachments.all(), start=1)
    return [Picture(number, row, labels[AttachmentRole(row.role)]) for number, row in rows]


def answers_in_words(case: Case, report: Report) -> list[tuple[str, str]]:
    """Question and answer as people read them; the case's own service is asked first for the words of a code."""
    questions: dict[str, Question] = {}
    rows = Question.objects.filter(code__in=report.answers).prefetch_related("choices")
    for question in sorted(rows, key=lambda row: (row.service_id != case.service_id, row.pk)):
        questions.setdefault(question.code, question)
    told = []
    for code, value in report.answers.items():
        question_or_none = questions.get(code)
        text = question_or_none.text if question_or_none else code
        told.append((text, _value(question_or_none, value)))
    return [pair for pair in told if pair[1]]


def _value(question: Question | None, value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    names: dict[str, str] = {}
    if question and question.datatype in (Datatype.SINGLE, Datatype.MULTI):
        names = {choice.code: choice.name for choice in question.choices.all()}
    return _(", ").join(names.get(str(one), str(one)) for one in values if one not in (None, ""))


def letters_of(case: Case) -> list[Letter]:
    rows = CaseLetter.objects.filter(case=case).select_related("letter").order_by("letter__queued_at", "pk")
    rows = rows.defer("letter__text", "letter__html")
    found = []
    for row in rows:
        purpose = row.letter.purpose.removesuffix("-followed")
        label = PURPOSES.get(purpose, purpose)
        at = row.letter.sent_at or row.letter.queued_at
        found.append(Letter(label, row.letter.get_state_display(), at))
    return found


@dataclass(frozen=True)
class Ready:
    """A template of answers and its words about this case, in the language of whoever filed it."""

    row: AnswerTemplate
    words: str


def ready_words(case: Case) -> list[Ready]:
    rows = AnswerTemplate.objects.fit_for(case)[:MOST_TEMPLATES]
    return [Ready(row, fill(row, case)) for row in rows]


@dataclass(frozen=True)
class CaseFile:
    """A case as an officer reads it."""

    case: Case
    report: Report
    pictures: list[Picture]
    answers: list[tuple[str, str]]
    clocks: list[Clock]
    pauses: list[str]
    history: list[Entry]
    letters: list[Letter]
    supports: int
    bar: HeldFor | None
    competent: Body | None

    @classmethod
    def of(cls, case: Case, by: Actor) -> CaseFile:
        now = timezone.now()
        report = Report.objects.select_related("centre").get(pk=case.pk)
        return cls(
            case=case,
            report=report,
            pictures=pictures_of(case),
            answers=answers_in_words(case, report),
            clocks=clocks_of(case, now),
            pauses=pauses_in_words(case, now),
            history=history_of(case)[::-1],
            letters=letters_of(case),
            supports=case.supports.count(),
            bar=bar_of(case.contact.email),
            competent=competent_after_change(case, by),
        )

    @property
    def late(self) -> bool:
        return any(clock.late and clock.runs for clock in self.clocks)


def competent_after_change(case: Case, by: Actor) -> Body | None:
    """The body that answers for the new subject, when the last change was of the subject and it is another one."""
    if Verb.TRANSFER not in offered_verbs(case, by):
        return None
    moves = case.events.filter(what__in=(Happened.RECEIVED, Happened.TRANSFERRED, Happened.SERVICE_CHANGED))
    last = moves.order_by("-seq").first()
    if last is None or last.what != Happened.SERVICE_CHANGED:
        return None
    body = body_for(case, case.service)
    return None if body.pk == case.body_id else body
