"""Is it ready to open? Each check is shown what it looks for."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from nafida.cases.models import ClockJob, UnreadBody
from nafida.cases.tasks import react
from nafida.desk import readiness
from nafida.desk.readiness import Finding, Grade
from nafida.mail import trial as trials
from nafida.people.models import Role
from nafida.territory.models import Body
from tests import factories
from tests.desk.conftest import browser

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
Check = Callable[[datetime], Finding]


def grade(check: Check) -> str:
    return str(check(NOW).grade)


def test_an_address_without_https_must_be_changed(settings: Settings) -> None:
    settings.SITE_URL = "http://localhost:8000"
    with override("en"):
        assert "location" in readiness.https(NOW).sentence
    assert grade(readiness.https) == "must"


def test_https_behind_a_proxy_that_is_not_named_is_looked_at(settings: Settings) -> None:
    settings.SITE_URL, settings.PROXIES, settings.TLS_CERT = "https://nafida.example", 0, ""
    assert grade(readiness.https) == "look"
    settings.PROXIES = 1
    assert grade(readiness.https) == "fine"


@pytest.mark.parametrize(("demo", "debug", "wanted"), [(1, 0, "must"), (0, 1, "must"), (0, 0, "fine")])
def test_neither_demonstration_nor_debug_pages_are_opened(
    settings: Settings, demo: int, debug: int, wanted: str
) -> None:
    settings.DEMO, settings.DEBUG = bool(demo), bool(debug)
    assert grade(readiness.invented) == wanted


def test_a_short_key_and_one_that_others_read_must_be_changed(settings: Settings, tmp_path: Path) -> None:
    settings.DATA, settings.SECRET_KEY = tmp_path, "short"
    assert grade(readiness.secret_key) == "must"
    settings.SECRET_KEY = "long" * 10
    (tmp_path / "secret_key").write_text("key")
    (tmp_path / "secret_key").chmod(0o644)
    assert grade(readiness.secret_key) == "must"
    (tmp_path / "secret_key").chmod(0o600)
    assert grade(readiness.secret_key) == "fine"


def test_old_zone_data_must_be_renewed(settings: Settings) -> None:
    assert grade(readiness.zones) == "fine"
    settings.TIME_ZONE = "Asia/Tokyo"
    assert grade(readiness.zones) == "must"


@pytest.mark.parametrize(("gib", "wanted"), [(0.5, "must"), (3, "look"), (50, "fine")])
def test_a_full_disk_is_told_in_time(monkeypatch: pytest.MonkeyPatch, gib: float, wanted: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=gib * readiness.GIB))
    assert grade(readiness.disk) == wanted


@pytest.mark.parametrize(("language", "size"), [("fr", "2,5"), ("ar", "2,5"), ("en", "2.5")])
def test_the_free_space_is_written_as_the_language_writes_it(
    monkeypatch: pytest.MonkeyPatch, language: str, size: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=2.5 * readiness.GIB))
    with override(language):
        assert size in readiness.disk(NOW).sentence


@pytest.mark.parametrize(("days", "wanted"), [(0.5, "fine"), (2, "look"), (8, "must")])
def test_a_backup_holds_for_a_day(settings: Settings, tmp_path: Path, days: float, wanted: str) -> None:
    settings.BACKUP_MARK = tmp_path / "mark"
    assert grade(readiness.backup) == "must"
    settings.BACKUP_MARK.write_text((NOW - timedelta(days=days)).isoformat())
    assert grade(readiness.backup) == wanted


def test_a_backup_leaves_its_mark(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_MARK = tmp_path / "mark"
    call_command("backup", tmp_path / "backup.tar", verbosity=0)
    assert readiness.backup(datetime.now(UTC)).grade == Grade.FINE


def test_without_a_mail_server_no_letter_leaves(db: None, settings: Settings) -> None:
    settings.SMTP_URL = ""
    assert grade(readiness.letters_leave) == "must"


@pytest.mark.parametrize(
    ("trial", "wanted"),
    [
        (None, "must"),
        (trials.TestLetter(NOW, None, failed=False), "must"),
        (trials.TestLetter(None, None, failed=True), "must"),
        (trials.TestLetter(NOW, NOW, failed=False), "fine"),
    ],
)
def test_a_test_letter_must_have_arrived(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, trial: trials.TestLetter | None, wanted: str
) -> None:
    settings.SMTP_URL = "smtp://mail.example.org"
    monkeypatch.setattr(readiness, "last_test_letter", lambda: trial)
    assert grade(readiness.letters_leave) == wanted


def test_a_clock_that_stands_still_is_noticed(db: None) -> None:
    assert grade(readiness.clock) == "must"
    ClockJob.objects.create(name="alarms", last_run=NOW - timedelta(minutes=10))
    assert grade(readiness.clock) == "must"
    ClockJob.objects.create(name="letters", last_run=NOW - timedelta(minutes=1))
    assert grade(readiness.clock) == "fine"


def test_a_task_that_nobody_takes_is_noticed(db: None) -> None:
    react.enqueue(1)
    assert readiness.workers(datetime.now(UTC)).grade == Grade.FINE
    assert readiness.workers(datetime.now(UTC) + timedelta(minutes=6)).grade == Grade.MUST


def test_a_task_set_aside_is_looked_at(db: None) -> None:
    react.enqueue(1)
    assert grade(readiness.letters_failed) == "fine"
    DBTaskResult.objects.update(status="FAILED", finished_at=NOW)
    assert "1" in readiness.letters_failed(NOW).sentence


def test_an_administration_that_reads_nothing_is_named(berkane: None) -> None:
    assert grade(readiness.silent_bodies) == "fine"
    body = Body.objects.get(code="commune-aklim")
    UnreadBody.objects.create(body=body, why="unread", since=NOW)
    assert body.name in readiness.silent_bodies(NOW).sentence


def test_bodies_that_nobody_can_reach_must_be_given_an_address(berkane: None) -> None:
    assert grade(readiness.responsibilities) == "must"
    Body.objects.update(email="post@example.org")
    assert grade(readiness.responsibilities) != "must"


def test_both_roles_are_needed(berkane: None) -> None:
    factories.officer("governorate", Role.ADMINISTRATOR)
    assert grade(readiness.people) == "must"
    factories.coordinator()
    assert readiness.people(datetime.now(UTC)).grade == Grade.FINE


def test_the_page_says_what_must_be_done_first(berkane: None) -> None:
    page = browser(factories.coordinator()).get("/en/desk/ready/")
    assert page.status_code == 200
    assert page.content.decode().index("must be done") < page.content.decode().index("fine")
    assert browser(factories.officer()).get("/en/desk/ready/").status_code == 403


def test_the_doctor_says_the_same_and_ends_with_1(berkane: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert said.startswith("must  ")
    assert len(said.splitlines()) == len(readiness.CHECKS) + 1
