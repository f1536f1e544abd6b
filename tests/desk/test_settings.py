"""What administrators set on the desk: bodies, holidays, and what the post office tries again."""

import uuid
from datetime import date

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from nafida.cases.models import Case
from nafida.cases.tasks import react
from nafida.desk.settings_changes import change_body
from nafida.mail.models import Letter
from nafida.people.models import Role, Trace, User
from nafida.territory.models import Body, DayOverride
from tests import factories
from tests.desk.conftest import browser

BODY = {"email": "new@aklim.example", "phone": "0536", "emergency_phone": "", "language": "fr", "takes_part": "on"}
DAY = {"kind": "holiday", "name_ar": "عيد", "name_fr": "Aïd", "source": "Announcement of the ministry"}


@pytest.fixture
def administrator(berkane: None) -> User:
    return factories.officer("governorate", Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator: User) -> Client:
    return browser(administrator)


def test_a_body_gets_its_address_and_the_trail_says_what_changed(client: Client, administrator: User) -> None:
    assert client.post("/en/desk/bodies/commune-aklim/", BODY).status_code == 302
    body = Body.objects.get(code="commune-aklim")
    assert (body.email, body.phone, body.language, body.takes_part) == ("new@aklim.example", "0536", "fr", True)
    line = Trace.objects.get(what="setting_changed")
    assert line.by == administrator
    assert line.facts["changes"] == {
        "email": ["", "new@aklim.example"],
        "language": ["ar", "fr"],
        "phone": ["", "0536"],
    }


def test_what_did_not_change_leaves_no_line(client: Client) -> None:
    for _ in range(2):
        client.post("/en/desk/bodies/commune-aklim/", BODY)
    assert Trace.objects.filter(what="setting_changed").count() == 1


def test_a_wrong_address_is_said_and_kept_out(client: Client) -> None:
    assert client.post("/en/desk/bodies/commune-aklim/", {**BODY, "email": "nonsense"}).status_code == 422
    assert Body.objects.get(code="commune-aklim").email == ""


def test_a_body_may_leave(client: Client) -> None:
    client.post("/en/desk/bodies/commune-aklim/", {name: BODY[name] for name in BODY if name != "takes_part"})
    assert not Body.objects.get(code="commune-aklim").takes_part


def test_a_holiday_moves_the_time_limits_of_open_cases(client: Client, case: Case, work) -> None:  # type: ignore[no-untyped-def]
    due = case.deadlines.citizens().get().due_at
    assert client.post("/en/desk/days/", {**DAY, "day": due.date().isoformat()}).status_code == 302
    work()
    assert case.deadlines.citizens().get().due_at > due
    assert case.events.filter(what="recomputed").exists()
    client.post(f"/en/desk/days/{due.date().isoformat()}/drop/")
    work()
    assert case.deadlines.citizens().get().due_at == due


def test_a_day_is_kept_with_its_names_and_traced(client: Client) -> None:
    client.post("/en/desk/days/", {**DAY, "day": "2030-05-01"})
    day = DayOverride.objects.get()
    assert (day.day, day.is_working, day.name_ar, day.name_fr) == (date(2030, 5, 1), False, "عيد", "Aïd")
    assert Trace.objects.get(what="setting_changed").facts["changes"]["day"] == [None, "2030-05-01"]


@pytest.mark.parametrize("day", ["nonsense", "2030-05-02"])
def test_a_day_that_was_never_entered_cannot_be_taken_back(client: Client, day: str) -> None:
    assert client.post(f"/en/desk/days/{day}/drop/").status_code == 404


def test_a_failed_letter_is_shown_in_outline_and_tried_again(client: Client, case: Case, work) -> None:  # type: ignore[no-untyped-def]
    work()
    letter = Letter.objects.get(to="citizen@example.org")
    error = "550 citizen@example.org unknown"
    Letter.objects.filter(pk=letter.pk).update(state="failed", last_error=error)
    page = client.get("/en/desk/post/").content.decode()
    assert "c…@example.org" in page
    assert "citizen@" not in page
    assert letter.subject not in page
    client.post(f"/en/desk/post/letters/{letter.pk}/retry/")
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert Trace.objects.get(what="letter_retried").facts == {"letter": letter.pk}


def test_a_task_set_aside_is_shown_without_words_and_tried_again(client: Client, work) -> None:  # type: ignore[no-untyped-def]
    react.enqueue(987654321)
    work(allow_failures=True)
    task = DBTaskResult.objects.failed().get()
    DBTaskResult.objects.filter(pk=task.pk).update(worker_ids=["w"] * 5, traceback="words of people")
    page = client.get("/en/desk/post/").content.decode()
    assert "nafida.cases.tasks.react" in page
    assert "words of people" not in page
    client.post(f"/en/desk/post/tasks/{task.pk}/retry/")
    task.refresh_from_db()
    assert (task.status, task.worker_ids) == ("READY", [])
    assert Trace.objects.get(what="task_retried").facts == {"task": str(task.pk)}


def test_what_has_not_failed_is_not_tried_again(client: Client, case: Case) -> None:
    task = DBTaskResult.objects.first()
    assert task is not None
    client.post(f"/en/desk/post/tasks/{task.pk}/retry/")
    assert not Trace.objects.filter(what="task_retried").exists()
    assert client.post(f"/en/desk/post/tasks/{uuid.uuid4()}/retry/").status_code == 404
    assert client.post("/en/desk/post/letters/987654/retry/").status_code == 404


def test_a_manager_finds_the_templates_of_answers_at_the_head_and_a_coordinator_among_the_settings(
    berkane: None,
) -> None:
    link = 'href="/en/desk/templates/"'
    assert link in browser(factories.officer(role=Role.MANAGER)).get("/en/desk/").content.decode()
    coordinator = browser(factories.coordinator())
    assert link not in coordinator.get("/en/desk/").content.decode()
    assert link in coordinator.get("/en/desk/settings/").content.decode()


def test_a_coordinator_may_open_the_post_office(berkane: None) -> None:
    assert browser(factories.coordinator()).get("/en/desk/post/").status_code == 200


def test_the_page_of_changes_speaks_of_things_and_fields_in_the_readers_language(
    administrator: User, client: Client
) -> None:
    body = Body.objects.get(code="commune-aklim")
    change_body(body, by=administrator, facts={"email": "aklim@example.org", "takes_part": not body.takes_part})
    page = client.get("/fr/desk/settings/changes/").content.decode()
    for words in (f"Administration · {body.name_fr}", "adresse", "aklim@example.org", "Oui"):
        assert words in page
    for column in ("territory.body", "takes_part"):
        assert column not in page
