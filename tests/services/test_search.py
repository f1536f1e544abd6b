"""What people call things leads to the service."""

import pytest

from nafida.services.models import Service
from nafida.services.search import find_services
from nafida.territory.actions import redraw_places

pytestmark = pytest.mark.usefixtures("berkane")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("do", "light-out"),
        ("ضو", "light-out"),
        ("الضو طافي", "light-out"),
        ("lampadaire", "light-out"),
        ("lampadère", "light-out"),
        ("lampdaire", "light-out"),
        ("إنارة", "light-out"),
        ("انارة عمومية", "light-out"),
        ("l9wadis", "sewer"),
        ("9wades", "sewer"),
        ("القوادس", "sewer"),
        ("égout", "sewer"),
        ("حفرة", "pothole"),
        ("7ofra", "pothole"),
        ("houfra f trig", "pothole"),
        ("nid de poule", "pothole"),
        ("trou", "pothole"),
        ("zbel", "waste-missed"),
        ("الزبل", "waste-missed"),
        ("ordures", "waste-missed"),
        ("poubelle", "bin"),
        ("klab", "stray-dogs"),
        ("chiens", "stray-dogs"),
        ("ناموس", "pests"),
        ("bruit", "noise"),
        ("صداع", "noise"),
        ("ma mktou3", "water-supply"),
        ("fuite d'eau", "water-leak"),
        ("arbre", "tree-danger"),
        ("شجرة", "tree-danger"),
        ("plage sale", "beach-dirty"),
        ("épave", "vehicle-left"),
        ("street light", "light-out"),
    ],
)
def test_people_find_the_service_by_their_own_word(typed, code):
    assert code in [service.code for service in find_services(typed)[:2]]


def test_every_service_has_words_and_is_found_by_its_name_in_three_languages():
    for service in Service.objects.active():
        assert service.words, service.code
        for name in (service.name_ar, service.name_fr, service.name_en):
            assert find_services(name)[0] == service


@pytest.mark.parametrize("typed", ["", " ", "xqzw", "\0", "(((", "*", "🙂"])
def test_what_means_nothing_finds_nothing(typed):
    assert find_services(typed) == []


def test_a_word_given_on_the_desk_is_known_at_once_and_a_service_no_longer_offered_is_not_found():
    Service.objects.filter(code="park").update(words="بستان")
    redraw_places()
    assert find_services("بستان")[0].code == "park"
    Service.objects.filter(code="park").update(active=False)
    redraw_places()
    assert "park" not in [service.code for service in find_services("بستان")]
