"""“It is this one”: the server's step before sending, and one more for the case that is open already."""

import sys
from typing import Any

import pytest
from django.test import Client

from nafida.cases.actions import withdraw_case
from nafida.cases.models import Case, Follower
from tests import citizens, factories
from tests.reports.test_around import here, moved, shown

LAT_LON = "{1:.6f}, {0:.6f}"


def sent(client: Client, **said: Any) -> Any:
    form = citizens.opened(client)
    return client.post(citizens.address(), {**form, "position": LAT_LON.format(*here()), **said})


def test_without_a_script_the_server_asks_before_it_files(client: Client, berkane: None) -> None:
    case = shown()
    page = sent(client, description="Noir", email="a@example.org", photos=citizens.photo())
    words = page.content.decode()
    assert page.status_code == 200
    assert 'value="a@example.org"' in words
    assert f'name="same" value="{case.reference}"' in words
    assert Case.objects.count() == 1
    key = citizens.FORM_KEY.search(words)
    assert key is not None
    form = {"form_key": key[1], "draft": citizens.draft_of(page), "another": "yes", "description": "Noir"}
    new = citizens.case_of(sent(client, **form))
    assert (new.report.description, new.attachments.count()) == ("Noir", 1)


def test_with_nothing_near_by_the_report_goes_at_once(client: Client, berkane: None) -> None:
    citizens.case_of(sent(client))


def test_it_is_this_one_adds_a_voice_and_files_nothing(client: Client, berkane: None) -> None:
    case = shown()
    for _tap in range(2):
        answer = sent(client, same=case.reference, email="a@example.org")
        assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    assert case.shown_reference in page
    assert "Votre voix a été ajoutée" in page
    assert Case.objects.count() == 1
    assert case.supports.count() == 1
    assert [row.email for row in Follower.objects.all()] == ["a@example.org"]


def test_a_telephone_number_alone_follows_too(client: Client, berkane: None) -> None:
    case = shown()
    page = client.get(sent(client, same=case.reference, phone="0612345678")["Location"]).content.decode()
    assert "vous appellera" in page
    assert 'name="phone"' not in page
    assert [(row.email, row.phone) for row in Follower.objects.all()] == [("", "+212612345678")]


def test_whoever_joined_before_saying_who_they_are_says_it_on_the_next_page(client: Client, berkane: None) -> None:
    case = shown()
    page = sent(client, same=case.reference)["Location"]
    assert 'name="phone"' in client.get(page).content.decode()
    assert client.post(page, {"email": "", "phone": ""}).status_code == 422
    assert client.post(page, {"phone": "x"}).status_code == 422
    answer = client.post(page, {"phone": "0612345678"})
    assert (answer.status_code, answer["Location"]) == (303, f"{page}?by=phone")
    assert Follower.objects.get().phone == "+212612345678"


def test_a_voice_counts_even_when_the_rest_of_the_form_is_not_right(client: Client, berkane: None) -> None:
    case = shown()
    assert sent(client, same=case.reference, position="x", email="x").status_code == 303
    assert (case.supports.count(), Follower.objects.count()) == (1, 0)


def test_what_is_not_open_and_public_cannot_be_joined(client: Client, berkane: None) -> None:
    for reference in (factories.report("noise").reference, "000000000", "\x00", "x" * 999):
        page = sent(client, same=reference, position="", form_key="x")
        assert page.status_code == 422
    assert client.get(f"/fr/report/joined/{factories.report('noise').reference}/").status_code == 404


def test_a_place_of_a_point_is_kept_in_words_too(client: Client, berkane: None) -> None:
    assert "Aklim" in citizens.case_of(sent(client)).report.place
    assert citizens.case_of(sent(client, place="Ici", another="yes")).report.place == "Ici"
    assert moved(0) == here()


def test_a_case_that_was_closed_while_the_list_was_read_shows_its_page(
    client: Client, berkane: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = shown()
    withdraw_case(case)
    monkeypatch.setattr(sys.modules["nafida.reports.views.form"], "open_public", lambda *_asked: case)
    answer = sent(client, same=case.reference)
    assert (answer.status_code, answer["Location"]) == (303, citizens.public(case))


def test_joining_writes_to_no_more_addresses_than_following_does(
    client: Client, berkane: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nafida.people.throttle.FOLLOWED_BY_NETWORK", 1)
    case = shown()
    client.post(citizens.public(case), {"do": "follow", "email": "a@example.org"})
    assert sent(client, same=case.reference, email="b@example.org").status_code == 303
    assert [row.email for row in Follower.objects.all()] == ["a@example.org"]
