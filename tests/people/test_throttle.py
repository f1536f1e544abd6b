"""Where a request comes from, as limits count it."""

import pytest
from django.test import RequestFactory

from nafida.people.throttle import network_of, take_turn


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_network_is_what_one_household_holds(address: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_turns_are_counted_for_each_who_and_purpose(db: None) -> None:
    assert [take_turn("a", "x", limit=2, seconds=3600) for _ in range(3)] == [True, True, False]
    assert take_turn("a", "y", limit=2, seconds=3600)
    assert take_turn("b", "x", limit=2, seconds=3600)
