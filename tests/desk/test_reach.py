"""What the desk is told of addresses: unconfirmed, unreachable, stopped; and who is written to again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from nafida.cases.letters.unread import bodies_nobody_reads, notice_silences
from nafida.cases.models import Case
from nafida.desk.settings_changes import change_body
from nafida.mail.actions import open_letter
from nafida.mail.models import Letter
from nafida.mail.standing import is_unreachable, note_failure, stop_letters
from nafida.people.models import Role, Trace, User
from tests import factories
from tests.desk.conftest import address, browser

AKLIM = "aklim@example.org"


def shown(user: User, case: Case) -> str:
    return browser(user).get(address(case)).content.decode()


def test_an_officer_sees_that_the_citizens_address_is_unconfirmed_and_not_the_address(
    agent: User, case: Case, work: Callable[..., Any]
) -> None:
    work()
    assert "The address is not confirmed" in shown(agent, case)
    assert "citizen@example.org" not in shown(agent, case)
    open_letter(Letter.objects.get(purpose="acknowledgement").pk, timezone.now())
    assert "The address is not confirmed" not in shown(agent, case)


def test_an_officer_sees_that_letters_come_back_or_are_not_wanted(
    agent: User, case: Case, work: Callable[..., Any]
) -> None:
    work()
    note_failure("citizen@example.org", permanent=True, at=timezone.now())
    assert "address come back" in shown(agent, case)
    stop_letters(Letter.objects.get(purpose="acknowledgement"), timezone.now())
    assert "wants no letters from us" in shown(agent, case)


@pytest.fixture
def silent(berkane: None, work: Callable[..., Any]) -> None:
    """A body whose letters come back."""
    factories.body("commune-aklim", email=AKLIM)
    factories.report()
    work()
    note_failure(AKLIM, permanent=True, at=timezone.now())
    notice_silences(timezone.now())


@pytest.mark.parametrize("page", ["bodies/", "bodies/commune-aklim/", "post/"])
def test_a_body_that_nobody_reads_is_seen_on_each_list(silent: None, page: str) -> None:
    admin = browser(factories.officer("governorate", Role.ADMINISTRATOR))
    assert "Nobody reads this mail" in admin.get(f"/en/desk/{page}").content.decode()


def test_whoever_has_called_it_lets_it_be_written_to_again(silent: None) -> None:
    coordinator = factories.coordinator()
    again = "/en/desk/post/bodies/commune-aklim/again/"
    assert browser(factories.officer("triffa")).post(again).status_code == 403
    assert browser(coordinator).post(again).status_code == 302
    assert not bodies_nobody_reads().exists()
    assert not is_unreachable(AKLIM)
    assert Trace.objects.filter(what="address_tried", by=coordinator).count() == 1


def test_a_new_address_is_written_what_the_body_has_open(silent: None, work: Callable[..., Any]) -> None:
    body = factories.body("commune-aklim")
    change_body(body, by=factories.coordinator(), facts={"email": "new@example.org"})
    work()
    assert Letter.objects.filter(to="new@example.org", purpose="open", state="sent").count() == 1


def test_the_rhythm_of_letters_is_set_on_the_bodys_page(berkane: None) -> None:
    admin = browser(factories.officer("governorate", Role.ADMINISTRATOR))
    said = {"email": AKLIM, "language": "fr", "takes_part": "on", "letter_rhythm": "daily"}
    assert admin.post("/en/desk/bodies/commune-aklim/", said).status_code == 302
    assert factories.body("commune-aklim").letter_rhythm == "daily"
