"""Which communes take part, and from which day."""

from datetime import date, timedelta

import pytest

from nafida.territory.actions import set_participation
from nafida.territory.models import Area
from nafida.territory.participation import absence, absent_communes
from tests.factories import AKLIM

TODAY = date(2026, 3, 2)


@pytest.fixture
def aklim(berkane: None) -> Area:
    return Area.objects.get(code=AKLIM)


def test_all_communes_take_part_until_one_is_said_not_to(aklim: Area) -> None:
    assert absent_communes(TODAY) == {}
    set_participation(aklim, by=None, starts_on=None, phone="0536 00 00 00")
    assert absent_communes(TODAY).keys() == {aklim.pk}


def test_a_commune_takes_part_from_its_first_day_on(aklim: Area) -> None:
    set_participation(aklim, by=None, starts_on=TODAY)
    assert absence(aklim.pk, TODAY - timedelta(days=1))
    assert absence(aklim.pk, TODAY) is None
