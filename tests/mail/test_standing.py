"""One letter to an address until its owner has clicked; none after they said stop, or where letters come back."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from nafida.mail import standing
from nafida.mail.actions import SIGN_IN_CODE, erase_letter, open_letter, reach_again, retry_letter
from nafida.mail.models import HeldFor, KnownAddress, Letter, LetterState

pytestmark = pytest.mark.django_db

Queue = Callable[..., Letter]


@pytest.fixture
def told(queue: Queue) -> Queue:
    """A letter that others have us send, about one matter each unless said otherwise."""

    def _told(key: str, **facts: Any) -> Letter:
        return queue(**{"key": key, "until_clicked": True, "thread": key, **facts})

    return _told


def state(key: str) -> tuple[str, str]:
    letter = Letter.objects.get(key=key)
    return letter.state, letter.held_for


def test_only_the_first_letter_to_an_unknown_address_leaves(told: Queue, work: Callable[..., Any]) -> None:
    for key in "abc":
        told(key)
    work()
    assert [state(key) for key in "abc"] == [("sent", ""), ("held", "unconfirmed"), ("held", "unconfirmed")]


def test_an_address_is_the_same_however_it_is_written(told: Queue) -> None:
    told("a", to="Citizen@Example.org")
    told("b", to="citizen@example.org")
    assert state("b") == ("held", "unconfirmed")
    assert "citizen" not in KnownAddress.objects.get().digest


def test_a_click_lets_the_newest_letter_of_each_other_matter_leave(told: Queue, work: Callable[..., Any]) -> None:
    first = told("a")
    told("a2", thread="a")
    told("b1", thread="b")
    told("b2", thread="b")
    open_letter(first.pk, timezone.now())
    work()
    # The page behind the link shows all of its own matter.
    assert [state(key)[0] for key in ("a", "a2", "b1", "b2")] == ["sent", "dropped", "dropped", "sent"]
    assert Letter.objects.get(key="a").opened_at is not None


def test_after_a_click_every_letter_leaves_and_the_first_click_counts(told: Queue) -> None:
    first, now = told("a"), timezone.now()
    open_letter(first.pk, now)
    open_letter(first.pk, now + timedelta(hours=1))
    told("b")
    assert state("b") == ("waiting", "")
    assert Letter.objects.get(key="a").opened_at == now


@pytest.mark.django_db(transaction=True)
def test_of_letters_at_once_to_a_new_address_one_leaves(told: Queue) -> None:
    start = threading.Barrier(4)

    def write(key: str) -> None:
        start.wait()
        told(key)
        connection.close()

    threads = [threading.Thread(target=write, args=(key,)) for key in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(state(key)[0] for key in "abcd") == ["held", "held", "held", "waiting"]


def test_stop_holds_for_what_waits_and_what_comes_but_not_for_letters_of_an_office(
    told: Queue, queue: Queue, work: Callable[..., Any]
) -> None:
    first = told("a")
    standing.stop_letters(first, timezone.now())
    told("b")
    queue(key="invitation")
    work()
    assert [state(key) for key in "ab"] == [("dropped", "stopped")] * 2
    assert state("invitation") == ("sent", "")


def test_whoever_takes_a_stop_back_is_written_to_again(told: Queue) -> None:
    first = told("a")
    standing.stop_letters(first, timezone.now())
    standing.allow_letters(first, timezone.now())
    told("b")
    assert state("b") == ("waiting", "")


def test_a_letter_let_go_before_a_stop_does_not_leave_after_it(told: Queue, work: Callable[..., Any]) -> None:
    first = told("a")
    open_letter(first.pk, timezone.now())
    waiting = told("b")
    KnownAddress.objects.update(stopped_at=timezone.now())
    work()
    assert state(waiting.key) == ("dropped", HeldFor.STOPPED)


def test_where_letters_come_back_nothing_leaves_but_codes_until_somebody_tries_again(
    queue: Queue, work: Callable[..., Any]
) -> None:
    standing.note_failure("citizen@example.org", permanent=True, at=timezone.now())
    queue(key="a", thread="a")
    queue(key="code", priority=SIGN_IN_CODE)
    work()
    assert (state("a"), state("code")) == (("held", "unreachable"), ("sent", ""))
    reach_again("Citizen@example.org")
    work()
    assert state("a") == ("sent", "")


def test_temporary_failures_count_until_a_letter_is_opened(told: Queue) -> None:
    letter, now = told("a"), timezone.now()
    for _ in range(standing.FAILURES_IN_A_ROW - 1):
        standing.note_failure(letter.to, permanent=False, at=now)
    assert not standing.is_unreachable(letter.to)
    open_letter(letter.pk, now)
    standing.note_failure(letter.to, permanent=False, at=now)
    assert not standing.is_unreachable(letter.to)
    for _ in range(standing.FAILURES_IN_A_ROW - 1):
        standing.note_failure(letter.to, permanent=False, at=now)
    assert standing.is_unreachable(letter.to)


def test_trying_again_does_not_stand_for_the_owners_click(told: Queue, work: Callable[..., Any]) -> None:
    first = told("a")
    standing.note_failure(first.to, permanent=True, at=timezone.now())
    told("b")
    Letter.objects.filter(pk=first.pk).update(state=LetterState.FAILED)
    assert retry_letter(first)
    work()
    assert [state(key) for key in "ab"] == [("sent", ""), ("held", "unconfirmed")]


def test_what_is_erased_never_leaves_however_often_somebody_clicks(told: Queue, work: Callable[..., Any]) -> None:
    first, second = told("a"), told("b")
    erase_letter(second)
    open_letter(first.pk, timezone.now())
    work()
    assert state("b")[0] == "dropped"


def test_addresses_are_forgotten_with_the_words_but_a_stop_is_not(told: Queue, settings: Any) -> None:
    settings.KEEP_WORDS_DAYS = 30
    later = timezone.now() + timedelta(days=31)
    told("a", to="silent@example.org")
    open_letter(told("b", to="clicked@example.org").pk, timezone.now())
    standing.stop_letters(told("c", to="stopped@example.org"), timezone.now())
    assert standing.forget_addresses(timezone.now()) == 0
    # Naming an address again and again does not keep it for ever.
    KnownAddress.objects.filter(confirmed_at=None).update(used_at=later)
    assert standing.forget_addresses(later) == 2
    assert KnownAddress.objects.get().stopped_at is not None
    told("a2", to="silent@example.org")
    assert state("a2") == ("waiting", "")
