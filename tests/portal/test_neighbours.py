"""“Me too”, and following a case by letter."""

import re
from urllib.parse import urlsplit

from django.core.signing import dumps
from django.test import Client

from nafida.cases.letters.citizens import FOLLOW_SALT
from nafida.cases.models import Case, Follower, Support
from nafida.mail.models import Letter
from tests import citizens, factories
from tests.conftest import Queue


def support(client: Client, case: Case) -> None:
    sent = client.post(citizens.public(case), {"do": "support"})
    assert sent.status_code == 303


def follow(client: Client, case: Case, email: str = "who@example.org") -> int:
    return client.post(citizens.public(case), {"do": "follow", "email": email}).status_code


def test_one_device_says_me_too_once(client: Client, berkane: None) -> None:
    case = factories.report()
    support(client, case)
    support(client, case)
    support(Client(), case)
    assert Support.objects.filter(case=case).count() == 2
    assert "2 people say" in client.get(citizens.public(case, "en")).content.decode()


def test_the_device_is_known_by_nothing_that_two_cases_share(client: Client, berkane: None) -> None:
    for _ in range(2):
        support(client, factories.report())
    devices = set(Support.objects.values_list("device", flat=True))
    assert len(devices) == 2
    assert client.cookies["device"].value not in devices
    assert client.cookies["device"]["httponly"]
    assert client.cookies["device"]["samesite"] == "Lax"


def test_following_needs_a_click_in_the_letter_and_on_the_page(client: Client, berkane: None) -> None:
    case = factories.report()
    assert follow(client, case) == 303
    Queue().drain()
    letter = Letter.objects.get(purpose="follow")
    found = re.search(r"\S+/follow/\S+", letter.text)
    assert found is not None
    link = urlsplit(found[0]).path
    assert "<form" in client.get(link).content.decode()
    assert Follower.objects.get().confirmed_at is None
    assert client.post(link).status_code == 200
    assert Follower.objects.get().confirmed_at is not None


def test_asking_twice_writes_one_letter_and_tells_nothing(client: Client, berkane: None) -> None:
    case = factories.report()
    assert [follow(client, case), follow(client, case)] == [303, 303]
    Queue().drain()
    assert Letter.objects.filter(purpose="follow").count() == 1


def test_an_address_is_not_flooded_with_letters(client: Client, berkane: None) -> None:
    statuses = [follow(client, factories.report()) for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert Follower.objects.count() == 5


def test_a_wrong_address_is_told(client: Client, berkane: None) -> None:
    case = factories.report()
    assert follow(client, case, "nonsense") == 422
    assert follow(client, case, "a\x00@example.org") == 422
    assert not Follower.objects.exists()


def test_a_link_that_we_did_not_sign_confirms_nothing(client: Client, berkane: None) -> None:
    assert client.get("/fr/follow/nonsense/").status_code == 404
    assert client.post(f"/fr/follow/{dumps(12345, salt=FOLLOW_SALT)}/").status_code == 404
    assert client.get(f"/fr/follow/{dumps(1, salt='another')}/").status_code == 404


def test_nobody_supports_or_follows_a_private_case(client: Client, berkane: None) -> None:
    case = factories.report("noise")
    assert follow(client, case) == 404
    assert client.post(citizens.public(case), {"do": "support"}).status_code == 404
