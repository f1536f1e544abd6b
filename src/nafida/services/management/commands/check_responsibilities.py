from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from nafida.services.check import find_gaps


class Command(BaseCommand):
    help = "Name every service and commune that no body answers for, and every body that cannot be reached."

    def handle(self, *args: Any, **options: Any) -> None:
        gaps = find_gaps(timezone.localdate())
        for service, commune in gaps.nobody:
            self.stdout.write(f"no body: {service.code} ({service.name}) in {commune.code} ({commune.name})")
        for body, pairs in gaps.unreachable:
            self.stdout.write(f"cannot be reached: {body.code} ({body.name}), answers for {pairs} service × commune")
        self.stdout.write(f"{len(gaps.nobody)} without a body, {len(gaps.unreachable)} bodies unreachable")
        if gaps:
            raise SystemExit(1)
