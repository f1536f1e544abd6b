"""Every kind of letter is shown by the code that writes it, and a test letter tells whether letters arrive."""

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from nafida import reactions
from nafida.cases.models import Case, Event
from nafida.desk.letter_samples import KINDS, kind_of, sample_of
from nafida.desk.letter_samples.scene import Scene
from nafida.mail.message import compose
from nafida.mail.models import KnownAddress, Letter
from nafida.mail.trial import last_test_letter
from nafida.people.models import Role, User
from nafida.territory.models import Body
from tests import factories
from tests.desk.conftest import browser

CODES = [kind.code for kind in KINDS]
LINK = re.compile(r"https?://[^/\s]+(/\S*)")


@pytest.fixture
def coordinator(berkane: None) -> User:
    return factories.coordinator()


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("code", CODES)
def test_each_kind_is_a_whole_letter_in_its_language(code: str, language: str, coordinator: User) -> None:
    kind = kind_of(code)
    assert kind is not None
    sample = sample_of(kind.story, language, by=coordinator)
    assert sample.subject
    assert "\n" not in sample.subject
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in sample.html
    # The plain part says all that the other says: each link and each word of the citizen or the administration.
    for link in set(re.findall(r'href="([^"]+)"', sample.html)):
        assert link in sample.text
    for words in re.findall(r"<(?:p|td|strong)[^>]*>([^<>]+)</", sample.html):
        assert words.strip().replace("&quot;", '"').replace("&#x27;", "'") in sample.text
    assert not re.search(r"<img|<script|url\(|@import", sample.html)
    if language == "fr":
        assert not re.search(r"\w:\s", sample.text)  # a colon stands after a space that does not break


@pytest.mark.parametrize(("language", "word"), [("ar", "مستعجل"), ("fr", "Urgent")])
def test_danger_stands_in_the_subject(language: str, word: str, coordinator: User) -> None:
    for code, is_urgent in (("urgent", True), ("new", False)):
        subject = sample_of(kind_of(code).story, language, by=coordinator).subject  # type: ignore[union-attr]
        assert subject.startswith(word) is is_urgent


def test_nothing_of_a_sample_is_kept(coordinator: User) -> None:
    counts = [model.objects.count() for model in (Case, Event, Letter, Body, KnownAddress)]
    for kind in KINDS:
        sample_of(kind.story, "fr", by=coordinator)
    assert [model.objects.count() for model in (Case, Event, Letter, Body, KnownAddress)] == counts


@pytest.mark.django_db(transaction=True)
def test_a_sample_waits_for_nobody_who_writes(coordinator: User) -> None:
    writer = connection.copy()
    writer.ensure_connection()
    try:
        writer.connection.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        assert sample_of(kind_of("answer").story, "ar", by=coordinator).text  # type: ignore[union-attr]
    finally:
        writer.connection.rollback()
        writer.close()


def test_every_letter_that_follows_an_event_has_a_sample(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each task of the reactions' table writes at least one of the samples."""
    written: set[str] = set()
    tell = Scene.tell

    def noted(scene: Scene, task: Any) -> None:
        written.add(task.module_path)
        tell(scene, task)

    monkeypatch.setattr(Scene, "tell", noted)
    for kind in KINDS:
        sample_of(kind.story, "ar", by=coordinator)
    tasks = {task.module_path for row in reactions.REACTIONS.values() for task in row if "letters" in task.module_path}
    assert sorted(tasks - written) == []


def test_every_letter_of_the_sign_in_has_a_sample() -> None:
    folder = Path(__file__).parents[2] / "src/nafida/people/templates/account/email"
    written = {path.name.removesuffix("_message.txt") for path in folder.glob("*_message.txt")}
    assert sorted(written - set(CODES)) == []


def test_a_page_shows_both_languages_and_a_frame_that_may_neither_run_nor_fetch(coordinator: User) -> None:
    client = browser(coordinator)
    assert client.get("/en/desk/letters/").status_code == 200
    page = client.get("/en/desk/letters/answer/").content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert 'lang="fr" dir="ltr"' in page
    frame = client.get("/en/desk/letters/answer/ar.html")
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert "script-src" not in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    for wrong in ("nothing/", "answer/en.html", "nothing/ar.html"):
        assert client.get(f"/en/desk/letters/{wrong}").status_code == 404


def test_an_agent_sees_no_samples(agent: User) -> None:
    for address in ("", "answer/", "answer/ar.html"):
        assert browser(agent).get(f"/en/desk/letters/{address}").status_code == 403
    assert browser(agent).post("/en/desk/letters/answer/ar/send/").status_code == 403


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_test_letter_goes_to_whoever_asks_and_its_click_is_its_arrival(
    coordinator: User, language: str, work: Callable[..., Any]
) -> None:
    assert last_test_letter() is None
    browser(coordinator).post(f"/en/desk/letters/answer/{language}/send/")
    trial = last_test_letter()
    assert (trial.sent_at, trial.arrived_at, trial.failed) == (None, None, False)
    work()
    letter = Letter.objects.get(purpose="test")
    assert letter.to == coordinator.email
    found = LINK.search(compose_text(letter))
    assert found is not None
    Client().get(found[1], follow=True)
    assert last_test_letter().arrived_at is None
    arrived = Client().post(found[1], follow=True)
    assert (arrived.status_code, arrived.redirect_chain[-1][0]) == (200, f"/{language}/desk/letters/arrived/")
    assert last_test_letter().arrived_at > last_test_letter().sent_at


def compose_text(letter: Letter) -> str:
    """The plain part as it leaves."""
    message = email.message_from_bytes(compose(letter), policy=email.policy.default)
    return str(message.get_body(("plain",)).get_content())


def test_a_sample_can_be_sent_only_so_often(coordinator: User) -> None:
    for _ in range(21):
        browser(coordinator).post("/en/desk/letters/answer/fr/send/")
    assert Letter.objects.filter(purpose="test").count() == 20


def test_a_press_of_send_needs_the_posts_own_page(coordinator: User) -> None:
    assert browser(coordinator).get("/en/desk/letters/answer/fr/send/").status_code == 405
    assert browser(factories.officer(role=Role.MANAGER)).post("/en/desk/letters/answer/fr/send/").status_code == 403
