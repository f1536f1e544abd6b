"""The page of a case as everybody sees it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nafida.cases.actions import (
    answer_case,
    ask_citizen,
    attach_picture,
    merge_case,
    plan_works,
    reopen_case,
    show_words,
    transfer_case,
    withdraw_case,
)
from nafida.cases.attachments import keep_picture
from nafida.cases.life import Outcome
from nafida.cases.models import AttachmentRole, Case, Deadline
from nafida.services.models import Publicity, Service
from nafida.territory.models import Body
from tests import citizens, factories


def page(client: Client, case: Case, language: str = "en") -> str:
    response = client.get(citizens.public(case, language))
    assert response.status_code == 200
    return str(response.content.decode())


def officer(case: Case) -> factories.Actor:
    return factories.on_desk(factories.officer(case.body.code), case)


def show(case: Case) -> None:
    show_words(case, by=officer(case))


def test_before_an_officer_has_seen_it_only_service_commune_state_and_clock_show(client: Client, berkane: None) -> None:
    photo = keep_picture(citizens.photo().read())
    case = factories.report(description="Secret words", place="Secret place", pictures=[photo])
    seen = page(client, case)
    assert "Secret" not in seen
    assert "<img" not in seen
    assert "Street light out" in seen
    assert "Aklim" in seen
    assert "<meter" in seen


def test_once_shown_words_place_and_photos_are_there(client: Client, berkane: None) -> None:
    photo = keep_picture(citizens.photo().read())
    case = factories.report(description="My <b>words</b>", place="My place", pictures=[photo])
    show(case)
    seen = page(client, case)
    assert "My &lt;b&gt;words&lt;/b&gt;" in seen
    assert "My place" in seen
    assert f"/en/pictures/{case.reference}/1/thumbnail.jpg" in seen


@pytest.mark.parametrize("service", ["smoke", "noise"])
def test_a_coarse_or_private_report_never_shows_words(client: Client, berkane: None, service: str) -> None:
    case = factories.report(service, description="Secret words", place="Secret place")
    show(case)
    assert "Secret" not in client.get(citizens.public(case)).content.decode()


def test_the_words_of_the_administration_do_not_tell_a_coarse_place_either(client: Client, berkane: None) -> None:
    case = factories.report("smoke")
    answer_case(case, by=officer(case), outcome=Outcome.DONE, text="Behind house 12.")
    assert "house 12" not in page(client, case)
    assert "house 12" in client.get(citizens.mine(case)).content.decode()


def test_a_private_case_is_as_unknown_as_none(client: Client, berkane: None) -> None:
    private = client.get(citizens.public(factories.report("noise")))
    unknown = client.get("/fr/cases/123456789/")
    assert private.status_code == unknown.status_code == 404
    assert private.content.decode().partition("<main")[2] == unknown.content.decode().partition("<main")[2]


def test_contact_details_never_show(client: Client, berkane: None) -> None:
    case = factories.report(name="Name", email="who@example.org", phone="+212612345678")
    show(case)
    seen = page(client, case)
    assert not any(word in seen for word in ("Name", "who@example.org", "612345678", case.private_key))


def test_the_answer_of_the_body_shows_and_the_words_of_the_reporter_do_not(client: Client, berkane: None) -> None:
    case = factories.report()
    answer_case(case, by=officer(case), outcome=Outcome.DONE, text="The lamp is mended.")
    reopen_case(case, text="It is dark again.")
    seen = page(client, case)
    assert "The lamp is mended." in seen
    assert "Reopened" in seen
    assert "It is dark again." not in seen
    show(case)
    assert "It is dark again." in page(client, case)


def test_the_time_line_tells_each_public_step_and_what_comes(client: Client, berkane: None) -> None:
    case = factories.report()
    transfer_case(case, by=officer(case), to=Body.objects.get(code="srm"), text="It is theirs.")
    case = Case.objects.get(pk=case.pk)
    plan_works(case, by=officer(case), day=timezone.localdate() + timedelta(days=3), text="On Monday.")
    line = page(client, case).partition('<ol class="timeline">')[2].partition("</ol>")[0]
    steps = [
        "Received for Commune of Aklim",
        "Passed on to Oriental",
        "It is theirs.",
        "Works planned for",
        "On Monday.",
    ]
    assert [line.index(step) for step in steps] == sorted(line.index(step) for step in steps)
    assert line.rindex('class="coming"') > line.index("On Monday.")


def test_a_question_is_not_told_but_the_standing_clock_is_with_both_times(client: Client, berkane: None) -> None:
    case = factories.report(at=factories.days_ago(3))
    ask_citizen(case, by=officer(case), text="Which post?", at=factories.days_ago(2))
    seen = page(client, case)
    assert "Which post?" not in seen
    assert "stands still" in seen
    assert "3 days since the report was sent, 2 of them waiting for the reporter" in seen


def test_a_late_case_says_so_in_words(client: Client, berkane: None) -> None:
    case = factories.report(at=factories.days_ago(60))
    assert "Time limit exceeded" in page(client, case)
    assert Deadline.objects.filter(case=case, due_at__lt=timezone.now()).exists()


def test_a_merged_case_leads_to_the_one_that_goes_on(client: Client, berkane: None) -> None:
    case, into = factories.report(), factories.report()
    merge_case(case, by=officer(case), into=into)
    seen = page(client, case)
    assert citizens.public(into, "en") in seen
    assert "<meter" not in seen


def test_a_withdrawn_case_has_no_clock_and_takes_no_support(client: Client, berkane: None) -> None:
    case = factories.report()
    withdraw_case(case)
    seen = page(client, case)
    assert "<meter" not in seen
    assert 'value="support"' not in seen
    assert client.post(citizens.public(case), {"do": "support"}).status_code == 409


def test_a_picture_after_the_work_is_numbered_on(client: Client, berkane: None) -> None:
    case = factories.report(pictures=[keep_picture(citizens.photo().read())])
    show(case)
    kept = keep_picture(citizens.photo(colour="blue").read())
    attach_picture(case, by=officer(case), kept=kept, role=AttachmentRole.AFTER)
    assert f"/en/pictures/{case.reference}/2/thumbnail.jpg" in page(client, case)


def test_the_map_of_a_case_marks_what_the_public_may_know_of_its_place(client: Client, berkane: None) -> None:
    case = factories.report("light-out")
    assert "data-map" not in page(client, case)
    show(case)
    lon, lat = case.report.lon, case.report.lat
    assert f'data-at="[{lon:.6f},{lat:.6f}]"' in page(client, case)


def test_the_map_of_a_coarse_case_marks_its_square(client: Client, berkane: None) -> None:
    case = factories.report("vehicle-left")
    show(case)
    seen = page(client, case)
    assert 'data-coarse="true"' in seen
    assert f"{case.report.lon:.6f}" not in seen


def test_a_service_made_private_elsewhere_shows_nothing_at_once(client: Client, berkane: None) -> None:
    case = factories.report(description="My words", place="My place")
    show(case)
    assert "My words" in page(client, case)
    Service.objects.filter(pk=case.service_id).update(publicity=Publicity.COARSE)  # by another process: unmarked
    assert "My words" not in page(client, case)
    Service.objects.filter(pk=case.service_id).update(publicity=Publicity.PRIVATE)
    assert client.get(citizens.public(case)).status_code == 404


def test_a_page_is_read_in_few_statements(client: Client, berkane: None, django_assert_max_num_queries: Any) -> None:
    case = factories.report(description="My words", place="My place", pictures=[keep_picture(citizens.photo().read())])
    show(case)
    answer_case(case, by=officer(case), outcome=Outcome.DONE, text="Mended")
    page(client, case)
    with django_assert_max_num_queries(6):
        assert "Mended" in page(client, case)


def test_an_address_refused_on_one_case_stands_on_no_other(client: Client, berkane: None) -> None:
    case = factories.report()
    fine = page(client, case)
    wrong = client.post(citizens.public(case, "en"), {"do": "follow", "email": "not-an-address"})
    assert b"not-an-address" in wrong.content
    assert page(client, case) == fine
