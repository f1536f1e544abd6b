"""Parts of pages that are drawn once for the same values."""

from django.template import Context, Template
from django.utils.translation import override

PART = Template("{% load nafida %}{% kept name %}{{ name }} {{ other }}{% endkept %}")


def test_a_part_is_drawn_once_for_the_same_values():
    first = PART.render(Context({"name": "a", "other": 1}))
    assert (first, PART.render(Context({"name": "a", "other": 2}))) == ("a 1", "a 1")
    assert PART.render(Context({"name": "b", "other": 3})) == "b 3"


def test_each_language_has_a_drawing_of_its_own():
    said = []
    for language in ("ar", "fr"):
        with override(language):
            said.append(PART.render(Context({"name": "c", "other": language})))
    assert said == ["c ar", "c fr"]


def test_what_is_wrong_is_drawn_anew_and_not_kept():
    part = Template("{% load nafida %}{% kept unless sent %}{{ word }}{% endkept %}")
    drawn = [part.render(Context({"word": n, "sent": n == 1})) for n in range(3)]
    assert drawn == ["0", "1", "0"]
