"""What must hold after a siege, compared row by row; a process of its own on the installation.

python -m bench.siege.audit furnish            give every body an address that letters reach; enqueue a poison
python -m bench.siege.audit drain SECONDS      wait until nothing is waiting; says what is left, if anything
python -m bench.siege.audit compare <LEDGER    what does not hold, by the name of what should (JSON)
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Exists, OuterRef  # noqa: E402
from django.tasks import TaskResultStatus  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from bench.siege.people import BODIES  # noqa: E402
from bench.siege.poison import end_worker  # noqa: E402
from nafida.cases import files  # noqa: E402
from nafida.cases.checkpoints import verify_journal  # noqa: E402
from nafida.cases.journal import Happened  # noqa: E402
from nafida.cases.models import Attachment, BodyLink, Case, Event  # noqa: E402
from nafida.launch.handback import MOST_CLAIMS  # noqa: E402
from nafida.mail.models import HeldFor, Letter, LetterState  # noqa: E402
from nafida.people.models import digest_of  # noqa: E402
from nafida.reports.models import DraftPicture  # noqa: E402
from nafida.territory.models import Body  # noqa: E402

Ledger = dict[str, dict[str, str]]
Wrong = Iterator[str]


def acknowledged_is_stored_once(ledger: Ledger) -> Wrong:
    """Every reference on a receipt is one case with its first event and both clocks; a form's key is one case."""
    for form_key, reference in ledger["reports"].items():
        found = list(Case.objects.filter(form_key=form_key).values_list("reference", flat=True))
        if found != [reference]:
            yield f"the receipt says {reference}, stored is {found}"
    for case in Case.objects.prefetch_related("events", "deadlines"):
        events = [(event.seq, event.what) for event in case.events.all()]
        clocks = sorted(clock.name for clock in case.deadlines.all())
        if events[:1] != [(1, "received")] or clocks != ["body", "citizen"]:
            yield f"case {case.pk}: events {events}, clocks {clocks}"


def answers_count_once(ledger: Ledger) -> Wrong:
    """What a clerk was told to be taken is on the journal once, by that link; what is on the journal used a link."""
    verbs = {"received": Happened.TAKEN_IN_HAND, "done": Happened.ANSWERED}
    by_link = Counter((event.facts.get("link"), event.what) for event in Event.objects.all() if "link" in event.facts)
    for token, choice in ledger["answers"].items():
        link = BodyLink.objects.filter(token_digest=digest_of(token)).exclude(used_at=None).first()
        if link is None or by_link[link.pk, verbs[choice]] != 1:
            yield f"answered {choice!r} by a link: {link} has {by_link[link and link.pk, verbs[choice]]} events"
    for (link_pk, what), count in by_link.items():
        if count != 1:
            yield f"link {link_pk} did {what} {count} times"
    used = BodyLink.objects.exclude(used_at=None).count()
    if used != len(by_link):
        yield f"{used} links are used, {len(by_link)} stand in the journal"


def letters_are_written_once(ledger: Ledger) -> Wrong:
    """One letter for each event and reader that wants one, sent once, as one file with its Message-ID."""
    wanted: Counter[tuple[int, int, str]] = Counter()
    for event in Event.objects.select_related("case__contact", "case__body"):
        for purpose in _purposes(event):
            wanted[event.case_id, event.seq, purpose] += 1
    letters = Letter.objects.filter(key__startswith="case-")
    written = Counter(_about(letter.key) for letter in letters)
    for about in wanted.keys() | written.keys():
        if wanted[about] != written[about]:
            yield f"(case, event, purpose) {about}: {written[about]} letters instead of {wanted[about]}"
    # A citizen who has not clicked gets one letter; what comes after it is held back.
    held = Letter.objects.filter(until_clicked=True, state=LetterState.HELD, held_for=HeldFor.UNCONFIRMED)
    first = Letter.objects.filter(address=OuterRef("address"), state=LetterState.SENT)
    rightly = held.filter(Exists(first)).values("pk")
    for letter in Letter.objects.exclude(state=LetterState.SENT).exclude(pk__in=rightly):
        yield f"{letter.key} is not sent: {letter.state} {letter.held_for}"


def _purposes(event: Event) -> list[str]:
    citizen, body = bool(event.case.contact.email), bool(event.case.body.email)
    match event.what:
        case Happened.RECEIVED:
            return ["acknowledgement"] * citizen + ["body"] * body
        case Happened.TAKEN_IN_HAND:
            return ["body"] * body
        case Happened.ANSWERED:
            return ["answer"] * citizen
    return []


