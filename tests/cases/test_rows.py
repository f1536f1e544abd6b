"""Rows written fast are the rows that Django writes."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.tasks import default_task_backend
from django_tasks_db.models import DBTaskResult, get_date_max

from nafida.cases.models import Case, Contact, Deadline
from nafida.cases.rows import insert
from nafida.cases.tasks import react
from nafida.territory.models import Area
from tests.factories import report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def copy_of(case: Case) -> Case:
    row = Case.objects.get(pk=case.pk)
    row.pk, row.reference, row.form_key = None, "000000000", uuid4()
    return row


def values(case: Case) -> dict[str, object]:
    found = Case.objects.filter(pk=case.pk).values().get()
    return {name: value for name, value in found.items() if name not in ("id", "reference", "form_key")}


def test_a_row_written_fast_reads_back_as_the_one_that_django_wrote():
    first = report()
    fast = copy_of(first)
    insert(fast)
    assert fast.pk != first.pk
    assert not fast._state.adding
    assert values(fast) == values(first)


def test_several_rows_get_their_keys_in_their_order():
    case = report()
    kept = Deadline.objects.filter(case=case, name="body").get()
    rows = [
        Deadline(case=case, name="body", starts_at=kept.starts_at, working_days=days, due_at=kept.due_at)
        for days in (3, 4)
    ]
    insert(*rows)
    assert [Deadline.objects.get(pk=row.pk).working_days for row in rows] == [3, 4]


def test_what_is_taken_is_refused_and_names_no_key():
    taken = copy_of(report())
    taken.form_key = Case.objects.get().form_key
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(taken)
    assert taken.pk is None


def test_a_row_whose_key_is_anothers_keeps_it():
    case = copy_of(report())
    insert(case)
    insert(Contact(case=case, email="citizen@example.org"))
    assert Contact.objects.get(case=case).email == "citizen@example.org"


def test_a_task_enqueued_fast_is_the_task_that_a_worker_finds():
    result = react.enqueue(7)
    row = DBTaskResult.objects.ready().get(pk=result.id)
    assert (row.task, row.args_kwargs, row.run_after) == (react, {"args": [7], "kwargs": {}}, get_date_max())
    assert default_task_backend.get_result(result.id).args == [7]


def test_json_of_a_boundary_is_kept_as_it_is():
    area = Area.objects.communes()[0]
    area.pk, area.code = None, "99.99"
    insert(area)
    assert Area.objects.get(code="99.99").boundary == area.boundary
