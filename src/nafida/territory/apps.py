from django.apps import AppConfig
from django.core.checks import register

from . import checks


class TerritoryConfig(AppConfig):
    name = "nafida.territory"

    def ready(self) -> None:
        register(checks.zone_files_are_recent)
