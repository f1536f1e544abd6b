from __future__ import annotations

import signal
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nafida.mail.receiving import open_door


class Command(BaseCommand):
    help = "Take letters that come back, at NAFIDA_BOUNCE_LISTEN, until SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        ending = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ending.set())
        host, _, port = settings.BOUNCE_LISTEN.rpartition(":")
        try:
            door = open_door(host.strip("[]") or "127.0.0.1", int(port))
        except OSError as problem:
            sys.exit(f"NAFIDA_BOUNCE_LISTEN: {settings.BOUNCE_LISTEN} cannot be listened on ({problem.strerror}).")
        ending.wait()
        door.stop()
