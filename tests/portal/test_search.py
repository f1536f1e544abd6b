"""One page for whatever somebody looks for."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nafida.cases import actions
from nafida.territory.actions import add_landmark
from tests.factories import AKLIM, inside, officer, on_desk, report

pytestmark = pytest.mark.usefixtures("berkane")


def search(client, language="ar", **query):
    with override(language):
        return client.get(reverse("portal:search"), query)


def test_the_number_of_a_report_goes_to_it_with_spaces_and_arabic_digits_too(client):
    case = report()
    arabic = case.reference.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for typed in (case.reference, case.shown_reference, arabic):
        answer = search(client, q=typed)
        assert (answer.status_code, answer["Location"]) == (302, reverse("portal:case", args=[case.reference]))


def test_the_number_of_a_private_report_is_as_unknown_as_one_that_is_not_there(client):
    private = report("noise")
    answer = search(client, "fr", q=private.reference)
    assert "Aucun signalement public ne porte cette référence" in answer.text
    assert private.area.name_fr not in answer.text.split("<main")[1]


def test_services_places_administrations_and_reports_stand_on_one_page(client, work):
    lon, lat = inside(AKLIM)
    add_landmark(by=None, kind="souk", name_ar="سوق أكليم", name_fr="Souk d’Aklim", lon=lon, lat=lat, source="csv")
    case = report()
    work()
    answer = search(client, "fr", q="aklim")
    for words in ("Souk d’Aklim", f"/communes/{AKLIM}/", "/bodies/commune-aklim/", case.reference):
        assert words in answer.text
    assert "/report/light-out/" in search(client, "fr", q="lampadère").text


def test_words_are_found_once_an_officer_shows_them_and_contacts_never(client, work):
    case = report(place="حمام السعادة", name="فاطمة", email="fatima@example.org")
    work()
    assert case.reference not in search(client, q="السعادة").text
    actions.show_words(case, by=on_desk(officer(), case))
    work()
    assert case.reference in search(client, q="السعادة").text
    for secret in ("فاطمة", "fatima@example.org"):
        assert case.reference not in search(client, q=secret).text


def test_pages_follow_each_other_by_key(client, work, monkeypatch):
    monkeypatch.setattr("nafida.portal.views.searching.PAGE", 2)
    cases = [report() for _turn in range(3)]
    work()
    first = search(client, q="aklim")
    assert [case.pk for case in first.context["cases"]] == [cases[2].pk, cases[1].pk]
    second = search(client, q="aklim", before=first.context["next"])
    assert [case.pk for case in second.context["cases"]] == [cases[0].pk]
    assert second.context["next"] is None


@pytest.mark.parametrize(
    "query", [{"q": "x" * 101}, {"q": ["a", "b"]}, {"q": "a", "before": "x"}, {"q": "a", "before": "9" * 30}]
)
def test_a_wrong_question_gets_400_and_a_sentence(client, query):
    answer = search(client, **query)
    assert answer.status_code == 400
    assert "<p>" in answer.text


def test_without_a_word_the_page_asks_for_one(client):
    for text in ("", "   "):
        answer = search(client, q=text)
        assert answer.status_code == 200
        assert "cases" not in answer.context


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=100))
def test_anything_may_be_looked_for(client, text):
    assert search(client, q=text).status_code in (200, 302)
