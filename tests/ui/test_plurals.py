"""Numbers of things are said as each language says them."""

import polib
import pytest
from django.utils import translation
from django.utils.translation import ngettext

from nafida.launch.environment import ROOT

ONE, MANY = "Not yet: %(undone)s thing must be done first.", "Not yet: %(undone)s things must be done first."
"""Of the page that says whether the installation is ready."""


@pytest.mark.parametrize(("language", "numbers"), [("ar", (0, 1, 2, 3, 11, 100)), ("fr", (1, 2))])
def test_each_number_has_a_form_of_its_own(language: str, numbers: tuple[int, ...]) -> None:
    with translation.override(language):
        assert len({ngettext(ONE, MANY, number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize(
    ("number", "form"), [(0, "لا شيء"), (1, "أمر واحد"), (2, "أمرين"), (3, "3 أمور"), (11, "11 أمرا")]
)
def test_an_arabic_page_counts_as_people_do(number: int, form: str) -> None:
    with translation.override("ar"):
        assert form in ngettext(ONE, MANY, number) % {"undone": number}


def test_a_hundred_and_ten_things_follow_their_own_forms() -> None:
    with translation.override("ar"):
        assert ngettext(ONE, MANY, 110) == ngettext(ONE, MANY, 10)  # the last two digits decide
        assert ngettext(ONE, MANY, 100) == ngettext(ONE, MANY, 102) != ngettext(ONE, MANY, 111)


@pytest.mark.parametrize(("language", "count"), [("ar", 6), ("fr", 2)])
def test_no_counted_string_lacks_a_form(language: str, count: int) -> None:
    entries = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    counted = [entry for entry in entries if entry.msgid_plural and not entry.obsolete]
    lacking = [each.msgid for each in counted if len([form for form in each.msgstr_plural.values() if form]) != count]
    assert counted
    assert lacking == []
