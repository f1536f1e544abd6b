"""Each verb of an officer, sent as its form sends it."""

from datetime import timedelta

from django.utils import timezone

from nafida.cases.models import Case, Message
from nafida.people.models import Role, User
from nafida.reports.models import Report
from tests import factories
from tests.desk.conftest import Act, browser, fresh, photo

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


def words(case: Case) -> str:
    return Message.objects.filter(case=case).latest("pk").text


def test_take_in_hand_gives_the_case_to_who_pressed(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "take_in_hand").status_code == 302
    assert (fresh(case).state, fresh(case).officer) == ("in_hand", agent)


def test_plan_a_day(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "plan", day=TOMORROW, text="A team comes")
    assert (fresh(case).planned_on.isoformat(), words(case)) == (TOMORROW, "A team comes")


def test_a_day_in_the_past_is_not_planned_and_the_words_stay(agent: User, case: Case, act: Act) -> None:
    response = act(agent, case, "plan", day="2020-01-01", text="A team comes")
    assert response.status_code == 422
    assert "The day planned lies in the past" in response.content.decode()
    assert "A team comes" in response.content.decode()
    assert fresh(case).version == case.version


def test_ask_and_note_the_reply(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "ask", text="Which side?")
    assert fresh(case).waiting_for == "citizen"
    act(agent, case, "reply", text="The left one, she says")
    assert (fresh(case).waiting_for, words(case)) == ("nobody", "The left one, she says")


def test_answer_with_a_photo_after_the_work(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "answer", outcome="done", text="Repaired", photo=photo())
    assert (fresh(case).state, fresh(case).outcome) == ("answered", "done")
    assert case.attachments.get().role == "after"


def test_not_ours_is_no_answer_because_it_names_nobody(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "answer", outcome="not_ours", text="Not ours").status_code == 422
    assert fresh(case).state == "received"


def test_a_file_that_is_no_photo_is_said_and_nothing_is_done(agent: User, case: Case, act: Act) -> None:
    file = photo()
    file.file.seek(0)
    file.file.write(b"not a photo at all")
    file.seek(0)
    response = act(agent, case, "answer", outcome="done", text="Repaired", photo=file)
    assert response.status_code == 422
    assert "Repaired" in response.content.decode()
    assert fresh(case).state == "received"


def test_transfer_names_whose_it_is_and_leaves_this_desk(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "transfer", to="", text="Not ours").status_code == 422
    assert act(agent, case, "transfer", to="police", text="Not ours").status_code == 422
    assert act(agent, case, "transfer", to="commune-ahfir", text="Beyond the bridge")["Location"] == "/en/desk/"
    assert fresh(case).body.code == "commune-ahfir"


def test_assign_to_a_colleague_to_nobody_but_not_to_a_stranger(agent: User, case: Case, act: Act) -> None:
    colleague, stranger = factories.officer(role=Role.MANAGER), factories.officer("commune-ahfir")
    act(agent, case, "assign", to=str(colleague.pk))
    assert fresh(case).officer == colleague
    assert act(agent, case, "assign", to=str(stranger.pk)).status_code == 422
    act(agent, case, "assign", to="")
    assert fresh(case).officer is None


def test_merge_with_a_case_of_the_own_desk_only(agent: User, case: Case, act: Act) -> None:
    other, foreign = factories.report(), factories.report(commune="02.113.01.01")
    assert act(agent, case, "merge", reference=foreign.reference).status_code == 422
    assert act(agent, case, "merge", reference="123").status_code == 422
    response = act(agent, case, "merge", reference=other.shown_reference)
    assert response["Location"].endswith(f"/{other.reference}/")
    assert fresh(case).merged_into == other


def test_split_makes_a_second_report_where_it_belongs(agent: User, case: Case, act: Act, work) -> None:  # type: ignore[no-untyped-def]
    act(agent, case, "split", service="water-leak", text="Water runs too")
    twin = Case.objects.exclude(pk=case.pk).get()
    report = Report.objects.get(pk=twin.pk)
    assert (twin.service.code, report.description) == ("water-leak", "Lampe éteinte")
    assert report.lon == Report.objects.get(pk=case.pk).lon
    assert twin.body.kind == "company"
    work()


def test_a_longer_limit_is_the_coordinators_alone(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "extend", working_days=20, text="Parts from abroad").status_code == 422
    assert act(factories.coordinator(), case, "extend", working_days=4, text="Shorter").status_code == 422
    act(factories.coordinator(), case, "extend", working_days=20, text="Parts from abroad")
    assert case.deadlines.citizens().get().working_days == 20


def test_show_words_to_the_public(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "show")
    assert fresh(case).words_are_public


def test_close_says_how_and_why_unless_it_was_answered(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "close").status_code == 422
    act(agent, case, "answer", outcome="done", text="Repaired")
    act(agent, case, "close", text="")
    assert (fresh(case).state, fresh(case).outcome) == ("closed", "done")


def test_close_without_an_answer(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "close", outcome="not_found", text="Nothing there")
    assert (fresh(case).state, fresh(case).outcome) == ("closed", "not_found")


def test_reopen(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "answer", outcome="done", text="Repaired")
    act(agent, case, "reopen", text="Dark again")
    assert (fresh(case).state, fresh(case).outcome) == ("received", "")


def test_a_photo_or_the_own_reference_is_kept(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "attach", body_reference="").status_code == 422
    act(agent, case, "attach", body_reference="BO 12", photo=photo())
    assert (fresh(case).body_reference, case.attachments.count()) == ("BO 12", 1)
    act(agent, case, "answer", outcome="done", text="Repaired")
    assert fresh(case).body_reference == "BO 12"


def test_what_life_forbids_is_refused_with_its_sentence(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "answer", outcome="done", text="Repaired")
    response = act(agent, case, "plan", day=TOMORROW, text="Too late words")
    assert response.status_code == 422
    assert "this can no longer be done" in response.content.decode()
    assert "Too late words" in response.content.decode()


def test_a_coordinator_may_pass_a_case_of_any_body_on(case: Case, act: Act) -> None:
    coordinator = factories.coordinator()
    response = act(coordinator, case, "transfer", to="commune-ahfir", text="Beyond the bridge")
    assert browser(coordinator).get(response["Location"]).status_code == 200
