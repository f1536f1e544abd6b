"""A case found by its reference, and the rights of the PIN."""

import pytest
from django.test import Client

from nafida.cases.models import Case
from nafida.people.models import Trace
from nafida.people.trail import Traced
from tests import citizens, factories


def find(client: Client, reference: str, pin: str = "", **sent: str) -> tuple[int, str]:
    """Status, and where it leads or what the page says is wrong."""
    response = client.post("/en/find/", {"reference": reference, "pin": pin}, **sent)  # type: ignore[arg-type]
    said = response.content.decode().partition('class="errors"')[2].partition("</div>")[0]
    return response.status_code, response.get("Location", said)


def wrong_pin(case: Case) -> str:
    return f"{(int(case.pin) + 1) % 10_000:04d}"


def unknown_reference() -> str:
    drawn = factories.report().reference
    Case.objects.filter(reference=drawn).update(reference="000000000")
    return drawn


def test_a_reference_alone_opens_what_is_public(client: Client, berkane: None) -> None:
    case = factories.report()
    assert find(client, case.shown_reference) == (303, citizens.public(case, "en"))


def test_arabic_digits_are_digits(client: Client, berkane: None) -> None:
    case = factories.report()
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    typed, pin = case.reference.translate(arabic), case.pin.translate(arabic)
    assert find(client, typed, pin) == (303, citizens.mine(case, "en"))


def test_a_private_case_and_no_case_get_the_same_answer(client: Client, berkane: None) -> None:
    private, unknown = factories.report("noise").reference, unknown_reference()
    assert find(client, private) == find(client, unknown)
    assert find(client, private)[0] == 404


def test_the_pin_opens_the_reporters_page_of_a_private_case_too(client: Client, berkane: None) -> None:
    case = factories.report("noise")
    assert find(client, case.reference, case.pin) == (303, citizens.mine(case, "en"))


def test_a_wrong_pin_gets_the_same_answer_as_no_case_and_is_traced(client: Client, berkane: None) -> None:
    case = factories.report("noise")
    assert find(client, case.reference, wrong_pin(case)) == find(client, unknown_reference(), "1234")
    assert Trace.objects.filter(what=Traced.PIN_REFUSED).count() == 2


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_tries_from_a_network_then_not_the_right_pin(client: Client, berkane: None, known: bool) -> None:
    case = factories.report()
    reference = case.reference if known else unknown_reference()
    statuses = [find(client, reference, wrong_pin(case))[0] for _ in range(6)]
    assert statuses == [404] * 5 + [429]
    assert find(client, reference, case.pin)[0] == 429
    assert client.get(citizens.mine(case)).status_code == 200


def test_a_stranger_who_guesses_does_not_shut_the_owner_out(client: Client, berkane: None) -> None:
    case = factories.report()
    assert [find(client, case.reference, wrong_pin(case))[0] for _ in range(6)][-1] == 429
    assert find(Client(), case.reference, case.pin, REMOTE_ADDR="192.0.2.7")[0] == 303


def guess(case: Case, *addresses: str) -> list[int]:
    return [find(Client(), case.reference, wrong_pin(case), REMOTE_ADDR=address)[0] for address in addresses]


def test_many_networks_together_get_few_guesses_and_the_owner_still_gets_in(berkane: None) -> None:
    case = factories.report()
    assert set(guess(case, *(f"198.51.{number}.1" for number in range(30)))) == {404}
    # From now on one a day from all that one subscriber may have.
    assert guess(case, *[f"198.51.100.{number}" for number in range(1, 4)]) == [404, 429, 429]
    assert guess(case, *[f"2001:db8:0:{number:x}::1" for number in range(3)]) == [404, 429, 429]
    assert find(Client(), case.reference, case.pin, REMOTE_ADDR="192.0.2.7")[0] == 303


def test_a_browser_that_has_opened_the_case_is_not_counted(client: Client, berkane: None) -> None:
    case = factories.report()
    assert find(client, case.reference, case.pin)[0] == 303
    assert guess(case, *["127.0.0.1"] * 6)[-1] == 429
    assert find(Client(), case.reference, case.pin)[0] == 429
    assert find(client, case.reference, case.pin)[0] == 303


def test_the_right_pin_takes_no_turn(client: Client, berkane: None) -> None:
    case = factories.report()
    assert {find(Client(), case.reference, case.pin)[0] for _ in range(7)} == {303}
    assert [find(client, case.reference, wrong_pin(case))[0] for _ in range(6)] == [404] * 5 + [429]


def test_thirty_wrong_tries_a_network_and_hour(client: Client, berkane: None) -> None:
    cases = [factories.report() for _ in range(7)]
    tries = [find(client, case.reference, wrong_pin(case))[0] for case in cases for _ in range(5)]
    assert tries == [404] * 30 + [429] * 5
    assert find(client, cases[6].reference, cases[6].pin, REMOTE_ADDR="192.0.2.7")[0] == 303


@pytest.mark.parametrize("typed", ["", "12", "471930624", "\x00", "a" * 100, "١٢"])
def test_what_is_no_reference_is_told(client: Client, berkane: None, typed: str) -> None:
    status, said = find(client, typed, "1234")
    assert status == 422
    assert said


@pytest.mark.parametrize("pin", ["abcd", "\x00", "12345678901234567890123", "²³"])
def test_what_is_no_pin_opens_nothing(client: Client, berkane: None, pin: str) -> None:
    assert find(client, factories.report("noise").reference, pin)[0] in (404, 422)
