"""Who may open which page of the desk: one line for each route; without it tests/desk/test_access.py fails.

To add one: its name, who may open it (a set of persons below), and what its address needs, from the World. Whoever
may not gets the sign-in (signed out), 403 (has no such role) or 404 (it is another body's: it does not exist).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.urls import get_resolver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nafida.cases.attachments import keep_picture
from nafida.cases.life import Verb
from nafida.cases.models import AnswerTemplate, BodyLink, Case
from nafida.cases.tasks import react
from nafida.desk.field import STEPS
from nafida.desk.settings_changes import add_jurisdiction, invite
from nafida.mail.models import Letter
from nafida.people.models import Invitation, Membership, Role, User
from nafida.services.models import Question, Responsibility
from nafida.territory.actions import add_landmark, keep_notice, override_day, set_week
from nafida.territory.models import Body, Landmark, Notice
from tests import factories
from tests.desk import authorities
from tests.desk.conftest import photo

SECRET = "secret words of a citizen"
EMAIL = "hidden@citizen.example"

OUT, STRANGER, OTHER, AGENT, MANAGER, COORDINATOR, ADMINISTRATOR = (
    "signed out",
    "an account without role",
    "an officer of another body",
    "an officer of the body",
    "the manager of the body",
    "the coordinator",
    "the administrator",
)
EVERYBODY = (OUT, STRANGER, OTHER, AGENT, MANAGER, COORDINATOR, ADMINISTRATOR)
OFFICERS = frozenset({OTHER, AGENT, MANAGER, COORDINATOR, ADMINISTRATOR})
OF_THE_CASE = frozenset({AGENT, MANAGER, COORDINATOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
COORDINATORS = frozenset({COORDINATOR, ADMINISTRATOR})
FILERS = frozenset({OTHER, AGENT, MANAGER, COORDINATOR})
MANAGERS = frozenset({MANAGER, ADMINISTRATOR})
EDITORS = frozenset({MANAGER, COORDINATOR, ADMINISTRATOR})
KEY_HOLDERS = frozenset(EVERYBODY)


class World:
    """A case of Aklim with words, contact and a photo, one of each setting, and the persons who look at them."""

    def __init__(self) -> None:
        self.persons: dict[str, User | None] = {
            OUT: None,
            STRANGER: User.objects.create_user("stranger@example.org"),
            OTHER: factories.officer("commune-ahfir", Role.AGENT),
            AGENT: factories.officer(),
            MANAGER: factories.officer(role=Role.MANAGER),
            COORDINATOR: factories.coordinator(),
            ADMINISTRATOR: factories.officer("governorate", Role.ADMINISTRATOR),
        }

    @cached_property
    def case(self) -> Case:
        pictures = [keep_picture(photo().read())]
        return factories.report(description=SECRET, email=EMAIL, pictures=pictures)

    @cached_property
    def body(self) -> Body:
        return Body.objects.get(code="commune-aklim")

    def token(self) -> str:
        return BodyLink.draw(self.case, self.body)

    def invitation(self) -> Invitation:
        administrator = self.persons[ADMINISTRATOR]
        assert administrator
        invite("new@example.org", role=Role.AGENT, body=self.body, by=administrator)
        return Invitation.objects.latest("pk")

    def invited(self) -> str:
        return Invitation.draw(role=Role.AGENT, body_id=self.body.pk)[1]

    def membership(self) -> Membership:
        return factories.officer().memberships.get()

    @cached_property
    def authority(self) -> Body:
        return authorities.authority("caidat")

    def jurisdiction(self) -> Any:
        administrator = self.persons[ADMINISTRATOR]
        assert administrator
        return add_jurisdiction(self.authority, by=administrator, facts={"quarters": "x"})

    def notice(self) -> Notice:
        today = timezone.localdate()
        return keep_notice(Notice(), by=None, words_ar="أشغال", words_fr="Travaux", starts_on=today, ends_on=today)

    @cached_property
    def landmark(self) -> Landmark:
        lon, lat = factories.inside(factories.AKLIM)
        facts = {"kind": "mosque", "name_ar": "مسجد", "name_fr": "Mosquée", "lon": lon, "lat": lat, "source": "desk"}
        return add_landmark(by=None, **facts)

    def template(self) -> AnswerTemplate:
        return AnswerTemplate.objects.create(title="x", text_ar="x", text_fr="x", body=self.body)

    def question(self) -> Question:
        return Question.objects.filter(service__code="light-out")[0]

    def day(self) -> str:
        names = {"ar": "عيد", "fr": "Aïd"}
        override_day(date(2030, 5, 1), is_working=False, names=names, source="x", by=None)
        return "2030-05-01"

    def week(self) -> str:
        set_week(date(2030, 5, 6), weekdays="01235", source="x", by=None)
        return "2030-05-06"

    def letter(self) -> Letter:
        """One that failed."""
        fixed = {"subject": "s", "text": "t", "html": "h", "language": "ar", "purpose": "x"}
        return Letter.objects.create(key=str(uuid4()), to="a@example.org", state="failed", **fixed)

    def task(self) -> DBTaskResult:
        react.enqueue(987654321)
        DBTaskResult.objects.update(status="FAILED")
        return DBTaskResult.objects.latest("enqueued_at")


Needs = dict[str, Any]


@dataclass(frozen=True)
class Door:
    """A route of the desk, who may open it, and what its address needs."""

    name: str
    who: frozenset[str]
    needs: Callable[[World], list[Needs]] = field(default=lambda world: [{}])
    hidden: bool = False
    """Whether it does not exist (404) for officers who may not: else they are told so (403)."""
    turned_away: frozenset[str] = frozenset()
    """Who is told 403 even so, for want of a role and whatever the address."""
    also: Callable[[World], list[Needs]] | None = None
    """What else those who may not try, in place of `needs`."""


def of_the_case(world: World) -> list[Needs]:
    return [{"reference": world.case.reference}]


def a_note(world: World) -> list[Needs]:
    return [{"reference": world.case.reference, "verb": "note"}]


def each_verb(world: World) -> list[Needs]:
    return [{"reference": world.case.reference, "verb": str(verb)} for verb in Verb]


DOORS = [
    Door("inbox", OFFICERS),
    Door("case", OF_THE_CASE, of_the_case, hidden=True),
    Door("preview", OF_THE_CASE, of_the_case, hidden=True),
    Door("contact", OF_THE_CASE, of_the_case, hidden=True),
    Door(
        "picture",
        OF_THE_CASE,
        lambda at: [{**need, "number": 1, "size": "small"} for need in of_the_case(at)],
        hidden=True,
    ),
    Door("behalf_choose", FILERS),
    Door("behalf", FILERS, lambda at: [{"service": "light-out"}]),
    Door("behalf_receipt", frozenset(), of_the_case, hidden=True, turned_away=ADMINISTRATORS),
    Door("late", frozenset({MANAGER, COORDINATOR})),
    Door("several", OFFICERS),
    Door("round", OFFICERS),
    Door(
        "field_step",
        OF_THE_CASE,
        lambda at: [{**need, "step": step} for need in of_the_case(at) for step in STEPS],
        hidden=True,
    ),
    Door("moderation", OF_THE_CASE, of_the_case, hidden=True),
    Door("blur", OF_THE_CASE, lambda at: [{**need, "number": 1} for need in of_the_case(at)], hidden=True),
    Door("act", OF_THE_CASE, a_note, hidden=True, also=each_verb),
    Door("answer", KEY_HOLDERS, lambda at: [{"token": at.token()}]),
    Door("renew", KEY_HOLDERS, lambda at: [{"token": at.token()}]),
    Door("answer_picture", KEY_HOLDERS, lambda at: [{"token": at.token(), "number": 1, "size": "small"}]),
    Door("invitation", KEY_HOLDERS, lambda at: [{"token": at.invited()}]),
    Door("settings", COORDINATORS),
    Door("changes", COORDINATORS),
    Door("participation", COORDINATORS),
    Door("commune", COORDINATORS, lambda at: [{"code": factories.AKLIM}]),
    Door("notices", COORDINATORS),
    Door("new_notice", COORDINATORS),
    Door("notice", COORDINATORS, lambda at: [{"key": at.notice().pk}]),
    Door("people", MANAGERS),
    Door("resend_invitation", MANAGERS, lambda at: [{"key": at.invitation().pk}]),
    Door("withdraw_invitation", MANAGERS, lambda at: [{"key": at.invitation().pk}]),
    Door("end_role", MANAGERS, lambda at: [{"key": at.membership().pk}]),
    Door("bodies", ADMINISTRATORS),
    Door("body", ADMINISTRATORS, lambda at: [{"code": at.body.code}]),
    Door("authorities", ADMINISTRATORS),
    Door("authority", ADMINISTRATORS, lambda at: [{"code": at.authority.code}]),
    Door("add_jurisdiction", ADMINISTRATORS, lambda at: [{"code": at.authority.code}]),
    Door("jurisdiction", ADMINISTRATORS, lambda at: [{"code": "caidat", "key": at.jurisdiction().pk}]),
    Door("services", ADMINISTRATORS),
    Door("new_service", ADMINISTRATORS),
    Door("service", ADMINISTRATORS, lambda at: [{"code": "light-out"}]),
    Door("new_question", ADMINISTRATORS, lambda at: [{"code": "light-out"}]),
    Door("question", ADMINISTRATORS, lambda at: [{"code": "light-out", "key": at.question().pk}]),
    Door("drop_question", ADMINISTRATORS, lambda at: [{"code": "light-out", "key": at.question().pk}]),
    Door("responsibilities", ADMINISTRATORS),
    Door("responsibility", ADMINISTRATORS, lambda at: [{"key": Responsibility.objects.all()[0].pk}]),
    Door("days", ADMINISTRATORS),
    Door("drop_day", ADMINISTRATORS, lambda at: [{"day": at.day()}]),
    Door("week", COORDINATORS),
    Door("drop_week", COORDINATORS, lambda at: [{"day": at.week()}]),
    Door("templates", EDITORS),
    Door("new_template", EDITORS),
    Door("template", EDITORS, lambda at: [{"key": at.template().pk}]),
    Door("landmarks", COORDINATORS),
    Door("landmark", COORDINATORS, lambda at: [{"key": at.landmark.pk}]),
    Door("drop_landmark", COORDINATORS, lambda at: [{"key": at.landmark.pk}]),
    Door("ready", COORDINATORS),
    Door("letters", COORDINATORS),
    Door("letter_arrived", KEY_HOLDERS),
    Door("letter", COORDINATORS, lambda at: [{"code": "invitation"}]),
    Door("letter_html", COORDINATORS, lambda at: [{"code": "invitation", "language": "ar"}]),
    Door("send_letter", COORDINATORS, lambda at: [{"code": "invitation", "language": "ar"}]),
    Door("reach_again", COORDINATORS, lambda at: [{"code": at.body.code}]),
    Door("post", COORDINATORS),
    Door("retry_letter", COORDINATORS, lambda at: [{"key": at.letter().pk}]),
    Door("retry_task", COORDINATORS, lambda at: [{"key": at.task().pk}]),
]


def names_of_the_desk() -> set[str]:
    """The names of all routes below /desk/, as the resolver knows them."""
    resolver = next(one for key, (_prefix, one) in get_resolver().namespace_dict.items() if key == "desk")
    return {str(pattern.name) for pattern in resolver.url_patterns}
