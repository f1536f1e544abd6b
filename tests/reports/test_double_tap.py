"""A form sent twice is one case, and whoever comes second is shown the first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from nafida.cases.models import Case
from tests import citizens


def test_a_form_sent_twice_is_one_case(client: Client, berkane: None) -> None:
    form = citizens.filled(citizens.opened(client))
    first, second = (client.post(citizens.address(), form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_case(berkane: None) -> None:
    form = citizens.filled(citizens.opened(Client()))
    together = Barrier(4)

    def tap(_number: int) -> str:
        together.wait()
        try:
            response = Client().post(citizens.address(), form)
            assert response.status_code == 303
            return str(response["Location"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as taps:
        shown = set(taps.map(tap, range(4)))
    assert len(shown) == 1
    assert Case.objects.count() == 1
