from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nafida.services.seed import seed_services
from nafida.territory.names import UnknownProvince
from nafida.territory.seed import OtherProvince, seed_territory


class Command(BaseCommand):
    help = "Lay down a province: areas, bodies, services and who answers for them. Safe to run at every start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--province", default=settings.PROVINCE, help="Its code, or its name in Arabic or Latin letters."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            province = seed_territory(options["province"])
        except (UnknownProvince, OtherProvince) as refusal:
            raise CommandError(str(refusal)) from refusal
        seed_services(province)
