"""Is this installation ready to open? One list of checks, for `./nafida doctor` and for the page of the desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from nafida.cases.models import ClockJob, UnreadBody
from nafida.mail.models import Letter
from nafida.mail.trial import last_test_letter
from nafida.people.models import Membership, Role
from nafida.services.check import find_gaps
from nafida.territory.checks import zone_files_are_recent

GIB = 1 << 30
NEEDED, COMFORTABLE = 1 * GIB, 5 * GIB  # bytes free on the disk of the data folder
KEY_LENGTH = 32
CLOCK_MAY_PAUSE = timedelta(minutes=3)
TASK_MAY_WAIT = timedelta(minutes=5)
BACKUP_HOLDS, BACKUP_IS_OLD = timedelta(days=1), timedelta(days=7)
SHOWN = 3
LIBRARIES = ("ui/leaflet/leaflet.js", "ui/htmx.min.js", settings.DISPLAY_FACE)


class Grade(StrEnum):
    FINE = "fine"
    LOOK = "look"
    MUST = "must"


class Finding(NamedTuple):
    """What was found, in a sentence, and what to do about it ("" when fine)."""

    grade: Grade
    subject: str
    sentence: str
    remedy: str = ""


def fine(subject: str, sentence: str) -> Finding:
    return Finding(Grade.FINE, subject, sentence)


def look(subject: str, sentence: str, remedy: str) -> Finding:
    return Finding(Grade.LOOK, subject, sentence, remedy)


def must(subject: str, sentence: str, remedy: str) -> Finding:
    return Finding(Grade.MUST, subject, sentence, remedy)


def https(now: datetime) -> Finding:
    subject = _("Address")
    if not settings.SITE_URL.startswith("https://"):
        return must(
            subject,
            _("Without HTTPS a phone gives these pages neither its location nor its camera, and installs nothing."),
            _("Set NAFIDA_URL to the address with https://; docs/operate.md has a recipe."),
        )
    if not (settings.PROXIES or settings.TLS_CERT):
        return look(
            subject,
            _("The address is https, but no certificate is ours and no proxy is said to stand in front."),
            _("Set NAFIDA_PROXIES, or all visitors count as one; or NAFIDA_TLS_CERT and NAFIDA_TLS_KEY."),
        )
    return fine(subject, _("The pages are reached by HTTPS."))


def invented(now: datetime) -> Finding:
    subject = _("Demonstration")
    if settings.DEMO:
        said = _("Everything in this data folder is invented, and no letter leaves.")
        return must(subject, said, _("Start with a new data folder."))
    if settings.DEBUG:
        return must(subject, _("Debug pages are on: they show secrets."), _("Take NAFIDA_DEBUG away."))
    return fine(subject, _("This is no demonstration."))


def secret_key(now: datetime) -> Finding:
    subject = _("Secret key")
    file = settings.DATA / "secret_key"
    if len(settings.SECRET_KEY) < KEY_LENGTH:
        said = _("The key that signs links and sessions is short enough to be guessed.")
        return must(subject, said, _("Take NAFIDA_SECRET_KEY away: a long one is made at the start."))
    if file.is_file() and file.stat().st_mode & 0o077:
        said = _("Other users of this machine can read the key that signs links and sessions.")
        return must(subject, said, _("Let only its owner read it: chmod 600 secret_key"))
    return fine(subject, _("The key is long, and only its owner reads it."))


def zones(now: datetime) -> Finding:
    subject = _("Time zone")
    if zone_files_are_recent():
        said = _("The data of the time zone are old: every time limit would end at a wrong hour.")
        return must(subject, said, _("Install a newer tzdata package."))
    return fine(subject, _("The data of the time zone are recent."))


def disk(now: datetime) -> Finding:
    subject = _("Disk")
    free = shutil.disk_usage(settings.DATA).free
    said = _("%(size)s GiB are free for the data folder.") % {"size": number_format(free / GIB, 1)}
    if free < NEEDED:
        return must(subject, said, _("Make room: without it no report can be taken in."))
    if free < COMFORTABLE:
        return look(subject, said, _("Make room before the photos of some months fill it."))
    return fine(subject, said)


def backup(now: datetime) -> Finding:
    subject, remedy = _("Backup"), _("Run ./nafida backup every night, onto another machine.")
    try:
        made = datetime.fromisoformat(settings.BACKUP_MARK.read_text().strip())
    except (OSError, ValueError):
        return must(subject, _("There has never been a backup."), remedy)
    age = now - made
    if age <= BACKUP_HOLDS:
        return fine(subject, _("The last backup is younger than a day."))
    said = ngettext("The last backup is %(days)d day old.", "The last backup is %(days)d days old.", age.days)
    grade = look if age <= BACKUP_IS_OLD else must
    return grade(subject, said % {"days": age.days}, remedy)


def letters_leave(now: datetime) -> Finding:
    subject = _("Letters")
    if not settings.SMTP_URL:
        said = _("No mail server is named: letters are written into the data folder and reach nobody.")
        return must(subject, said, _("Set NAFIDA_SMTP_URL."))
    trial, remedy = last_test_letter(), _("Send a test letter from the post office and open the link at its top.")
    if trial is None:
        return must(subject, _("No test letter has been sent yet."), remedy)
    if trial.arrived_at:
        return fine(subject, _("A test letter has arrived."))
    if trial.failed:
        return must(subject, _("The test letter did not leave."), _("Look at the post office why it failed."))
    return must(subject, _("The test letter has not arrived yet."), remedy)


def letters_failed(now: datetime) -> Finding:
    subject = _("Set aside")
    letters = Letter.objects.failed().count()
    tasks = DBTaskResult.objects.failed().count()
    if not (letters or tasks):
        return fine(subject, _("No letter and no task has failed."))
    said = _("Letters that failed: %(letters)d; tasks set aside: %(tasks)d.") % {"letters": letters, "tasks": tasks}
    return look(subject, said, _("Look at the post office, and try them again."))


def clock(now: datetime) -> Finding:
    subject = _("Clock")
    last = ClockJob.objects.exclude(last_run=None).order_by("-last_run").first()
    if last is None or last.last_run is None or now - last.last_run > CLOCK_MAY_PAUSE:
        said = _("The clock stands still: no time limit is watched and no letter is tried again.")
        return must(subject, said, _("Start ./nafida up; if it runs, its output says why the clock does not."))
    return fine(subject, _("The clock runs."))


def workers(now: datetime) -> Finding:
    subject = _("Workers")
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    if oldest and now - oldest > TASK_MAY_WAIT:
        said = _("Tasks have been waiting for more than five minutes: no worker takes them.")
        return must(subject, said, _("Start ./nafida up; if it runs, its output says why no worker does."))
    return fine(subject, _("No task waits for long."))


def silent_bodies(now: datetime) -> Finding:
    subject = _("Administrations")
    silent = [row.body.name for row in UnreadBody.objects.now()]
    if not silent:
        return fine(subject, _("No administration leaves its letters unread."))
    said = _("Nobody reads the letters of: %(names)s.") % {"names": _few(silent)}
    return look(subject, said, _("Telephone them, or correct their address."))


def responsibilities(now: datetime) -> Finding:
    subject = _("Responsibilities")
    gaps = find_gaps(timezone.localdate(now))
    if gaps.unreachable:
        said = _("Neither letters nor officers reach: %(names)s.") % {
            "names": _few([body.name for body, _pairs in gaps.unreachable])
        }
        return must(subject, said, _("Give each an address for letters, or invite an officer."))
    if gaps.nobody:
        pairs = [f"{service.name} · {commune.name}" for service, commune in gaps.nobody]
        said = _("The coordination stands in, because nobody answers for: %(names)s.") % {"names": _few(pairs)}
        return look(subject, said, _("Name who answers for them."))
    return fine(subject, _("Somebody who can be reached answers for every subject in every commune."))


def people(now: datetime) -> Finding:
    subject = _("Colleagues")
    held = Membership.objects.on(timezone.localdate(now)).filter(user__is_active=True)
    roles = set(held.values_list("role", flat=True))
    if not {Role.ADMINISTRATOR, Role.COORDINATOR} <= roles:
        said = _("There is no administrator or no coordinator.")
        return must(subject, said, _("Invite both: the one sets up, the other watches over all cases."))
    return fine(subject, _("There are an administrator and a coordinator."))


def libraries(now: datetime) -> Finding:
    subject = _("Pages")
    if missing := [name for name in LIBRARIES if name not in settings.PACKAGE_FILES]:
        said = _("Libraries of the pages are missing: %(names)s.") % {"names": _few(missing)}
        return look(subject, said, _("Stop, take .venv/.made-from-requirements.lock away, and start again."))
    return fine(subject, _("The pages have all their files."))


def _few(names: list[str]) -> str:
    """The first of some names; how many more there are stands for the others."""
    shown = " · ".join(names[:SHOWN])
    return f"{shown} (+{len(names) - SHOWN})" if len(names) > SHOWN else shown


CHECKS: tuple[Callable[[datetime], Finding], ...] = (
    https,
    invented,
    secret_key,
    people,
    letters_leave,
    responsibilities,
    silent_bodies,
    backup,
    disk,
    clock,
    workers,
    letters_failed,
    zones,
    libraries,
)


def examine(now: datetime) -> list[Finding]:
    """All findings, what must be done first."""
    order = list(reversed(Grade))
    return sorted((check(now) for check in CHECKS), key=lambda found: order.index(found.grade))
