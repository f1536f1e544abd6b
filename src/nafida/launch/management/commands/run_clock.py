from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from nafida.clock import tick


class Command(BaseCommand):
    help = "Run the clock: every few seconds, whatever is due. Ends after the job in hand on SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        ending = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ending.set())
        while not ending.wait(5):
            tick()
