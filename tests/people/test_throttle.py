"""Turns are exact however many ask at once, and are not forgotten when many others ask."""

import time
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import RequestFactory

from nafida.people.throttle import network_of, take_turn

pytestmark = pytest.mark.django_db(transaction=True)


def test_sixteen_at_once_get_exactly_the_turns_there_are():
    barrier, taken = Barrier(16), []

    def ask() -> None:
        barrier.wait()
        taken.extend(take_turn("pin", "471930625", limit=5, seconds=3600) for _again in range(2))
        connections.close_all()

    threads = [Thread(target=ask) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 32
    assert sum(taken) == 5


def test_turns_of_one_are_not_turns_of_another_nor_for_another_purpose():
    assert take_turn("pin", "a", limit=1, seconds=3600)
    assert not take_turn("pin", "a", limit=1, seconds=3600)
    assert take_turn("pin", "b", limit=1, seconds=3600)
    assert take_turn("code", "a", limit=1, seconds=3600)


def test_a_flood_of_others_gives_no_turn_back():
    names = [f"victim {number}" for number in range(40)]
    for name in names:
        take_turn("pin", name, limit=1, seconds=3600)
    for number in range(400):
        take_turn("pin", f"flood {number}", limit=1, seconds=3600)
    assert not [name for name in names if take_turn("pin", name, limit=1, seconds=3600)]


def test_a_new_window_brings_new_turns(monkeypatch):
    assert take_turn("pin", "a", limit=1, seconds=60)
    later = time.time() + 61
    monkeypatch.setattr("nafida.people.throttle.time.time", lambda: later)
    assert take_turn("pin", "a", limit=1, seconds=60)


def test_visitors_of_a_server_that_listens_on_both_are_not_one_network():
    seen = {network_of(RequestFactory().get("/", REMOTE_ADDR=f"::ffff:192.0.2.{number}")) for number in (1, 2)}
    assert seen == {"192.0.2.1", "192.0.2.2"}
