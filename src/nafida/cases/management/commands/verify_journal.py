from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nafida.cases.checkpoints import verify_journal
from nafida.cases.models import Checkpoint, Event


class Command(BaseCommand):
    help = "Verify every chain of events and of checkpoints; exit 1 and say what is wrong if anything is."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for sentence in verify_journal():
            wrong += 1
            self.stdout.write(sentence)
        events, checkpoints = Event.objects.count(), Checkpoint.objects.count()
        self.stdout.write(f"{events} events and {checkpoints} checkpoints read, {wrong} wrong")
        if wrong:
            raise SystemExit(1)
