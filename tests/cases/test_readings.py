"""Rows read by a statement that is kept are the rows that Django reads."""

import pytest
from django.db.models import F

from nafida.cases.models import Case, Deadline, Event
from nafida.cases.readings import Reading
from tests.factories import report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]

EVENTS = Reading(Event, lambda case: Event.objects.filter(case=case))
CASES = Reading(
    Case,
    lambda reference: Case.objects.annotate(code=F("service__code")).filter(reference=reference),
    joined=("contact",),
    more=("code", "area__code"),
)


def columns(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_rows_hold_what_django_reads():
    first, second = report(), report()
    for case in (first, second, first):
        read = EVENTS.of(case.pk)
        assert [columns(event) for event in read] == [columns(event) for event in case.events.all()]
        assert read == list(case.events.all())


def test_a_joined_row_and_values_beside_come_in_the_same_statement(django_assert_num_queries):
    case = report(name="Somebody", email="somebody@example.org")
    with django_assert_num_queries(1):
        read = CASES.one(case.reference)
        assert read is not None
        assert (read.contact.email, read.contact.case) == ("somebody@example.org", read)
    assert (vars(read)["code"], vars(read)["area__code"]) == (case.service.code, case.area.code)
    assert read.received_at == case.received_at


def test_there_may_be_none():
    assert CASES.one("000000000") is None


def test_columns_that_were_left_out_can_be_asked_for(django_assert_num_queries):
    case = report()
    few = Reading(Deadline, lambda key: Deadline.objects.filter(case=key), only=("due_at",))
    read = few.of(case.pk)[0]
    with django_assert_num_queries(1):
        assert read.working_days == case.service.working_days


def test_rows_laid_with_their_owner_are_not_read_again(django_assert_num_queries):
    case = Case.objects.get(pk=report().pk)
    EVENTS.lay(case, "events")
    with django_assert_num_queries(0):
        assert [event.seq for event in case.events.all()] == [1]
