"""What every kind of page needs to show something: planted once a run, by `site.do("tests.browser.estate.plant")`."""

from uuid import uuid4

from django.core.signing import dumps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nafida.cases.actions import follow_case, show_words
from nafida.cases.attachments import keep_picture
from nafida.cases.letters.citizens import FOLLOW_SALT
from nafida.cases.models import AnswerTemplate
from nafida.desk.letter_samples import KINDS
from nafida.mail.marks import MARK, mark_of
from nafida.mail.models import Letter
from nafida.people.models import Invitation, Role
from nafida.services.models import Danger, Question, Responsibility, Service
from nafida.territory.actions import add_landmark, keep_notice
from nafida.territory.models import Body, BodyKind, Notice
from tests import factories
from tests.browser import keyholders, planting
from tests.desk.conftest import photo


def plant() -> dict[str, str]:
    """Name → value: references, keys, tokens, codes; `agent`, `coordinator`, `administrator` are sessions."""
    estate = {"unknown": "999999999", "commune": factories.AKLIM, "body": "commune-aklim", "service": "light-out"}
    people = {
        role: planting.officer("governorate", role, name="المنسق") for role in (Role.COORDINATOR, Role.ADMINISTRATOR)
    }
    agent = planting.officer(name="الموظف")
    estate |= {"agent": agent["session"], **{str(role): each["session"] for role, each in people.items()}}
    estate["newcomer"] = _asked_for_a_code(agent["email"])
    return {**estate, **_cases(agent["email"]), **_filed(agent["email"]), **_tokens(), **_codes(), **keyholders.plant()}


def _cases(agent: str) -> dict[str, str]:
    words = {"description": "المصباح منطفئ منذ أسبوع", "name": "مواطنة"}
    plain = factories.report(**words, pictures=[keep_picture(photo().read())])
    show_words(plain, by=factories.on_desk(planting.officer_of(agent), plain))
    answered = planting.answered(agent, description="مصباح آخر")
    for service, where in (("pothole", "02.113.01.01"), ("bin", factories.AKLIM)):
        factories.report(service, where)
    link = planting.body_link(factories.report(description="عمود مائل").reference)
    return {
        "reference": plain.reference,
        "key": plain.private_key,
        "photo": "1",
        "answered": answered["reference"],
        "answered_key": answered["key"],
        "answer_token": link.split("/")[-2],
    }


def _filed(agent: str) -> dict[str, str]:
    """A case that the agent has filed for somebody at the counter."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(planting.officer_of(agent))
    told = {"commune": factories.AKLIM, "place": "قرب السوق", "channel": "counter", "language": "ar"}
    answer = browser.post(reverse("desk:behalf", args=["pavement"]), {**told, "form_key": str(uuid4())})
    return {"filed": answer["Location"].split("/")[-3]}


def _asked_for_a_code(email: str) -> str:
    """The session of somebody who has named an address and waits for the code."""
    browser = Client(HTTP_HOST="localhost")
    browser.post(reverse("account_request_login_code"), {"email": email})
    return browser.cookies["sessionid"].value


def _tokens() -> dict[str, str]:
    body = Body.objects.get(code="commune-aklim")
    _, invitation = Invitation.draw(role=Role.AGENT, body_id=body.pk, email="new@example.org")
    follower = follow_case(factories.report(), email="neighbour@example.org", language="ar")
    planting.work()
    letter = Letter.objects.exclude(to="").order_by("pk")[0]
    return {
        "letter": f"{MARK}={mark_of(letter.pk)}",
        "invitation_token": invitation,
        "follow_token": dumps(follower.pk, salt=FOLLOW_SALT),
    }


def _codes() -> dict[str, str]:
    of_reports = Service.objects.active().of_kind("report").in_order()
    asking = next(each.code for each in of_reports if each.danger == Danger.ASK)
    called = next((each.code for each in of_reports if not each.takes_a_form), asking)
    authority = Body.objects.create(
        code="pashalik", kind=BodyKind.LOCAL_AUTHORITY, name_ar="باشوية", name_fr="Pachalik"
    )
    question = Question.objects.filter(service__code="light-out")[0]
    rule = Responsibility.objects.filter(service__code="light-out")[0]
    keys = {"question": str(question.pk), "responsibility": str(rule.pk), "letter_kind": KINDS[0].code}
    lon, lat = factories.inside(factories.AKLIM)
    names = {"name_ar": "مسجد", "name_fr": "Mosquée"}
    today = timezone.localdate()
    notice = keep_notice(Notice(), by=None, words_ar="أشغال", words_fr="Travaux", starts_on=today, ends_on=today)
    keys["notice"] = str(notice.pk)
    keys["landmark"] = str(add_landmark(by=None, kind="mosque", lon=lon, lat=lat, source="desk", **names).pk)
    keys["template"] = str(AnswerTemplate.objects.create(title="أُصلح", text_ar="أُصلح", text_fr="Réparé").pk)
    return {**keys, "dangerous": asking, "called": called, "authority": authority.code}
