"""What is due at which hour. Each job is a row: two clocks do no harm, missed hours are caught up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from nafida.cases.alarms import sound_alarms
from nafida.cases.attachments import sweep_orphans
from nafida.cases.checkpoints import write_checkpoint
from nafida.cases.closing import close_answered
from nafida.cases.lapsing import lapse_questions
from nafida.cases.letters.digest import write_digests
from nafida.cases.letters.unread import notice_silences
from nafida.cases.models import ClockJob
from nafida.mail.actions import requeue_due_letters
from nafida.mail.pull import pull_returned
from nafida.mail.standing import forget_addresses
from nafida.reports.actions import drop_old_drafts
from nafida.reports.drafts import pictures_of_drafts
from nafida.reports.learning import propose_landmarks
from nafida.reports.retention import erase_old_reports

logger = logging.getLogger("nafida.clock")

Job = Callable[[datetime], object]


def write_checkpoints(now: datetime) -> int:
    """All heads that moved, 500 a checkpoint; returns how many checkpoints."""
    written = 0
    while write_checkpoint(now):
        written += 1
    return written


def prune_tasks(now: datetime) -> None:
    """Forget finished tasks after seven days; the failed ones stay until somebody has looked."""
    call_command("prune_db_task_results", min_age_days=7, failed_min_age_days=365, verbosity=0)


def sweep_files(now: datetime) -> int:
    return sweep_orphans(also_used=pictures_of_drafts())


JOBS: dict[str, tuple[timedelta, Job]] = {
    "alarms": (timedelta(seconds=30), sound_alarms),
    "letters": (timedelta(seconds=30), requeue_due_letters),
    "digests": (timedelta(minutes=5), write_digests),
    "returned": (timedelta(minutes=5), pull_returned),
    "silences": (timedelta(hours=1), notice_silences),
    "addresses": (timedelta(days=1), forget_addresses),
    "checkpoints": (timedelta(hours=1), write_checkpoints),
    "drafts": (timedelta(hours=1), drop_old_drafts),
    "closing": (timedelta(hours=6), close_answered),
    "questions": (timedelta(hours=6), lapse_questions),
    "retention": (timedelta(days=1), erase_old_reports),
    "files": (timedelta(days=1), sweep_files),
    "landmarks": (timedelta(days=1), propose_landmarks),
    "tasks": (timedelta(days=1), prune_tasks),
}


def tick(now: datetime | None = None) -> list[str]:
    """Run each job whose time has come and that no other clock has just taken; returns their names.

    A job that fails is logged and tried again at its next hour: it holds up no other.
    """
    now = now or timezone.now()
    ran = []
    for name, (every, job) in JOBS.items():
        if not ClockJob.objects.claim(name, every, now):
            continue
        try:
            job(now)
            ran.append(name)
        except Exception:
            logger.exception("clock job %s failed", name)
        close_old_connections()
    return ran
