"""The door for letters that come back is a process of the tree: it listens, and stands up again."""

import smtplib
import socket

import pytest

from .conftest import Installation, free_port, wait_for


@pytest.fixture(scope="module")
def nafida(installation: Installation) -> Installation:
    installation.environment["NAFIDA_BOUNCE_ADDRESS"] = "bounces@post.example"
    installation.environment["NAFIDA_BOUNCE_LISTEN"] = f"127.0.0.1:{free_port()}"
    installation.up()
    return installation


def port_of(nafida: Installation) -> int:
    return int(nafida.environment["NAFIDA_BOUNCE_LISTEN"].partition(":")[2])


def listens(nafida: Installation) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port_of(nafida))) == 0


def test_it_takes_nothing_but_what_comes_back(nafida: Installation) -> None:
    wait_for(lambda: listens(nafida), "listening")
    with smtplib.SMTP("127.0.0.1", port_of(nafida), timeout=10) as client:
        client.ehlo()
        client.mail("")
        assert client.rcpt("somebody@example.org")[0] == 550
        assert client.rcpt(f"bounces+1-{'0' * 20}@post.example")[0] == 550


def test_a_killed_door_is_opened_again_and_a_stop_closes_it(nafida: Installation) -> None:
    wait_for(lambda: listens(nafida), "listening")
    door = nafida.child("receive_bounces")
    assert door is not None
    door.kill()
    wait_for(lambda: not door.is_alive() and listens(nafida), "listening again")
    assert nafida.stop() == 0
    assert not listens(nafida)
