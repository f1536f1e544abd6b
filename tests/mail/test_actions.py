"""The outbox: what is queued once is one letter, and leaves if and only if the transaction commits."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from nafida.mail.actions import SIGN_IN_CODE, erase_letter, requeue_due_letters, retry_letter
from nafida.mail.models import Letter, LetterState
from tests.mail.conftest import deliveries, hours

Queue = Callable[..., Letter]


class Regret(Exception):
    """Rolls a transaction back."""


@pytest.mark.django_db(transaction=True)
def test_the_same_key_twice_is_the_first_letter(queue: Queue) -> None:
    first = queue(subject="First")
    second = queue(subject="Second", to="other@example.org")
    assert (second.pk, second.subject, second.to) == (first.pk, "First", "citizen@example.org")
    assert (Letter.objects.count(), deliveries()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_known_key_leaves_the_callers_transaction_whole(queue: Queue) -> None:
    queue()
    with transaction.atomic():
        queue(key="before")
        queue()
        queue(key="after")
    assert set(Letter.objects.values_list("key", flat=True)) == {"before", "receipt-1", "after"}
    assert deliveries() == 3


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_neither_letter_nor_task(queue: Queue) -> None:
    def regretted() -> None:
        with transaction.atomic():
            queue()
            assert deliveries() == 1
            raise Regret

    with pytest.raises(Regret):
        regretted()
    assert (Letter.objects.count(), deliveries()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_many_sides_at_once_is_one_letter(queue: Queue) -> None:
    start, keys = threading.Barrier(4), []

    def ask() -> None:
        start.wait()
        keys.append(queue().pk)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(keys), len(set(keys)), deliveries()) == (4, 1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wrong", [{"to": "nobody"}, {"priority": 101}, {"key": "k" * 201}])
def test_a_refused_letter_leaves_the_callers_transaction_whole(queue: Queue, wrong: dict[str, object]) -> None:
    with transaction.atomic():
        with pytest.raises(ValueError, match="must"):
            queue(**wrong)
        queue()
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_queueing_is_four_statements(queue: Queue, django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        queue()


@pytest.mark.django_db
def test_a_sign_in_code_overtakes_the_letters(queue: Queue, work: Callable[[], list[str]]) -> None:
    for number in range(3):
        queue(key=f"letter-{number}")
    queue(key="code", priority=SIGN_IN_CODE)
    work()
    assert Letter.objects.order_by("sent_at").first() == Letter.objects.get(key="code")


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["to", "subject", "reply_to", "key", "purpose", "language"])
@pytest.mark.parametrize("break_", ["\n", "\r", "\r\nBcc: all@example.org", "\u2028", "\x0b", "\x00"])
def test_a_line_break_in_the_head_is_refused(queue: Queue, field: str, break_: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        queue(**{field: f"a@example.org{break_}"})
    assert not Letter.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"X-A": "1\nBcc: b@c.org"}, {"X-A\n": "1"}, {"Bcc": "b@c.org"}, {"to": "b@c.org"}])
def test_an_extra_header_cannot_add_or_replace_others(queue: Queue, headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="header"):
        queue(headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["", "a", "a@", "a@b.org, c@d.org", "a@b.org c@d.org", "<a@b.org>, <c@d.org>"])
def test_a_letter_goes_to_exactly_one_address(queue: Queue, to: str) -> None:
    with pytest.raises(ValueError, match="address"):
        queue(to=to)


@pytest.mark.django_db
def test_erasing_blanks_the_words_and_keeps_the_row(queue: Queue, work: Callable[[], list[str]], files: Queue) -> None:
    letter = queue(html="<p>x</p>", reply_to="clerk@example.org", headers={"X-Case": "1"})
    work()
    assert files()
    erase_letter(letter)
    work()
    letter.refresh_from_db()
    words = (letter.to, letter.subject, letter.text, letter.html, letter.reply_to, letter.headers)
    assert words == ("", "", "", "", "", {})
    assert (letter.state, letter.purpose, files()) == (LetterState.SENT, "acknowledgement", [])


@pytest.mark.django_db
def test_an_erased_letter_never_leaves(queue: Queue, work: Callable[[], list[str]], files: Queue) -> None:
    letter = queue()
    erase_letter(letter)
    assert not retry_letter(letter)
    work()
    letter.refresh_from_db()
    assert (letter.state, files()) == (LetterState.FAILED, [])


@pytest.mark.django_db
def test_the_clock_does_not_queue_again_what_is_in_the_queue(queue: Queue) -> None:
    queue()
    assert requeue_due_letters(timezone.now()) == 0
    assert deliveries() == 1


@pytest.mark.django_db
def test_a_letter_whose_task_was_set_aside_is_asked_for_again_once(queue: Queue) -> None:
    queue()
    later = timezone.now() + hours(2)
    assert [requeue_due_letters(later), requeue_due_letters(later)] == [1, 0]


@pytest.mark.django_db
def test_only_a_failed_letter_is_tried_again(queue: Queue, work: Callable[[], list[str]]) -> None:
    letter = queue()
    assert not retry_letter(letter)
    work()
    assert not retry_letter(letter)
    assert deliveries() == 1
