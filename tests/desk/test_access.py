"""Every route of the desk, tried by everybody with GET and POST; the table of who may stands in access.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from nafida.cases.models import Case, Event, Message
from nafida.people.models import Invitation, Membership, Trace
from nafida.services.models import Question, Responsibility, Service
from nafida.territory.models import Body, DayOverride, Jurisdiction, Participation, WorkingWeek
from tests.conftest import forget_territory
from tests.desk.access import DOORS, EMAIL, EVERYBODY, OTHER, OUT, SECRET, STRANGER, Door, World, names_of_the_desk
from tests.desk.conftest import browser
from tests.house.test_routes import routes

BY_NAME = {door.name: door for door in DOORS}
SAID = {"version": "1", "text": "x", "outcome": "done", "taking": "not_yet", "phone": "05", "language": "ar"}
"""Words that would change something if they were let in."""
WATCHED = (Case, Event, Message, Invitation, Membership, Service, Question, Responsibility, Body, DayOverride)
ALSO_WATCHED = (Jurisdiction, Participation, WorkingWeek, Trace)


@pytest.fixture
def world(berkane: None) -> World:
    return World()


def test_every_route_of_the_desk_has_its_line() -> None:
    assert names_of_the_desk() == set(BY_NAME)
    assert len(BY_NAME) == len(DOORS)
    below = [address for address, _view in routes(get_resolver().url_patterns) if "desk/" in address]
    assert len(below) == len(DOORS)


def state() -> list[Any]:
    """All rows that somebody might have changed."""
    return [list(model._default_manager.order_by("pk").values_list()) for model in (*WATCHED, *ALSO_WATCHED)]


def tried(world: World, door: Door, person: str) -> Iterator[tuple[str, Any, str]]:
    """(method, answer, address) of each try; nothing that it does stays."""
    needed = door.needs if person in door.who else door.also or door.needs
    for needs in needed(world):
        with translation.override("en"):
            address = reverse(f"desk:{door.name}", kwargs=needs)
        for method in ("get", "post"):
            with transaction.atomic():
                client: Client = browser(world.persons[person])
                yield method, getattr(client, method)(address, SAID if method == "post" else None), address
                transaction.set_rollback(True)
            forget_territory()


def is_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def leads_to_the_case(world: World, answer: Any) -> bool:
    """A redirect to the page of the case, whatever it is: that page has a line of its own."""
    return answer.status_code == 302 and answer["Location"] == f"/en/desk/cases/{world.case.reference}/"


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_who_may_gets_in(world: World, door: Door) -> None:
    world.case  # noqa: B018
    for person in sorted(door.who):
        for method, answer, address in tried(world, door, person):
            told = (person, method, address, answer.status_code)
            assert not is_sign_in(answer), told
            assert answer.status_code not in (403, 404), told
            assert answer.status_code < 500, told


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_who_may_not_stays_out_and_changes_nothing(world: World, door: Door) -> None:
    world.case  # noqa: B018
    for person in sorted(set(EVERYBODY) - door.who):
        for method, answer, address in tried(world, door, person):
            told = (person, method, address, answer.status_code)
            if answer.status_code == 405 or (method == "get" and leads_to_the_case(world, answer)):
                continue
            if person == OUT:
                assert is_sign_in(answer), told
            elif person == STRANGER:
                assert answer.status_code == 403, told
            else:
                assert answer.status_code == (404 if door.hidden and person not in door.turned_away else 403), told
            assert SECRET not in answer.content.decode(errors="replace"), told
            assert EMAIL not in answer.content.decode(errors="replace"), told


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_what_is_refused_leaves_every_row_as_it_was(world: World, door: Door) -> None:
    ready = (door.also or door.needs)(world)
    for person in sorted(set(EVERYBODY) - door.who):
        before = state()
        for needs in ready:
            browser(world.persons[person]).post(reverse(f"desk:{door.name}", kwargs=needs), SAID)
        assert state() == before, person


@pytest.mark.parametrize("page", ["inbox", "people", "post"])
def test_no_list_of_another_body_shows_the_case(world: World, page: str) -> None:
    reference, shown = world.case.reference, world.case.shown_reference
    for query in ("", "?pile=all", f"?q={reference}", f"?q={shown}", f"?body={world.body.code}"):
        answer = browser(world.persons[OTHER]).get(f"/en/desk/{'' if page == 'inbox' else page + '/'}{query}")
        words = answer.content.decode().replace(f'value="{reference}"', "").replace(f'value="{shown}"', "")
        assert f"cases/{reference}" not in words
        assert SECRET not in words