def _about(key: str) -> tuple[int, int, str]:
    """The key of a letter, "case-7-event-1-body-…", as (case, number of the event, purpose)."""
    _case, case, _event, seq, purpose, *_reader = key.split("-")
    return int(case), int(seq), purpose


def files_of_letters_are_the_letters_sent(ledger: Ledger) -> Wrong:
    """As many .eml files as letters sent, each with the Message-ID of one, and no half-written one."""
    folder = Path(settings.MAIL_FOLDER)
    found = Counter(
        message_from_bytes(path.read_bytes(), policy=default)["Message-ID"] for path in folder.glob("*.eml")
    )
    sent = Counter(Letter.objects.filter(state=LetterState.SENT).values_list("message_id", flat=True))
    if found != sent:
        yield f"files but no letters: {[*(found - sent)]}; letters but no files: {[*(sent - found)]}"
    for path in folder.iterdir():
        if path.suffix != ".eml":
            yield f"left half written: {path.name}"


def no_task_is_stuck(ledger: Ledger) -> Wrong:
    """None ready or running, and none set aside but the poison."""
    for task in DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL):
        if task.task_path != end_worker.module_path:
            yield f"{task.task_path} is {task.status} after {len(task.worker_ids)} claims: {task.traceback[-300:]}"


def poison_is_set_aside(ledger: Ledger) -> Wrong:
    """The task that ended each of its workers was claimed so often and no more, and is FAILED, where people see it."""
    for task in DBTaskResult.objects.filter(task_path=end_worker.module_path):
        if (task.status, len(task.worker_ids)) != (TaskResultStatus.FAILED, MOST_CLAIMS):
            yield f"the poison is {task.status} after {len(task.worker_ids)} claims"


def journal_is_whole(ledger: Ledger) -> Wrong:
    yield from verify_journal()


def pictures_are_all_there(ledger: Ledger) -> Wrong:
    """Every attachment's files are kept and are what their names say; nothing is kept that no row names."""
    named = {name for row in Attachment.objects.values_list("picture", "thumbnail") for name in row}
    drafts = {name for row in DraftPicture.objects.values_list("picture", "thumbnail") for name in row}
    kept = {name for name, _age in files.all_kept()}
    if missing := named - kept:
        yield f"named but not kept: {sorted(missing)}"
    if orphans := kept - named - drafts:
        yield f"kept but named by nobody: {sorted(orphans)}"
    for name in kept:
        with files.open_kept(name) as file:
            if files.name_of(file.read(), ".jpg") != name:
                yield f"not what its name says: {name}"


def database_is_sound(ledger: Ledger) -> Wrong:
    """SQLite's own examination; on PostgreSQL all foreign keys (it has none of its own without extensions)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            if (found := cursor.fetchall()) != [("ok",)]:
                yield str(found)
    connection.check_constraints()


CHECKS: list[Callable[[Ledger], Wrong]] = [
    acknowledged_is_stored_once,
    answers_count_once,
    letters_are_written_once,
    files_of_letters_are_the_letters_sent,
    no_task_is_stuck,
    poison_is_set_aside,
    journal_is_whole,
    pictures_are_all_there,
    database_is_sound,
]


def compare(ledger: Ledger) -> dict[str, Any]:
    """What was promised against what is there: {"wrong": {name of the check: sentences}, "figures": counts}."""
    figures = {
        "cases": Case.objects.count(),
        "events": Event.objects.count(),
        "letters": Letter.objects.count(),
        "pictures": Attachment.objects.count(),
        "tasks": DBTaskResult.objects.count(),
        "claimed again": sum(len(task.worker_ids) > 1 for task in DBTaskResult.objects.all()),
    }
    return {"wrong": {check.__name__: list(check(ledger)) for check in CHECKS}, "figures": figures}


def left() -> dict[str, int]:
    """What is still to be done."""
    waiting = DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    unsent = Letter.objects.filter(state__in=[LetterState.WAITING, LetterState.SENDING])
    return {"tasks": waiting.count(), "letters": unsent.count()}


def drain(seconds: float) -> dict[str, int]:
    until = time.monotonic() + seconds
    while any(left().values()) and time.monotonic() < until:
        time.sleep(0.2)
    return left()


@transaction.atomic
def furnish() -> None:
    for body in Body.objects.all():
        body.email = f"{body.code}@{BODIES}"
        body.save(update_fields=["email"])
    end_worker.enqueue()


def main(arguments: list[str]) -> None:
    match arguments:
        case ["furnish"]:
            furnish()
        case ["drain", seconds]:
            sys.stdout.write(json.dumps(drain(float(seconds))))
        case ["compare"]:
            sys.stdout.write(json.dumps(compare(json.load(sys.stdin)), ensure_ascii=False))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
