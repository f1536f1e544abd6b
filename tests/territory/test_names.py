import pytest

from nafida.packs.pack import Pack
from nafida.territory.names import UnknownProvince, find_province, fold


def found(pack: Pack, text: str) -> str:
    return find_province(text, pack.source.provinces(), pack.province_words).code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("02.113", "02.113"),
        ("02113", "02.113"),
        ("Berkane", "02.113"),
        ("  BERKANE ", "02.113"),
        ("بركان", "02.113"),
        ("بَرْكَان", "02.113"),
        ("إقليم بركان", "02.113"),
        ("اقليم بركان", "02.113"),
        ("Province de Berkane", "02.113"),
        ("province d'Azilal", "05.081"),
        ("Province d’Al Hoceïma", "01.051"),
        ("الحسيمه", "01.051"),
        ("fes", "03.231"),
        ("عمالة فاس", "03.231"),
        ("tanger assilah", "01.511"),
        ("oued ed dahab", "12.391"),
    ],
)
def test_a_province_is_found_as_people_type_it(pack: Pack, typed: str, code: str) -> None:
    assert found(pack, typed) == code


@pytest.mark.parametrize(
    ("typed", "meant"), [("Berkan", "02.113"), ("Brkane", "02.113"), ("بركن", "02.113"), ("Tanger", "01.511")]
)
def test_a_typo_is_answered_with_the_nearest_names(pack: Pack, typed: str, meant: str) -> None:
    with pytest.raises(UnknownProvince) as refusal:
        found(pack, typed)
    assert refusal.value.nearest[0].code == meant
    assert meant in str(refusal.value)


@pytest.mark.parametrize("typed", ["", "zzzz", "province de", "99.999"])
def test_what_is_like_no_province_is_refused_without_guessing(pack: Pack, typed: str) -> None:
    with pytest.raises(UnknownProvince) as refusal:
        found(pack, typed)
    assert refusal.value.nearest == []


def test_every_province_of_the_country_is_found_by_its_code_and_both_its_names(pack: Pack) -> None:
    for row in pack.source.provinces():
        for typed in (row.code, row.names["fr"], row.names["ar"], row.names["fr"].upper()):
            assert found(pack, typed) == row.code


def test_folding_makes_alike_what_people_write_alike() -> None:
    assert fold("Aïn-Erreggâda") == "ain erreggada"
    assert fold("أَكْليـــم") == fold("اكليم")
    assert fold("تريفة") == fold("تريفه")
