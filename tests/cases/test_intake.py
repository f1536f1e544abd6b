from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from nafida.cases.models import Case, Event
from nafida.cases.reference import draw_reference
from tests.factories import inside, report

pytestmark = [pytest.mark.usefixtures("berkane")]


@pytest.mark.django_db
def test_a_report_is_one_transaction_of_at_most_fourteen_statements(django_assert_max_num_queries):
    report()
    with django_assert_max_num_queries(14):
        report()


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_case():
    key = uuid4()
    assert report(form_key=key) == report(form_key=key)
    assert Case.objects.count() == Event.objects.count() == 1


@pytest.mark.django_db
def test_a_reference_that_is_taken_is_drawn_again(monkeypatch):
    taken = report().reference
    drawn = iter([taken, taken, draw_reference()])
    monkeypatch.setattr(Case._meta.get_field("reference"), "default", lambda: next(drawn))
    monkeypatch.setattr(Case._meta.get_field("reference"), "_get_default", lambda: next(drawn))
    assert report().reference != taken
    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_a_rolled_back_report_leaves_neither_event_nor_task():
    def file_and_fail() -> None:
        with transaction.atomic():
            report()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        file_and_fail()
    assert not Case.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_tasks_database_dbtaskresult")
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_eight_taps_at_once_are_one_case():
    inside("02.113.01.07")
    key, barrier, references = uuid4(), Barrier(8), []

    def tap() -> None:
        barrier.wait()
        references.append(report(form_key=key).reference)
        connections.close_all()

    threads = [Thread(target=tap) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(references) == 8
    assert len(set(references)) == Case.objects.count() == 1
