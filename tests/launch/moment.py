"""What a test of backups does inside an installation, as a process of its own.

moment.py file       files reports with a photo and writes the reference of each that was acknowledged; rests, with its
                     connection open, when a line comes in, and ends with its input
moment.py examine    says whether the database and the files are those of one moment (JSON):
                     {"wrong": sentences, "references": of all cases, "sent": count of letters}
"""

import io
import json
import os
import select
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nafida.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.tasks import TaskResultStatus  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402
from PIL import Image  # noqa: E402

from nafida.cases import files  # noqa: E402
from nafida.cases.attachments import keep_picture  # noqa: E402
from nafida.cases.checkpoints import verify_journal  # noqa: E402
from nafida.cases.models import Attachment, Case, CaseLetter, Event  # noqa: E402
from nafida.cases.tasks import react  # noqa: E402
from nafida.mail.carriers import FolderCarrier  # noqa: E402
from nafida.mail.models import Letter, LetterState  # noqa: E402
from nafida.reactions import REACTIONS  # noqa: E402
from nafida.reports.actions import Account, Place, file_report  # noqa: E402
from nafida.reports.models import Report  # noqa: E402
from nafida.services.models import Service  # noqa: E402
from nafida.territory.models import Area  # noqa: E402
from nafida.territory.shapes import shape_of  # noqa: E402

PAUSE = 0.05
"""Seconds between two reports: one worker must keep pace, or its letters wait behind what comes in."""

Wrong = Iterator[str]


def file_until_told_to_stop() -> None:
    service = Service.objects.get(code="light-out")
    spot = shape_of(Area.objects.get(code="02.113.01.07").boundary or {}).representative_point()
    place = Place.at(spot.x, spot.y, "قرب المسجد")
    number = 0
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        number += 1
        kept = keep_picture(_photo(number))
        account = Account(description=f"Lampe {number}", pictures=[kept])
        # An address of its own for each: one that has not clicked gets one letter only.
        email = f"c{number}@example.org"
        case, _new = file_report(service, place, account, language="ar", form_key=uuid4(), email=email)
        sys.stdout.write(f"{case.reference}\n")
        sys.stdout.flush()
    sys.stdin.read()


def _photo(number: int) -> bytes:
    file = io.BytesIO()
    Image.frombytes("RGB", (32, 32), os.urandom(32 * 32 * 3)).save(file, "JPEG", comment=str(number).encode())
    return file.getvalue()


def cases_are_whole() -> Wrong:
    """Each case has its first event, as many events as its version says, contact, clocks, report and photo."""
    cases = Case.objects.select_related("contact").prefetch_related("events", "deadlines", "attachments")
    reports = set(Report.objects.values_list("case", flat=True))
    for case in cases:
        events = [(event.seq, event.what) for event in case.events.all()]
        clocks = sorted(clock.name for clock in case.deadlines.all())
        if events[:1] != [(1, "received")] or len(events) != case.version or clocks != ["body", "citizen"]:
            yield f"case {case.pk}: events {events} of {case.version}, clocks {clocks}"
        if (
            not case.contact.email.endswith("@example.org")
            or case.pk not in reports
            or len(case.attachments.all()) != 1
        ):
            yield f"case {case.pk}: contact {case.contact.email!r}, {len(case.attachments.all())} photos"


def effects_follow_events() -> Wrong:
    """Each event has its task; where that is done, the tasks it enqueues are there; where those are, their letters."""
    tasks = {path: _by_event(path) for path in DBTaskResult.objects.values_list("task_path", flat=True).distinct()}
    letters = Counter(CaseLetter.objects.values_list("event", flat=True))
    for event in Event.objects.select_related("case__service"):
        status = tasks.get(react.module_path, {}).get(event.pk)
        follow = [task.module_path for task in REACTIONS.get((event.case.service.kind, event.what), [])]
        statuses = [tasks.get(path, {}).get(event.pk) for path in follow]
        if status is None or (status == TaskResultStatus.SUCCESSFUL and None in statuses):
            yield f"event {event.pk}: its task is {status}, those that follow {statuses}"
        if statuses[:1] == [TaskResultStatus.SUCCESSFUL] and not letters[event.pk]:
            yield f"event {event.pk}: acknowledged without a letter"


def _by_event(path: str) -> dict[int, str]:
    rows = DBTaskResult.objects.filter(task_path=path).values_list("args_kwargs", "status")
    return {said["args"][0]: status for said, status in rows if said["args"]}


def files_are_there() -> Wrong:
    """Each photo that a row names is there with its content; so is the file of each letter that was sent."""
    for names in Attachment.objects.values_list("picture", "thumbnail"):
        for name in names:
            try:
                with files.open_kept(name) as file:
                    if files.name_of(file.read(), ".jpg") != name:
                        yield f"not what its name says: {name}"
            except FileNotFoundError:
                yield f"named but not there: {name}"
    folder = FolderCarrier(Path(settings.MAIL_FOLDER))
    for letter in Letter.objects.filter(state=LetterState.SENT):
        if not folder.path_of(letter.message_id).is_file():
            yield f"sent, but its file is not there: {letter.message_id}"


def database_is_sound() -> Wrong:
    """Foreign keys and the journal; SQLite's own examination."""
    connection.check_constraints()
    yield from verify_journal()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma, fine in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                cursor.execute(f"PRAGMA {pragma}")
                if (found := cursor.fetchall()) != fine:
                    yield f"{pragma}: {found}"


def examine() -> dict[str, Any]:
    checks = (cases_are_whole, effects_follow_events, files_are_there, database_is_sound)
    letters = Letter.objects.filter(state=LetterState.SENT).count()
    references = list(Case.objects.values_list("reference", flat=True))
    return {"wrong": [wrong for check in checks for wrong in check()], "references": references, "sent": letters}


if __name__ == "__main__":
    if sys.argv[1] == "file":
        file_until_told_to_stop()
    else:
        sys.stdout.write(json.dumps(examine(), ensure_ascii=False))
