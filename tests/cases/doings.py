"""What tests of the engine share: each verb done by anybody, as a form would do it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from nafida.cases import actions
from nafida.cases.actor import Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.lapsing import lapse_question
from nafida.cases.life import HideReason, Outcome, Verb
from nafida.cases.models import Attachment, AttachmentRole, Case
from nafida.cases.retention import erase_people
from nafida.services.models import Service
from nafida.territory.models import Body
from tests.factories import report

Doing = Callable[[Case, Actor], Any]

KEPT = KeptPicture(picture="0" * 64 + ".jpg", thumbnail="1" * 64 + ".jpg", width=4, height=3)


def _other_service(case: Case) -> Service:
    return Service.objects.get(code="bin" if case.service.code != "bin" else "pavement")


def _other_body(case: Case) -> Body:
    return Body.objects.get(code="triffa" if case.body.code != "triffa" else "commune-aklim")


def _photo(case: Case) -> Attachment:
    return case.attachments.create(picture=KEPT.picture, thumbnail=KEPT.thumbnail, width=4, height=3)


def _longer(case: Case) -> int:
    return case.deadlines.citizens().get().working_days + 5


DOINGS: dict[Verb, Doing] = {
    Verb.TAKE_IN_HAND: lambda case, by: actions.take_in_hand(case, by=by),
    Verb.PLAN: lambda case, by: actions.plan_works(case, by=by, day=timezone.localdate() + timedelta(days=9)),
    Verb.WAIT: lambda case, by: actions.wait_for_works(case, by=by, text="قطع الغيار"),
    Verb.ASK: lambda case, by: actions.ask_citizen(case, by=by, text="أين؟"),
    Verb.REPLY: lambda case, by: actions.reply_to_question(case, by=by, text="هنا"),
    Verb.ANSWER: lambda case, by: actions.answer_case(case, by=by, outcome=Outcome.DONE, text="تم"),
    Verb.CLOSE: lambda case, by: actions.close_case(case, by=by, outcome=Outcome.NOT_DONE, text="لا"),
    Verb.REOPEN: lambda case, by: actions.reopen_case(case, by=by, text="لم يصلح"),
    Verb.WITHDRAW: lambda case, by: actions.withdraw_case(case, by=by),
    Verb.TRANSFER: lambda case, by: actions.transfer_case(case, by=by, to=_other_body(case), text="لهم"),
    Verb.MERGE: lambda case, by: actions.merge_case(case, by=by, into=report(body=case.body)),
    Verb.SPLIT: lambda case, by: actions.split_case(
        case, by=by, service=_other_service(case), body=case.body, text="اثنان"
    ),
    Verb.CHANGE_SERVICE: lambda case, by: actions.change_service(case, by=by, service=_other_service(case)),
    Verb.ASSIGN: lambda case, by: actions.assign_case(case, by=by, to=None),
    Verb.NOTE: lambda case, by: actions.note_case(case, by=by, text="بيننا"),
    Verb.CALL: lambda case, by: actions.call_citizen(case, by=by, reached=True, text="قيل له"),
    Verb.EXTEND: lambda case, by: actions.extend_limit(case, by=by, working_days=_longer(case), text="أشغال"),
    Verb.SHOW: lambda case, by: actions.show_words(case, by=by),
    Verb.SUPPORT: lambda case, by: actions.support_case(case, by=by, device="d" * 64),
    Verb.FOLLOW: lambda case, by: actions.follow_case(case, by=by, email="f@example.org", language="fr"),
    Verb.LAPSE: lambda case, by: lapse_question(case, by=by),
    Verb.ERASE: lambda case, by: erase_people(case, by=by),
    Verb.HIDE: lambda case, by: actions.hide_words(case, by=by, reason=HideReason.PERSON),
    Verb.BLUR: lambda case, by: actions.blur_photo(_photo(case), by=by, kept=KEPT, areas=1),
    Verb.UPDATE: lambda case, by: actions.add_update(case, by=by, text="ما زال الظلام"),
    Verb.CONFIRM: lambda case, by: actions.confirm_fixed(case, by=by),
    Verb.RATE: lambda case, by: actions.rate_case(case, by=by, stars=4, text="شكرا"),
    Verb.ATTACH: lambda case, by: actions.attach_picture(case, by=by, kept=KEPT, role=AttachmentRole.AFTER),
}
