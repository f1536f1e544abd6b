"""News from the spot by anybody, the reporter's last word, and what is sent too often."""

import pytest
from django.test import Client
from pytest_django import Settings

from nafida.cases.actions import answer_case, hide_words, show_update, show_words
from nafida.cases.attachments import keep_picture
from nafida.cases.life import HideReason, Outcome
from nafida.cases.models import Case, MessageKind
from tests import citizens, factories


def officer(case: Case) -> factories.Actor:
    return factories.on_desk(factories.officer(case.body.code), case)


def page(client: Client, case: Case) -> str:
    return str(client.get(citizens.public(case, "en")).content.decode())


def shown(**fields: object) -> Case:
    case = factories.report(**fields)
    show_words(case, by=officer(case))
    return case


def answered() -> Case:
    case = factories.report()
    answer_case(case, by=officer(case), outcome=Outcome.DONE, text="Mended.")
    return case


def test_an_update_with_photos_shows_once_an_officer_has_seen_it(client: Client, berkane: None) -> None:
    case = shown()
    said = {"do": "update", "text": "Still dark, call 0612345678", "photos": [citizens.photo()]}
    assert client.post(citizens.public(case), said).status_code == 303
    assert "Still dark" not in page(client, case)
    assert client.get(f"/en/pictures/{case.reference}/1/picture.jpg").status_code == 404
    show_update(case.messages.get(kind=MessageKind.UPDATE), by=officer(case))
    seen = page(client, case)
    assert "Still dark, call ● ● ●" in seen
    assert f"/en/pictures/{case.reference}/1/thumbnail.jpg" in seen
    assert client.get(f"/en/pictures/{case.reference}/1/picture.jpg").status_code == 200


@pytest.mark.parametrize(
    "said", [{"text": ""}, {"text": "a" * 1001}, {"text": "x", "photos": [citizens.photo() for _ in range(3)]}]
)
def test_a_wrong_update_is_told_and_nothing_is_kept(client: Client, berkane: None, said: dict[str, object]) -> None:
    case = shown()
    assert client.post(citizens.public(case), {"do": "update", **said}).status_code == 422
    assert not case.messages.exists()


def test_what_is_no_photo_is_told_with_the_update(client: Client, berkane: None) -> None:
    case = shown()
    said = {"do": "update", "text": "x", "photos": [citizens.not_a_photo()]}
    assert client.post(citizens.public(case), said).status_code == 422


@pytest.mark.parametrize("service", ["smoke", "noise"])
def test_a_case_without_public_words_takes_no_updates(client: Client, berkane: None, service: str) -> None:
    case = factories.report(service)
    assert client.post(citizens.public(case), {"do": "update", "text": "x"}).status_code in (404, 409)
    assert not case.messages.exists()


def test_what_nobody_could_have_wanted_is_told(client: Client, berkane: None) -> None:
    case = factories.report()
    assert client.post(citizens.public(case), {"do": "nonsense"}).status_code == 400
    assert client.post(citizens.public(case), {"do": ["support", "follow"]}).status_code == 400
    assert client.get(citizens.public(case), {"done": "nonsense"}).status_code == 400


def test_a_hidden_case_says_that_and_why_and_counts_on_the_page_of_its_body(client: Client, berkane: None) -> None:
    case = shown(description="Secret words", place="Secret place", pictures=[keep_picture(citizens.photo().read())])
    hide_words(case, by=officer(case), reason=HideReason.PERSON)
    seen = page(client, case)
    assert "Secret" not in seen
    assert "<img" not in seen
    assert "Names or shows a person" in seen
    figures = client.get(f"/en/bodies/{case.body.code}/").content.decode()
    assert '<td class="number"><bdi>1</bdi></td>' in figures.partition("hidden by an officer")[2][:80]


def test_the_short_address_leads_to_the_page_in_the_language_of_its_reader(client: Client, berkane: None) -> None:
    case = factories.report()
    for language in ("ar", "fr", "en"):
        answer = client.get(f"/c/{case.reference}", HTTP_ACCEPT_LANGUAGE=language)
        assert (answer.status_code, answer["Location"]) == (302, citizens.public(case, language))
    assert f"/c/{case.reference}" in page(client, case)
    spaced = " ".join((case.reference[:3], case.reference[3:6], case.reference[6:]))
    assert client.get(f"/c/{spaced}").status_code == 302
    for wrong in (factories.report("noise").reference, "123456789", "x", "%00"):
        assert client.get(f"/c/{wrong}").status_code == 404


def test_solved_says_the_reporter_and_rates_it(client: Client, berkane: None) -> None:
    case = answered()
    assert 'value="rate"' not in client.get(citizens.mine(case)).content.decode()
    assert client.post(citizens.mine(case), {"do": "fixed"}).status_code == 303
    assert 'value="rate"' in client.get(citizens.mine(case)).content.decode()
    assert client.post(citizens.mine(case), {"do": "fixed"}).status_code == 409
    assert client.post(citizens.mine(case), {"do": "rate", "stars": "6"}).status_code == 422
    assert client.post(citizens.mine(case), {"do": "rate", "stars": "4", "text": "Quick"}).status_code == 303
    assert "Quick" in client.get(citizens.mine(case)).content.decode()
    assert "Quick" not in page(client, case)
    assert "it is solved" in page(client, case)


def test_above_the_limit_reports_wait_and_are_not_refused(client: Client, berkane: None, settings: Settings) -> None:
    settings.HOLD_ABOVE_NETWORK = 2
    cases = [citizens.case_of(citizens.report(client)) for _ in range(3)]
    assert [case.held_at is None for case in cases] == [True, True, False]
    assert [client.get(citizens.public(case)).status_code for case in cases] == [200, 200, 404]
    assert client.get(citizens.mine(cases[2])).status_code == 200
    assert cases[2].reference not in client.get("/en/cases/").content.decode()
    show_words(cases[2], by=officer(cases[2]))
    assert client.get(citizens.public(cases[2])).status_code == 200


def test_above_the_limit_me_too_waits_and_is_not_refused(client: Client, berkane: None, settings: Settings) -> None:
    settings.HOLD_ABOVE_DEVICE = 1
    case = factories.report()
    for agent in ("a", "a", "b"):
        assert Client(HTTP_USER_AGENT=agent).post(citizens.public(case), {"do": "support"}).status_code == 303
    assert "2 people say" in page(client, case)


@pytest.mark.parametrize("words", ["06 12 34 56 78", "٠٦١٢٣٤٥٦٧٨", "a.b@example.org", "AB123456", "www.example.org"])
def test_words_shown_are_masked_and_the_reporters_own_page_is_not(client: Client, berkane: None, words: str) -> None:
    case = shown(description=f"Le voisin {words} le sait", place=f"Chez {words}")
    assert words not in page(client, case)
    assert words not in client.get("/en/cases/").content.decode()
    assert words not in client.get("/en/cases/feed/").content.decode()
    assert words in client.get(citizens.mine(case)).content.decode()
