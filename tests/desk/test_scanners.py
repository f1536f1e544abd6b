"""A program that guards a mailbox opens every link of every letter: nothing is spent or confirmed by that."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from nafida.cases.actions import answer_case, follow_case
from nafida.cases.life import Outcome
from nafida.cases.models import BodyLink, Case, Event, Follower
from nafida.desk.settings_changes import invite
from nafida.mail.models import KnownAddress, Letter
from nafida.people.models import Invitation, Membership, Role
from tests import factories
from tests.desk.test_letters import compose_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]
BROWSER = {"User-Agent": "Mozilla/5.0", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none"}


@pytest.fixture
def links(work: Callable[..., Any], settings: Settings) -> list[str]:
    """The links, as they leave, of a receipt, a body's letter, a question whether to follow and an invitation."""
    body = factories.body("commune-aklim")
    body.email = "commune@example.org"
    body.save()
    case = factories.report()
    follow_case(case, email="neighbour@example.org", language="ar")
    invite("new@example.org", role=Role.AGENT, body=body, by=factories.coordinator())
    work()
    letters = list(Letter.objects.all())
    assert {letter.purpose for letter in letters} == {"acknowledgement", "body", "follow", "invitation"}
    found = [link for letter in letters for link in re.findall(settings.SITE_URL + r"(/\S*)", compose_text(letter))]
    assert all("letter=" in link for link in found)
    return found


def what_stands() -> list[Any]:
    """All that a press would have changed."""
    return [
        Event.objects.count(),
        list(Case.objects.values_list("version", "state")),
        list(BodyLink.objects.values_list("used_at")),
        list(Follower.objects.values_list("confirmed_at", "left_at")),
        list(Invitation.objects.values_list("used_at")),
        Membership.objects.count(),
        list(KnownAddress.objects.values_list("confirmed_at", "stopped_at").distinct()),
        list(Letter.objects.values_list("state", "opened_at").order_by("pk")),
    ]


def test_links_that_a_scanner_opens_again_and_again_still_serve_a_person(links: list[str]) -> None:
    before = what_stands()
    for link in links * 2:
        assert Client().head(link).status_code < 400
        assert Client().get(link, headers=BROWSER, follow=True).status_code == 200
    assert what_stands() == before


def test_a_persons_press_leads_from_each_link_to_its_page(links: list[str]) -> None:
    person = Client()
    for link in links:
        page = person.get(link)
        if "letters/stop" in link or "follow" in link or "invitation" in link:
            assert page.content.decode().count("<form") == 1
        else:
            assert person.post(link, follow=True).status_code == 200
    assert Letter.objects.exclude(opened_at=None).count() == 2


def test_the_answer_to_follow_is_the_press(links: list[str], work: Callable[..., Any]) -> None:
    follow = next(link for link in links if "/follow/" in link)
    Client().post(follow)
    assert KnownAddress.objects.exclude(confirmed_at=None).count() == 1
    case = Case.objects.get()
    answer_case(case, by=factories.by_link(case), outcome=Outcome.DONE, text="تم")
    work()
    sent = Letter.objects.filter(to="neighbour@example.org", state="sent")
    assert set(sent.values_list("purpose", flat=True)) == {"follow", "answer-followed"}
