"""Places in words: landmarks suggested, the nearest one, any point said."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils.translation import override

from nafida.territory.actions import add_landmark, change_landmark, remove_landmark
from nafida.territory.landmarks import forget_landmarks, nearest, said, suggest
from nafida.territory.models import Area, Landmark, LandmarkSource
from tests.factories import AKLIM, inside

HEADER = "kind,name_ar,name_fr,commune,lat,lon\n"

pytestmark = pytest.mark.usefixtures("berkane")


@pytest.fixture(autouse=True)
def nothing_kept_of_landmarks():
    forget_landmarks()


def landmark(name_ar="مسجد النور", name_fr="Mosquée An-Nour", kind="mosque", east=0.0, north=0.0):
    lon, lat = inside(AKLIM)
    facts = {"kind": kind, "name_ar": name_ar, "name_fr": name_fr, "source": LandmarkSource.DESK}
    return add_landmark(by=None, lon=lon + east, lat=lat + north, **facts)


def csv_file(tmp_path: Path, *lines: str) -> str:
    file = tmp_path / "landmarks.csv"
    file.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("typed", ["النور", "مسجد", "nour", "mosquée an", "mosquee", "msjd", "annour", "MOSQUÉE"])
def test_a_landmark_is_found_by_its_name_in_either_language_and_half_typed(typed):
    row = landmark()
    landmark("مدرسة الأمل", "École Al Amal", "school", east=0.003)
    assert suggest(typed) == [row]


def test_suggestions_keep_to_a_commune_and_put_the_near_ones_first():
    far = landmark(north=0.01)
    near = landmark()
    assert suggest("النور", near=(near.lon, near.lat)) == [near, far]
    assert suggest("النور", area=Area.objects.get(code=AKLIM).pk, limit=1) == [near]
    assert suggest("النور", area=0) == []


def test_the_nearest_landmark_is_told_with_its_distance():
    row = landmark()
    landmark("مدرسة", "École", "school", north=0.004)
    near = nearest(row.lon, row.lat + 0.001)
    assert near is not None
    assert near.landmark == row
    assert 105 < near.metres < 117
    assert nearest(row.lon, row.lat - 0.02) is None


def test_a_place_near_a_landmark_is_said_by_it():
    row = landmark()
    with override("fr"):
        assert said(row.lon, row.lat) == "près de Mosquée An-Nour, Aklim"
    with override("ar"):
        assert said(row.lon, row.lat) == "قرب مسجد النور، أكليم"


def test_a_place_far_from_any_landmark_is_said_by_distance_and_bearing():
    row = landmark("دوار الزيتون", "Douar Zitoun", "douar")
    with override("fr"):
        assert said(row.lon, row.lat + 0.011) == "Boughriba, à 1,2\N{NO-BREAK SPACE}km au nord de Douar Zitoun"


@pytest.mark.parametrize("code", ["02.113.01.01", "02.113.01.07", "02.113.05.01"])
def test_every_place_is_said_in_words_without_any_landmark(code):
    area = Area.objects.filter(code=code).first() or Area.objects.get(code=AKLIM)
    with override("ar"):
        assert area.name in said(*inside(area.code))
        assert "%" not in said(*inside(area.code))


def test_what_lies_outside_is_said_to_lie_outside():
    with override("fr"):
        assert "Hors" in said(2.35, 48.85)


def test_a_changed_landmark_is_suggested_by_its_new_name_and_a_removed_one_no_more():
    row = landmark()
    change_landmark(row, by=None, name_fr="Mosquée Essalam")
    assert suggest("essalam") == [row]
    remove_landmark(row, by=None)
    assert suggest("essalam") == []


def test_a_landmark_cannot_be_there_twice_nor_nameless_nor_elsewhere():
    landmark()
    for wrong in ({}, {"name_ar": "", "name_fr": ""}, {"east": 30}):
        with pytest.raises(ValidationError):
            landmark(**wrong)


def test_a_file_of_landmarks_is_imported(tmp_path, capsys):
    lon, lat = inside(AKLIM)
    file = csv_file(tmp_path, f"mosque,مسجد النور,Mosquée An-Nour,Aklim,{lat},{lon}", f"souk,السوق,,,{lat},{lon}")
    call_command("import_landmarks", file)
    assert "2 landmarks added" in capsys.readouterr().out
    assert {row.area.code for row in Landmark.objects.kept()} == {AKLIM}


def test_one_bad_line_keeps_the_whole_file_out_and_every_bad_line_is_named(tmp_path):
    lon, lat = inside(AKLIM)
    good = f"mosque,مسجد النور,,,{lat},{lon}"
    bad = [
        "mosque,أ,,Aklim,48.85,2.35",
        f"mosque,ب,,Atlantis,{lat},{lon}",
        f"mosque,ج,,Berkane,{lat},{lon}",
        f"castle,د,,,{lat},{lon}",
        "mosque,ه,,,x,",
        f"mosque,,,,{lat},{lon}",
        good,
    ]
    with pytest.raises(CommandError) as refused:
        call_command("import_landmarks", csv_file(tmp_path, good, *bad))
    assert [line.split(":")[0] for line in str(refused.value).splitlines()[1:]] == [f"line {n}" for n in range(3, 10)]
    assert not Landmark.objects.exists()


def test_a_file_without_the_columns_or_none_at_all_is_refused(tmp_path):
    file = tmp_path / "x.csv"
    file.write_bytes(b"\xff\xfe\x00")
    for path in (file, tmp_path / "missing.csv"):
        with pytest.raises(CommandError):
            call_command("import_landmarks", str(path))
    file.write_text("name,where\nx,y\n")
    with pytest.raises(CommandError, match="lat"):
        call_command("import_landmarks", str(file))
