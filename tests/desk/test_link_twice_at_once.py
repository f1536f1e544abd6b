"""One link sent twice in the same moment acts once; two officers in the same moment act one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from nafida.cases.models import BodyLink, Case, Message
from tests import factories
from tests.desk.conftest import address, browser, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*sends: Callable[[], Any]) -> list[int]:
    """The status codes of requests that start together, each in a thread of its own."""
    ready = Barrier(len(sends))

    def run(send: Callable[[], Any]) -> int:
        ready.wait(timeout=20)
        try:
            return int(send().status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sends)) as threads:
        return sorted(threads.map(run, sends))


@pytest.fixture
def case(berkane: None) -> Case:
    factories.body("commune-aklim", email="bureau@aklim.example")
    return factories.report()


def test_one_link_sent_twice_at_once_acts_once(case: Case) -> None:
    token = BodyLink.draw(case, case.body)
    said = {"choice": "done", "outcome": "done", "text": "Réparé", "version": case.version}
    clients = [Client(headers={"Sec-Fetch-Site": "same-origin"}) for _ in range(2)]
    sends = [lambda client=client: client.post(f"/en/desk/answer/{token}/", said) for client in clients]
    assert at_once(*sends) == [302, 409]
    assert Message.objects.filter(case=case).count() == 1
    assert case.events.filter(what="answered").count() == 1


def test_two_officers_at_once_one_acts_and_the_other_is_told(case: Case) -> None:
    clients = [browser(factories.officer()) for _ in range(2)]
    said = {"outcome": "done", "text": "Réparé", "version": case.version}
    sends = [lambda client=client: client.post(address(case, "answer"), said) for client in clients]
    assert at_once(*sends) == [302, 409]
    assert Message.objects.filter(case=case).count() == 1
    assert fresh(case).state == "answered"


def test_two_merges_crosswise_do_not_lock_each_other_out(case: Case) -> None:
    other = factories.report()
    agent = factories.officer()
    pairs = [(case, other), (other, case)]
    clients = [browser(agent) for _ in pairs]
    sends = [
        lambda client=client, one=one, into=into: client.post(
            address(one, "merge"), {"reference": into.reference, "version": one.version}
        )
        for client, (one, into) in zip(clients, pairs, strict=True)
    ]
    assert at_once(*sends) in ([302, 409], [302, 422])
    assert Case.objects.exclude(merged_into=None).count() == 1
