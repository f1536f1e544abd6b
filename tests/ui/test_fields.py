"""Forms as a screen reader and a thumb meet them."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from tests.ui.specimen import specimen_form


def drawn(name, data=None):
    """One field of the specimen in French, as its group of label, hint, error and control."""
    return specimen_form("fr", data)[name].as_field_group()


def test_a_label_belongs_to_its_control():
    html = drawn("place")
    assert '<label class="label" for="id_place">' in html
    assert re.search(r'<select [^>]*id="id_place"', html)


def test_a_hint_and_an_error_describe_the_control():
    html = drawn("mail", {"mail": "not an address"})
    assert 'aria-describedby="id_mail_helptext id_mail_error"' in html
    assert 'id="id_mail_helptext"' in html
    assert 'id="id_mail_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_right_control_is_described_by_its_hint_alone():
    html = drawn("mail")
    assert 'aria-describedby="id_mail_helptext"' in html
    assert "aria-invalid" not in html


def test_a_group_of_choices_is_a_fieldset_described_by_its_error():
    html = drawn("service", {})
    assert re.search(r'<fieldset [^>]*aria-describedby="id_service_error"', html)
    assert "<legend" in html
    assert html.count('class="choice"') == 4


def test_each_choice_is_one_target_with_its_box_and_its_words():
    html = drawn("also")
    assert re.findall(r'<label class="choice" for="(\w+)"><input type="checkbox"', html) == [
        "id_also_0",
        "id_also_1",
    ]


def test_a_lone_box_stands_inside_its_label():
    assert re.search(r'<label class="choice" for="id_agree"><input type="checkbox"[^>]*><span>', drawn("agree"))


def test_what_is_required_is_said_in_words(language):
    need = {"ar": "(إلزامي)", "fr": "(obligatoire)"}[language]
    assert need in drawn("mail")
    assert need not in drawn("name")


def test_the_summary_of_errors_takes_the_focus_and_leads_to_each_control():
    form = specimen_form("fr", {"mail": "not an address"})
    summary = render_to_string("ui/errors.html", {"form": form})
    page = str(form)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_service_0", "id_place", "id_story", "id_mail"]
    assert all(f'id="{target}"' in page for target in targets)
    assert 'role="alert" tabindex="-1" autofocus' in summary


def test_a_form_without_errors_has_no_summary():
    assert 'role="alert"' not in str(specimen_form("fr"))


def test_an_error_of_the_whole_form_is_in_the_summary():
    class Pair(forms.Form):
        def clean(self):
            raise forms.ValidationError("Choose one of the two.")

    assert "<li>Choose one of the two.</li>" in str(Pair({}))


def test_what_people_typed_is_never_markup():
    html = drawn("name", {"name": '"><script>'})
    assert "<script>" not in html


@pytest.mark.parametrize("name", ["service", "also", "place", "story", "photo", "mail", "name", "agree"])
def test_every_kind_of_field_is_drawn_with_its_words(name):
    form = specimen_form("fr")
    assert str(form[name].label) in drawn(name)
