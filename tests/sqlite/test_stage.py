"""What is played on the stage is written in memory and gone at the end; the house is as before, whatever happens."""

import pytest
from django.db import connection, transaction

from nafida.sqlite.stage import stage
from nafida.territory.models import Area, Body, BodyKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]
TABLES = [model._meta.db_table for model in (Area, Body)]


def play() -> int:
    """A row more, and how many there are then."""
    Body.objects.create(code="played", kind=BodyKind.COMPANY, name_ar="مثال")
    return Body.objects.count()


def test_rows_of_the_named_tables_are_there_as_they_are_in_the_house() -> None:
    there = list(Area.objects.order_by("pk").values())
    with stage(TABLES), transaction.atomic():
        assert list(Area.objects.order_by("pk").values()) == there
        assert play() > 1
        transaction.set_rollback(True)
    assert not Body.objects.filter(code="played").exists()


def test_an_error_on_the_stage_leads_back_to_the_house() -> None:
    house = connection.settings_dict["NAME"]
    with pytest.raises(ZeroDivisionError), stage(TABLES):
        1 / 0  # noqa: B018
    assert connection.settings_dict["NAME"] == house
    assert Body.objects.exists()
