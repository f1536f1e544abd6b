"""A year of invented cases, told by the real actions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from django.conf import LazySettings, settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image
from pytest_django import DjangoDbBlocker

from nafida.cases.alarms import sound_alarms
from nafida.cases.closing import close_answered
from nafida.cases.lapsing import lapse_questions
from nafida.cases.life import ANSWERS, Outcome, State, WaitingFor
from nafida.cases.models import AnswerTemplate, Attachment, BodyLink, Case, Contact, Event, Support
from nafida.desk.behalf import filed_lately_by
from nafida.desk.inbox.piles import Pile, in_pile
from nafida.launch import main
from nafida.launch.demo.drawings import MOTIFS, picture
from nafida.launch.demo.filling import Filled, fill
from nafida.launch.demo.lives import Planner
from nafida.launch.demo.piles import PHONE
from nafida.launch.demo.words import Words, read_words
from nafida.launch.environment import DEMO_NAME
from nafida.mail.models import Letter
from nafida.people.models import Role, User
from nafida.reports.models import Report
from nafida.services.models import Service
from nafida.territory.locate import locate
from nafida.territory.models import Area
from tests.conftest import forget_territory
from tests.factories import plant_province

pytestmark = pytest.mark.django_db


def words() -> Words:
    found = read_words(settings.PACK)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Filled]:
    """One year for all tests of this file, told once and taken back at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant_province()
        forget_territory()
        yield fill(words(), now=datetime.now(UTC), seed=1, count=300)
        transaction.set_rollback(True)
    forget_territory()


def test_some_three_hundred_cases_cover_every_commune_and_every_service(year: Filled) -> None:
    assert 300 <= year.cases == Case.objects.count() <= 360
    assert Case.objects.values("area").distinct().count() == Area.objects.communes().count()
    forms = {row.pk for row in Service.objects.active() if row.takes_a_form}
    assert set(Case.objects.values_list("service", flat=True)) == forms


def test_no_case_has_been_forgotten_for_more_than_a_season(year: Filled) -> None:
    forgotten = Case.objects.overdue()
    assert forgotten.exists()
    oldest = min(forgotten.values_list("received_at", flat=True))
    assert (datetime.now(UTC) - oldest).days < 100
    assert not forgotten.filter(urgent=True, received_at__lt=datetime.now(UTC) - timedelta(days=40)).exists()


def test_most_cases_are_where_most_people_live(year: Filled) -> None:
    communes = sorted(Area.objects.communes(), key=lambda area: area.population or 0)
    least, most = (Case.objects.filter(area=communes[place]).count() for place in (0, -1))
    assert most > 5 * least


def test_every_state_and_every_outcome_of_a_report_occurs(year: Filled) -> None:
    assert set(Case.objects.values_list("state", flat=True)) == set(State)
    wanted = {"", *ANSWERS, Outcome.DUPLICATE, Outcome.WITHDRAWN}
    assert set(Case.objects.values_list("outcome", flat=True)) == wanted
    waiting = {WaitingFor.NOBODY, WaitingFor.CITIZEN, WaitingFor.WORKS}
    assert set(Case.objects.values_list("waiting_for", flat=True)) == waiting
    assert Case.objects.overdue().exists()


def test_everything_that_people_can_do_has_been_done(year: Filled) -> None:
    done = {
        "asked", "replied", "planned", "transferred", "reopened", "merged", "absorbed", "withdrawn", "supported",
        "shown", "noted", "attached", "extended", "lapsed", "alarmed", "closed", "taken_in_hand", "answered",
    }  # fmt: skip
    assert done <= set(Event.objects.values_list("what", flat=True))
    assert Support.objects.count() > 60


def test_about_seven_in_ten_write_in_arabic(year: Filled) -> None:
    arabic = Case.objects.filter(language="ar").count() / year.cases
    assert 0.6 < arabic < 0.8
    assert set(Case.objects.values_list("language", flat=True)) == {"ar", "fr"}


def test_points_lie_in_the_commune_of_their_case(year: Filled) -> None:
    placed = Report.objects.exclude(lon=None).select_related("case")
    assert placed.count() > 200
    for report in placed:
        found = locate(report.lon or 0, report.lat or 0)
        assert found is not None
        assert found.commune == report.case.area_id


def test_the_history_is_whole_and_ends_before_now(year: Filled) -> None:
    call_command("verify_journal", verbosity=0)
    now = datetime.now(UTC)
    assert not Event.objects.filter(at__gt=now).exists()
    assert (now - min(Event.objects.values_list("at", flat=True))).days > 300


