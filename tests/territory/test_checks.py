from django.core.checks import run_checks
from pytest_django import Settings

from nafida.territory.checks import zone_files_are_recent


def test_the_zone_files_know_the_hour_of_the_law() -> None:
    assert zone_files_are_recent() == []


def test_a_zone_that_is_an_hour_off_stops_the_start(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Paris"
    messages = [message for message in run_checks() if message.id == "territory.E001"]
    assert len(messages) == 1
    assert "UTC+1:00" in messages[0].msg
