"""The public cases as a list and as a feed."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nafida.cases.actions import take_in_hand, withdraw_case
from nafida.cases.models import Case
from nafida.portal import listing
from tests import factories

NOW = datetime.now(UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ["service", "group", "commune", "state", "late", "from", "to", "after"]
odd = st.sampled_from(["\x00", " ", "٣", "1", "-1", "2026-13-01", "2026-1-1", "2026-11-22~1", "9999-12-31~0", "1e9"])
texts = st.one_of(odd, st.text(max_size=30).filter(lambda text: text.isprintable()))


def page(client: Client, language: str = "en", **asked: str) -> str:
    answer = client.get(f"/{language}/cases/?{urlencode(asked)}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def entries(client: Client, **asked: str) -> list[ElementTree.Element]:
    answer = client.get(f"/fr/cases/feed/?{urlencode(asked)}")
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def shown(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(shown_at=case.received_at)
    return case


def test_the_list_shows_what_is_public_newest_first(client: Client, berkane: None) -> None:
    first, private, second = (factories.report(service) for service in ("light-out", "noise", "smoke"))
    withdraw_case(gone := factories.report())
    text = page(client)
    assert text.index(second.reference) < text.index(first.reference)
    assert private.reference not in text
    assert gone.reference not in text


def test_words_stand_in_list_and_feed_once_an_officer_has_shown_them(client: Client, berkane: None) -> None:
    case = factories.report(place="near the red wall")
    coarse = shown(factories.report("vehicle-left", place="behind the green gate"))
    feed = "/fr/cases/feed/"
    assert "red wall" not in page(client) + client.get(feed).content.decode()
    shown(case)
    text = page(client), client.get(feed).content.decode()
    assert all("red wall" in words and coarse.reference in words for words in text)
    assert not any("green gate" in words for words in text)


@pytest.mark.parametrize(
    "asked",
    [
        {"service": "light-out"},
        {"group": "lighting"},
        {"commune": factories.AKLIM},
        {"state": "in_hand"},
        {"late": "1"},
        {"to": "2020-12-31"},
    ],
)
def test_each_filter_keeps_what_it_names(client: Client, berkane: None, asked: dict[str, str]) -> None:
    old = factories.utc(2020, 3, 2)
    wanted = factories.report(at=old)
    other = factories.report("smoke", "02.113.01.01")
    take_in_hand(wanted, by=factories.on_desk(factories.officer(wanted.body.code), wanted))
    text = page(client, **asked)
    assert wanted.reference in text
    assert other.reference not in text
    assert len(entries(client, **asked)) == 1


def test_the_state_and_the_time_limit_are_told(client: Client, berkane: None) -> None:
    factories.report(at=factories.days_ago(100))
    text = page(client)
    assert "Time limit exceeded" in text
    assert "was due by" in text
    factories.report()
    assert "answer due by" in page(client)


def test_pages_follow_each_other_without_gap(client: Client, berkane: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    cases = [factories.report(at=factories.days_ago(day)) for day in (0, 3, 1, 1, 2)]
    found, key = [], ""
    for size in (2, 2, 1):
        text = page(client, commune=factories.AKLIM, **({"after": key} if key else {}))
        found += (some := [case.pk for case in cases if case.reference in text])
        assert len(some) == size
        key = text.partition('rel="next"')[2].partition("after=")[2].partition('"')[0]
    assert not key
    assert sorted(found) == sorted(case.pk for case in cases)


def test_an_empty_list_says_so(client: Client, berkane: None) -> None:
    assert "yours may be the first" in page(client)
    assert "No report is as you have chosen" in page(client, state="closed")


def test_filters_stay_in_the_form_and_in_the_feed(client: Client, berkane: None) -> None:
    text = page(client, commune=factories.AKLIM, service="light-out", **{"from": "2026-01-02"})
    assert f'<option value="{factories.AKLIM}" selected>' in text
    assert '<option value="light-out" selected>' in text
    assert 'value="2026-01-02"' in text
    assert f"/en/cases/feed/?service=light-out&amp;commune={factories.AKLIM}&amp;from=2026-01-02" in text


@pytest.mark.parametrize(
    "wrong",
    [
        "service=nothing",
        "service=noise",
        "group=nothing",
        "commune=02.113",
        "commune=%00",
        "state=lost",
        "late=yes",
        "from=yesterday",
        "from=2026-02-30",
        "from=2026-02-02&to=2026-02-01",
        "after=1",
        "after=2026-99-99~1",
        "state=closed&state=received",
    ],
)
@pytest.mark.parametrize("path", ["cases/", "cases/feed/"])
def test_a_wrong_filter_is_told_in_a_sentence(client: Client, berkane: None, path: str, wrong: str) -> None:
    answer = client.get(f"/en/{path}?{wrong}")
    assert answer.status_code == 400
    assert ".</p>" in answer.content.decode()


def test_what_other_sites_hang_on_an_address_is_let_pass(client: Client, berkane: None) -> None:
    assert 'href="/en/cases/feed/"' in page(client, fbclid="abc")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(st.sampled_from(NAMES), texts, max_size=4))
@example(asked={"from": "0001-01-01", "to": "9999-12-31", "after": "9999-12-31~" + "9" * 18})
def test_no_filter_breaks_list_or_feed(client: Client, berkane: None, asked: dict[str, str]) -> None:
    for path in ("cases/", "cases/feed/"):
        assert client.get(f"/fr/{path}", asked).status_code in (200, 400)


def test_a_page_costs_the_same_however_long(client: Client, berkane: None, django_assert_num_queries: Any) -> None:
    for count in (1, 8):
        for _ in range(count):
            factories.report()
        client.get("/fr/cases/")
        with django_assert_num_queries(3):
            client.get("/fr/cases/")


def test_a_feed_is_not_sent_twice(client: Client, berkane: None) -> None:
    case = factories.report()
    answer = client.get("/fr/cases/feed/")
    assert answer["Cache-Control"].startswith("public")
    assert "Cookie" not in answer.get("Vary", "")
    assert f"/fr/cases/{case.reference}/" in answer.content.decode()
    again = client.get("/fr/cases/feed/", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_the_list_of_one_body_shows_what_is_with_it(client: Client, berkane: None) -> None:
    mine = factories.report()
    other = factories.report(commune="02.113.01.09")
    assert mine.body != other.body
    text = page(client, body=mine.body.code)
    assert mine.reference in text
    assert other.reference not in text
    assert mine.body.name in text
    (entry,) = entries(client, body=mine.body.code)
    assert mine.reference in (entry.findtext(f"{ATOM}id") or "")


def test_a_body_that_does_not_exist_has_no_list(client: Client, berkane: None) -> None:
    assert client.get("/fr/cases/?body=nobody").status_code == 400


def test_no_sign_that_xml_may_not_hold_ends_the_feed(client: Client, berkane: None) -> None:
    case = factories.report(place="rue \x0bdes fleurs \x1b\ufffe")
    Case.objects.filter(pk=case.pk).update(shown_at=case.received_at)
    fed = client.get("/fr/cases/feed/")
    assert fed.status_code == 200
    assert "rue des fleurs" in fed.content.decode()
