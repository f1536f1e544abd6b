"""`manage fill_demo`: cases of the past year for a demonstration. Run by `up --demo` after `prepare`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from nafida.cases.models import Case
from nafida.launch.demo.filling import Filled, fill
from nafida.launch.demo.landmarks import plant_landmarks
from nafida.launch.demo.words import read_words
from nafida.launch.environment import DEMO_NAME
from nafida.people.models import User
from nafida.reports.words import index_all

COUNT = 300


class Command(BaseCommand):
    help = "Fill an installation without cases and accounts with invented ones, and mark its data folder."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another number tells another year (%(default)s)")
        parser.add_argument("--cases", type=int, default=COUNT, help="how many, about (%(default)s)")

    def handle(self, *args: Any, seed: int, cases: int, **options: Any) -> None:
        marker = settings.DATA / DEMO_NAME
        words = read_words(settings.PACK)
        if words is None:
            raise SystemExit(f"The pack {settings.PACK} has no words for a demonstration (demo.yaml).")
        if Case.objects.exists() or User.objects.exists():
            if not marker.exists():
                raise SystemExit(
                    f"The data folder {settings.DATA} holds real cases or accounts; a demonstration needs a new one."
                )
            return
        # Before the rows: if this is cut short, the folder is no real one, and the next start fills it.
        marker.write_text(f"{seed}\n")
        plant_landmarks(words.landmarks, seed)
        filled = fill(words, now=timezone.now(), seed=seed, count=cases)
        index_all()
        self.stdout.write(told(filled))


def told(filled: Filled) -> str:
    """What came of it, and how to get in."""
    lines = [f"A demonstration with {filled.cases} invented cases. Accounts:"]
    lines += [f"  {account.email:30}{account.role:15}{account.bodies}" for account in filled.accounts]
    lines.append(f"Sign in at {settings.SITE_URL}/desk/ with one of these addresses; the code is in the newest letter")
    lines.append(f"in {settings.MAIL_FOLDER} (no letter leaves a demonstration).")
    return "\n".join(lines)
