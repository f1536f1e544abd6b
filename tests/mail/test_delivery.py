"""One letter leaves once: after a crash, beside another worker, after failures."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nafida.mail import carriers, delivery
from nafida.mail.actions import requeue_due_letters, retry_letter
from nafida.mail.delivery import BACK_OFF, try_letter, wait_again
from nafida.mail.models import Letter, LetterState
from tests.mail.conftest import deliveries, hours
from tests.mail.smtp_server import SmtpServer

Queue = Callable[..., Letter]
Work = Callable[..., list[str]]
Files = Callable[[], list[Path]]


class Killed(BaseException):
    """What kill -9 is to a worker, as far as one process can show it."""


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the worker die once at the named step of the delivery."""

    def _killed(step: str) -> None:
        def die(*_: object, **__: object) -> None:
            monkeypatch.setattr(delivery, step, real)
            raise Killed

        real = getattr(delivery, step)
        monkeypatch.setattr(delivery, step, die)

    return _killed


def hand_back() -> None:
    """What the launcher does with the task of a worker that has ended."""
    DBTaskResult.objects.filter(status="FAILED").update(status="READY")


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["compose", "chosen_carrier", "_settle"])
def test_a_crash_while_sending_gives_one_letter_by_message_id(
    queue: Queue, work: Work, files: Files, killed: Callable[[str], None], step: str
) -> None:
    letter = queue()
    killed(step)
    work(allow_failures=True)
    letter.refresh_from_db()
    assert letter.state == LetterState.SENDING
    hand_back()
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.SENT, 1)
    assert [file.name for file in files()] == [letter.message_id.strip("<>") + ".eml"]


@pytest.mark.django_db
def test_smtp_gets_a_letter_again_with_the_same_message_id(
    queue: Queue, work: Work, smtp: SmtpServer, killed: Callable[[str], None]
) -> None:
    letter = queue()
    killed("_settle")
    work(allow_failures=True)
    hand_back()
    work()
    assert [letter.message_id.encode() in content for content in smtp.letters] == [True, True]


@pytest.mark.django_db
def test_the_clock_takes_over_when_the_task_has_ended(queue: Queue, work: Work, killed: Callable[[str], None]) -> None:
    letter = queue()
    killed("compose")
    work(allow_failures=True)
    assert requeue_due_letters(timezone.now() + timedelta(minutes=14)) == 0
    assert requeue_due_letters(timezone.now() + timedelta(minutes=16)) == 1
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.SENT, 2)


@pytest.mark.django_db
def test_the_clock_leaves_a_letter_alone_while_its_task_lives(
    queue: Queue, work: Work, killed: Callable[[str], None]
) -> None:
    queue()
    killed("compose")
    work(allow_failures=True)
    DBTaskResult.objects.update(status="RUNNING")
    assert requeue_due_letters(timezone.now() + hours(5)) == 0


@pytest.mark.django_db
def test_the_clock_does_not_take_a_letter_that_its_task_took_up_meanwhile(
    queue: Queue, work: Work, killed: Callable[[str], None]
) -> None:
    queue()
    killed("compose")
    work(allow_failures=True)
    seen_by_the_clock = Letter.objects.get()
    Letter.objects.update(claimed_at=timezone.now())
    assert not wait_again(seen_by_the_clock, "The worker ended.", now=timezone.now())
    assert Letter.objects.get().state == LetterState.SENDING


@pytest.mark.django_db
def test_a_letter_that_kills_its_workers_fails_in_the_end(
    queue: Queue, work: Work, killed: Callable[[str], None]
) -> None:
    letter, now = queue(), timezone.now()
    for _ in range(len(BACK_OFF) + 1):
        killed("compose")
        work(allow_failures=True)
        now += hours(25)
        requeue_due_letters(now)
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_a_letter_once(queue: Queue, smtp: SmtpServer) -> None:
    letter, start = queue(), threading.Barrier(4)

    def deliver(task: int) -> None:
        start.wait()
        try_letter(letter.pk, 1, task_id=f"task-{task}")
        connection.close()

    threads = [threading.Thread(target=deliver, args=[task]) for task in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, len(smtp.letters)) == (LetterState.SENT, 1, 1)


@pytest.mark.django_db
def test_a_task_of_an_earlier_try_does_nothing(queue: Queue, work: Work, smtp: SmtpServer) -> None:
    smtp.answers["RCPT"] = "451 later"
    letter = queue()
    work()
    smtp.answers.clear()
    try_letter(letter.pk, 1, task_id="a second task for the first try")
    assert not smtp.letters
    try_letter(letter.pk, 2, task_id="the clock's")
    try_letter(letter.pk, 3, task_id="too late")
    assert len(smtp.letters) == 1


@pytest.mark.django_db
def test_failures_wait_longer_each_time_and_then_stay_visible(queue: Queue, work: Work, smtp: SmtpServer) -> None:
    smtp.answers["DATA"] = "452 disk full"
    letter, now = queue(), timezone.now()
    for pause in BACK_OFF:
        work()
        now = _when_due(letter, pause)
        assert requeue_due_letters(now - timedelta(seconds=30)) == 0
        assert requeue_due_letters(now) == 1
    work()
    assert Letter.objects.failed().get().last_error == "452 disk full"
    assert requeue_due_letters(now + hours(1000)) == 0


def _when_due(letter: Letter, pause: timedelta) -> datetime:
    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    assert abs(letter.next_try_at - timezone.now() - pause) < timedelta(seconds=10)
    return letter.next_try_at


@pytest.mark.django_db
def test_a_failed_letter_can_be_tried_again_with_a_fresh_back_off(queue: Queue, work: Work, smtp: SmtpServer) -> None:
    smtp.answers["RCPT"] = "550 no such user"
    letter = queue()
    work()
    smtp.answers["RCPT"] = "451 later"
    assert retry_letter(letter)
    work()
    _when_due(letter, BACK_OFF[0])
    smtp.answers.clear()
    requeue_due_letters(letter.next_try_at)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == (LetterState.SENT, 3, "")


@pytest.mark.django_db
def test_a_sent_letter_is_not_sent_again(queue: Queue, work: Work, smtp: SmtpServer) -> None:
    letter = queue()
    work()
    DBTaskResult.objects.update(status="READY")
    work()
    assert len(smtp.letters) == 1
    letter.refresh_from_db()
    assert letter.sent_at is not None


@pytest.mark.django_db
def test_a_late_answer_does_not_undo_what_somebody_else_settled(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = queue()

    class Slow:
        def hand_over(self, letter: Letter, content: bytes) -> None:
            Letter.objects.update(claimed_by="another", attempts=2)
            raise carriers.NotNow("too late")

    monkeypatch.setattr(delivery, "chosen_carrier", Slow)
    try_letter(letter.pk, 1, task_id="slow")
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_by, letter.last_error) == (LetterState.SENDING, "another", "")


@pytest.mark.django_db
def test_queueing_and_delivering_leaves_one_task_per_letter(queue: Queue, work: Work) -> None:
    for number in range(3):
        queue(key=str(number))
    assert work() == ["nafida.mail.tasks.deliver"] * 3
    assert deliveries() == 3