def test_bodies_without_officers_have_worked_by_links_that_are_used_up(year: Filled) -> None:
    by_bodies = [event.facts for event in Event.objects.all() if event.facts["as"] == "body"]
    assert len(by_bodies) > 100
    assert all("link" in facts for facts in by_bodies)
    assert not BodyLink.objects.filter(used_at=None).exists()


def test_nobody_is_written_to_for_what_is_past(year: Filled) -> None:
    now = datetime.now(UTC)
    assert sound_alarms(now) == close_answered(now) == lapse_questions(now) == 0
    assert not DBTaskResult.objects.exists()
    assert not Letter.objects.exists()


def test_nobody_can_be_reached_outside_the_demonstration(year: Filled) -> None:
    addresses = [*Contact.objects.exclude(email="").values_list("email", flat=True)]
    addresses += User.objects.values_list("email", flat=True)
    assert all(address.endswith("@example.org") for address in addresses)
    assert set(Contact.objects.values_list("phone", "name")) == {("", ""), (PHONE, "")}


def test_every_pile_of_an_officer_has_something_and_answers_lie_ready(year: Filled) -> None:
    agent = User.objects.get(email="agent@example.org")
    desk, now = Case.objects.on_desk_of(agent), datetime.now(UTC)
    assert [pile for pile in Pile if not in_pile(desk, pile, agent, now).exists()] == []
    assert set(desk.values_list("channel", flat=True)) >= {"web", "counter", "phone", "field"}
    assert desk.filter(waiting_for=WaitingFor.WORKS, planned_on=None).exists()
    assert desk.to_be_seen().filter(attachments__role="before").exists()
    assert AnswerTemplate.objects.count() == len(words().templates) > 2


def test_a_case_of_the_counter_still_has_its_receipt(year: Filled) -> None:
    case = Case.objects.get(channel="counter")
    officer = User.objects.get(email="agent@example.org")
    assert filed_lately_by(officer, case.reference, datetime.now(UTC)) == case


def test_the_accounts_hold_what_they_are_named_for(year: Filled) -> None:
    assert {account.role for account in year.accounts} == set(Role)
    agent = User.objects.get(memberships__role=Role.AGENT, email="agent@example.org", memberships__body__area=top())
    assert agent.memberships.count() == 2
    assert Case.objects.on_desk_of(agent).open().exists()


def top() -> Area:
    """The commune where most people live."""
    return max(Area.objects.communes(), key=lambda area: area.population or 0)


def test_photos_are_small_and_some_show_what_was_mended(year: Filled) -> None:
    assert set(Attachment.objects.values_list("role", flat=True)) == {"before", "after"}
    for motif in MOTIFS:
        drawn = picture(motif, 0)
        assert len(drawn) <= 20 * 1024
        assert Image.open(BytesIO(drawn)).size == (640, 480)


def test_the_same_seed_tells_the_same_year_and_another_tells_another(year: Filled) -> None:
    now = datetime(2026, 9, 1, 12, tzinfo=UTC)
    plans = [Planner(words(), now, seed).plan(60) for seed in (7, 7, 8)]
    assert plans[0] == plans[1]
    assert plans[0] != plans[2]
    assert all(life.at < now and all(step.at < now for step in life.steps) for life in plans[0])


def test_a_drawing_is_the_same_each_time() -> None:
    assert picture("bin", 1) == picture("bin", 1) != picture("bin", 2)


def test_words_of_a_place_name_no_number_twice() -> None:
    place = words().place("fr", Random(3), urban=True)
    assert "{" not in place


def test_a_folder_with_real_cases_is_refused_in_one_sentence(
    year: Filled, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    with pytest.raises(SystemExit, match="holds real cases or accounts") as refusal:
        call_command("fill_demo")
    assert "\n" not in str(refusal.value)
    assert not (tmp_path / DEMO_NAME).exists()


def test_a_demonstration_is_filled_once(year: Filled, settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    (tmp_path / DEMO_NAME).touch()
    before = Event.objects.count()
    call_command("fill_demo")
    assert Event.objects.count() == before


def test_every_page_says_that_it_is_a_demonstration(year: Filled, settings: LazySettings) -> None:
    client = Client()
    assert 'class="demo"' not in client.get("/fr/").text
    settings.DEMO = True
    assert 'class="demo"' in client.get("/fr/").text


def test_up_takes_the_word_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(main, "up", lambda *_where, demo: asked.append(demo) or 0)
    monkeypatch.setenv("NAFIDA_DATA", "")
    monkeypatch.delenv("NAFIDA_PROVINCE", raising=False)
    assert main.main(["up", "--data", str(tmp_path), "--demo"]) == 0
    assert main.main(["up", "--data", str(tmp_path)]) == 0
    assert asked == [True, False]
