"""The page of a commune and of an administration, with how they answer."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from nafida.cases.actions import answer_case, confirm_fixed, rate_case, reopen_case, withdraw_case
from nafida.cases.life import Outcome
from nafida.cases.models import Case
from nafida.portal.figures import figures_of_body, figures_of_commune
from nafida.territory.models import Area, Body
from tests import factories

AKLIM = f"communes/{factories.AKLIM}/"


def answered(days_ago: float, after: float, outcome: Outcome = Outcome.DONE, **fields: Any) -> Case:
    """A case received some days ago and answered some days later, both at noon: no zone begins a day there."""
    received, answered = (factories.days_ago(days).replace(hour=12) for days in (days_ago, days_ago - after))
    case = factories.report(at=received, **fields)
    by = factories.on_desk(factories.officer(case.body.code), case)
    return answer_case(case, by=by, outcome=outcome, text="Voilà.", at=answered)


def aklim() -> Area:
    return Area.objects.get(code=factories.AKLIM)


def test_figures_count_what_became_of_a_years_cases(berkane: None) -> None:
    answered(40, 1)
    answered(200, 150, Outcome.NOT_DONE)
    answered(400, 1)
    reopened = answered(30, 1)
    reopen_case(reopened, text="Encore.")
    factories.report(at=factories.days_ago(420))
    factories.report("noise")
    found = figures_of_commune(aklim(), timezone.now())
    assert (found.received, found.answered, found.on_time) == (4, 2, 1)
    assert (found.not_done, found.reopened) == (1, 1)
    assert (found.open, found.late) == (3, 2)


def test_what_was_taken_back_or_filed_by_the_body_itself_counts_nowhere(berkane: None) -> None:
    case = factories.report()
    withdraw_case(factories.report())
    factories.report(filed_by_body=case.body)
    for found in (figures_of_commune(aklim(), timezone.now()), figures_of_body(case.body, timezone.now())):
        assert (found.received, found.open) == (1, 1)


def rated(*stars: int) -> None:
    for number in stars:
        case = answered(3, 1)
        confirm_fixed(case)
        rate_case(Case.objects.get(pk=case.pk), stars=1)
        rate_case(Case.objects.get(pk=case.pk), stars=number)


@pytest.mark.parametrize(("language", "mean"), [("fr", "4,2</bdi> sur 5"), ("ar", "4,2</bdi>"), ("en", "4.2")])
def test_ratings_are_told_as_their_mean_once_there_are_five(
    client: Client, berkane: None, language: str, mean: str
) -> None:
    rated(5, 5, 4, 4)
    assert figures_of_commune(aklim(), timezone.now()).rating is None
    assert mean not in client.get(f"/{language}/{AKLIM}").content.decode()
    rated(3)
    cache.clear()
    found = figures_of_body(Case.objects.all()[0].body, timezone.now())
    assert (found.ratings, found.rating) == (5, 4.2)
    assert mean in client.get(f"/{language}/{AKLIM}").content.decode()


def test_a_rating_from_before_the_case_was_reopened_does_not_count(berkane: None) -> None:
    rated(5)
    reopen_case(Case.objects.get(), text="Encore.")
    assert figures_of_commune(aklim(), timezone.now()).ratings == 0


@pytest.mark.parametrize(
    ("waits", "open_cases", "half"),
    [([], 0, None), ([], 1, None), ([0], 0, 0), ([1, 5], 0, 1), ([1, 5, 9], 0, 5), ([2], 1, 2), ([2], 2, None)],
)
def test_half_is_half_of_all_that_came_in(berkane: None, waits: list[int], open_cases: int, half: int | None) -> None:
    for wait in waits:
        answered(20, wait)
    for _ in range(open_cases):
        factories.report()
    assert figures_of_commune(aklim(), timezone.now()).half_within == half


def test_a_year_is_counted_once_in_ten_minutes_for_each_place(berkane: None) -> None:
    answered(20, 3)
    figures_of_commune(aklim(), timezone.now())
    with CaptureQueriesContext(connection) as asked:
        assert figures_of_commune(aklim(), timezone.now()).received == 1
    assert not any("cases_case" in query["sql"] for query in asked)
    assert figures_of_body(Body.objects.get(code="commune-aklim"), timezone.now()).received == 1


def test_the_half_is_told_in_words(client: Client, berkane: None) -> None:
    assert "أجيب" not in client.get(f"/ar/{AKLIM}").content.decode().partition("<tbody>")[0]
    factories.report()
    cache.clear()
    assert "أقل من نصف التبليغات" in client.get(f"/ar/{AKLIM}").content.decode()
    answered(20, 3)
    cache.clear()
    assert "نصف التبليغات أجيب عنها في 3 أيام أو أقل" in client.get(f"/ar/{AKLIM}").content.decode()
    assert "La moitié des signalements ont reçu une réponse en 3 jours ou moins" in client.get(
        f"/fr/{AKLIM}"
    ).content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "في يوم واحد"), (2, "في يومين"), (3, "في 3 أيام"), (11, "في 11 يوما"), (100, "في 100 يوم")],
)
def test_arabic_counts_days_in_its_own_forms(client: Client, berkane: None, days: int, words: str) -> None:
    answered(days + 10, days)
    assert f"{words} أو أقل" in client.get(f"/ar/{AKLIM}").content.decode()


def test_a_commune_lists_its_public_cases_and_nobody_elses(client: Client, berkane: None) -> None:
    ours, private = factories.report(place="near the red wall"), factories.report("noise")
    other = factories.report(commune="02.113.01.01")
    text = client.get(f"/fr/{AKLIM}").content.decode()
    assert ours.reference in text
    assert private.reference not in text
    assert other.reference not in text
    assert "red wall" not in text
    assert f"cases/feed/?commune={factories.AKLIM}" in text


def test_a_body_shows_how_to_reach_it_and_its_public_cases(client: Client, berkane: None) -> None:
    ours, private = factories.report(), factories.report("noise")
    body = factories.body(ours.body.code, phone="+212536000000", email="post@example.org")
    text = client.get(f"/fr/bodies/{body.code}/").content.decode()
    assert 'href="tel:+212536000000"' in text
    assert 'href="mailto:post@example.org"' in text
    assert ours.reference in text
    assert private.reference not in text


def test_a_case_and_home_lead_to_commune_and_body(client: Client, berkane: None) -> None:
    case = factories.report()
    page = client.get(f"/fr/cases/{case.reference}/").content.decode()
    assert f"/fr/{AKLIM}" in page
    assert f"/fr/bodies/{case.body.code}/" in page
    home = client.get("/fr/").content.decode()
    assert all(f"/fr/communes/{code}/" in home for code in Area.objects.communes().values_list("code", flat=True))


@pytest.mark.parametrize("address", ["communes/x/", "communes/02.113/", "communes/%00/", "bodies/x/"])
def test_what_is_no_commune_or_body_is_not_found(client: Client, berkane: None, address: str) -> None:
    assert client.get(f"/fr/{address}").status_code == 404


def test_a_number_to_call_has_no_page(client: Client, berkane: None) -> None:
    assert client.get(f"/fr/bodies/{Body.objects.to_call()[0].code}/").status_code == 404


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_commune_and_body_has_its_page(client: Client, berkane: None, language: str) -> None:
    with override(language):
        communes = [f"communes/{area.code}/" for area in Area.objects.communes()]
        bodies = [f"bodies/{body.code}/" for body in Body.objects.competent()]
    assert {client.get(f"/{language}/{address}").status_code for address in communes + bodies} == {200}


def test_a_page_costs_the_same_however_much_there_is(client: Client, berkane: None) -> None:
    for address in (AKLIM, f"bodies/{answered(20, 2).body.code}/"):
        costs = []
        for _ in range(3):
            client.get(f"/fr/{address}")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/fr/{address}")
            costs.append(len(asked))
            answered(20, 2)
        assert len(set(costs)) == 1
        assert costs[0] <= 13
