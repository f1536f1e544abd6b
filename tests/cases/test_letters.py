"""Who is written what about a case: the right person, in their language, once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from nafida.cases import actions
from nafida.cases.actor import Actor
from nafida.cases.alarms import sound_alarms
from nafida.cases.letters import Fact
from nafida.cases.life import Outcome
from nafida.cases.models import BodyLink, Case
from nafida.cases.tasks import react
from nafida.mail.models import Letter
from nafida.people.models import Role
from nafida.services.models import Service
from nafida.territory.models import Body
from tests.factories import body, coordinator, days_ago, officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]

CITIZEN = "citizen@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def agent(berkane: None) -> Actor:
    return on_desk(officer(), report(email=""))


def letters(to: str, *purposes: str) -> list[Letter]:
    rows = Letter.objects.filter(to=to).order_by("pk")
    return list(rows.filter(purpose__in=purposes) if purposes else rows)


def soon():
    return timezone.localdate() + 9 * DAY


STEPS = {
    "acknowledgement": lambda case, by: None,
    "question": lambda case, by: actions.ask_citizen(case, by=by, text="<b>أين؟</b>"),
    "planned": lambda case, by: actions.plan_works(case, by=by, day=soon(), text="<b>غدا</b>"),
    "answer": lambda case, by: actions.answer_case(case, by=by, outcome=Outcome.DONE, text="<b>تم</b>"),
    "closed": lambda case, by: actions.close_case(case, by=by, outcome=Outcome.NOT_DONE, text="<b>لا</b>"),
    "transferred": lambda case, by: actions.transfer_case(
        case, by=by, to=Body.objects.get(code="triffa"), text="<b>لهم</b>"
    ),
    "merged": lambda case, by: actions.merge_case(case, by=by, into=report(email="")),
}


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("purpose", STEPS)
def test_each_step_is_told_to_the_citizen_in_their_language_as_text_and_html(purpose, language, agent, work):
    case = report(language=language)
    STEPS[purpose](case, agent)
    work()
    (letter,) = letters(CITIZEN, purpose)
    direction = {"ar": "rtl", "fr": "ltr"}[language]
    assert letter.language == language
    assert case.shown_reference in letter.subject
    assert f'lang="{language}"' in letter.html
    assert f'dir="{direction}"' in letter.html
    assert case.private_key in letter.text
    assert f"/{language}/" in letter.text
    assert "<b>" not in letter.html


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_reopening_is_told_to_the_citizen_and_to_the_body(language, agent, work):
    body("triffa", email="triffa@example.org", language=language)
    case = report("bin", language=language)
    actions.answer_case(case, by=on_desk(coordinator(), case), outcome=Outcome.DONE, text="تم")
    actions.reopen_case(case, text="ما زال")
    work()
    assert len(letters(CITIZEN, "reopened")) == 1
    assert "ما زال" in letters("triffa@example.org", "body")[-1].text


def test_tasks_that_run_twice_write_each_letter_once(agent, work):
    body("triffa", email="triffa@example.org")
    case = report("bin")
    actions.answer_case(case, by=on_desk(coordinator(), case), outcome=Outcome.DONE, text="تم")
    work()
    before = sorted(Letter.objects.values_list("key", flat=True))
    for event in case.events.all():
        react.enqueue(event.pk)
        react.enqueue(event.pk)
    work()
    assert sorted(Letter.objects.values_list("key", flat=True)) == before
    assert BodyLink.objects.count() == 1


def test_a_body_with_officers_gets_no_link(agent, work):
    body("commune-aklim", email="aklim@example.org")
    report()
    work()
    assert letters("aklim@example.org") == []
    assert not BodyLink.objects.exists()


def test_a_body_without_officers_gets_the_report_and_a_link_that_opens_it(work):
    body("commune-aklim", email="aklim@example.org")
    case = report(description="مصباح منطفئ")
    work()
    (letter,) = letters("aklim@example.org", "body")
    assert "مصباح منطفئ" in letter.text
    token = letter.text.partition("/desk/answer/")[2].partition("/")[0]
    assert BodyLink.objects.by_token(token).case == case
    assert CITIZEN not in letter.text + letter.html


def test_a_body_without_address_is_stood_in_for_by_the_one_above_which_gets_no_link(work):
    body("governorate", email="governor@example.org")
    case = report()
    work()
    (letter,) = letters("governor@example.org", "body")
    assert case.body.name_ar in letter.text
    assert not BodyLink.objects.exists()


def test_where_nobody_can_be_reached_nothing_fails(work):
    case = report(email="")
    sound_alarms(case.deadlines.get(name="body").due_at)
    work()
    assert not Letter.objects.exists()


def test_letters_to_a_body_without_address_go_to_its_managers_agents_or_coordinators(work):
    coordinator()
    case = report("noise")
    assert case.body.code == "governorate"
    sound_alarms(case.deadlines.get(name="body").due_at)
    work()
    coordinators = case.body.memberships.filter(role=Role.COORDINATOR).values_list("user__email", flat=True)
    assert [len(letters(address, "alarm")) for address in coordinators] == [1]


def test_one_case_that_runs_out_escalates_in_one_letter(work):
    body("governorate", email="governor@example.org")
    case = report()
    sound_alarms(case.deadlines.get(name="body").due_at)
    work()
    assert len(letters("governor@example.org", "escalation")) == 1


def test_the_citizens_clock_escalates_by_itself_once_the_body_is_another(agent, work):
    body("governorate", email="governor@example.org")
    case = report(at=days_ago(3))
    case = actions.transfer_case(case, by=agent, to=Body.objects.get(code="triffa"), text="لهم")
    sound_alarms(case.deadlines.citizens().get().due_at)
    work()
    assert len(letters("governor@example.org", "escalation")) == 1


def test_an_alarm_that_comes_after_the_answer_warns_nobody(agent, work):
    body("commune-aklim", email="aklim@example.org")
    case = report()
    sound_alarms(case.deadlines.get(name="body").due_at)
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    work()
    warned = letters("aklim@example.org", "alarm")
    assert not [letter for letter in warned if case.shown_reference in letter.subject]


def test_a_letter_written_late_tells_what_the_event_says_and_not_what_came_after(agent, work):
    case = report()
    triffa, found = Body.objects.get(code="triffa"), Outcome.NOT_FOUND
    case = actions.transfer_case(case, by=agent, to=triffa, text="لهم")
    case = actions.transfer_case(case, by=on_desk(officer("triffa"), case), to=agent.body, text="لا")
    actions.answer_case(case, by=agent, outcome=found, text="لا شيء")
    actions.reopen_case(case, text="انظروا")
    work()
    assert triffa.name_ar in letters(CITIZEN, "transferred")[0].text.split(agent.body.name_ar)[0]
    with override("ar"):
        assert str(found.label) in letters(CITIZEN, "answer")[0].text


def follow(case: Case, email: str = "f@example.org") -> None:
    actions.confirm_follower(actions.follow_case(case, email=email, language="fr"))


def test_a_follower_hears_only_after_the_click_and_only_what_everybody_may_see(agent, work):
    case = report(name="سعيد")
    actions.follow_case(case, email="silent@example.org", language="fr")
    follow(case)
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="كلام")
    work()
    assert [letter.purpose for letter in letters("silent@example.org")] == ["follow"]
    (news,) = letters("f@example.org", "answer-followed")
    for secret in ("كلام", "سعيد", CITIZEN, case.private_key):
        assert secret not in news.text.split()
        assert secret not in news.html


def test_a_follower_never_reads_what_the_reporter_wrote_after_the_words_were_shown(agent, work):
    case = report()
    follow(case)
    actions.show_words(case, by=agent)
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="كلام الإدارة")
    actions.reopen_case(case, text="رقم هاتفي")
    work()
    assert "كلام الإدارة" in letters("f@example.org", "answer-followed")[0].text
    assert "رقم هاتفي" not in letters("f@example.org", "reopened-followed")[0].text


def test_a_case_that_turns_private_is_no_longer_told_to_followers(agent, work):
    case = report()
    follow(case)
    Service.objects.filter(code="light-out").update(publicity="private")
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    work()
    assert letters("f@example.org", "answer-followed") == []


def test_a_reporter_who_follows_too_is_told_once(agent, work):
    case = report()
    follow(case, CITIZEN)
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    work()
    assert len([letter for letter in letters(CITIZEN) if letter.purpose.startswith("answer")]) == 1


def test_who_reported_the_same_hears_what_became_of_the_case_theirs_was_joined_to(agent, work):
    first, second, third = (report(email=f"{name}@example.org") for name in ("one", "two", "three"))
    actions.merge_case(first, by=agent, into=second)
    actions.merge_case(second, by=agent, into=third)
    actions.answer_case(third, by=agent, outcome=Outcome.DONE, text="تم")
    work()
    for case, address in ((first, "one@example.org"), (second, "two@example.org")):
        (letter,) = letters(address, "answer-followed")
        assert case.private_key in letter.text
        assert third.private_key not in letter.text


def test_nobody_is_written_to_whose_contact_was_erased(agent, work):
    case = report()
    case.contact.email = case.contact.name = case.contact.phone = ""
    case.contact.save()
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    work()
    assert not Letter.objects.exists()


def test_an_event_of_an_unknown_kind_is_followed_by_nothing(work):
    Service.objects.filter(code="light-out").update(kind="complaint")
    report()
    work()
    assert not Letter.objects.exists()


def test_the_body_to_which_a_report_is_passed_on_reads_why(agent, work):
    body("triffa", email="triffa@example.org", language="fr")
    STEPS["transferred"](report(), agent)
    work()
    told = letters("triffa@example.org", "body")[-1]
    assert told.subject.startswith("Signalement transmis\u00a0: ")
    assert "Motif\u00a0: <b>لهم</b>" in told.text


def test_a_position_keeps_its_order_in_arabic_plain_text():
    with override("ar"):
        assert Fact("الموقع", "34.91, -2.42", code=True).plain == "\u206634.91, -2.42\u2069"
        assert Fact("الرمز السري", "4711", code=True).plain == "4711"
