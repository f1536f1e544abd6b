"""The demonstration knows places that people name."""

import pytest
from django.conf import settings

from nafida.launch.demo.landmarks import plant_landmarks
from nafida.launch.demo.words import read_words
from nafida.territory.landmarks import suggest
from nafida.territory.models import Area

pytestmark = pytest.mark.usefixtures("berkane")


def test_the_demonstration_lays_landmarks_in_every_commune():
    assert plant_landmarks(read_words(settings.PACK).landmarks, 1) == 9 * Area.objects.communes().count()
    assert suggest("السوق الأسبوعي")
