"""One answer for several cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nafida.cases.life import Verb
from nafida.desk.forms.photo import CarriesPhoto
from nafida.desk.forms.verbs import outcome_field, photo_field, words_field


class SeveralForm(CarriesPhoto):
    """What is said to all of them. Call receive_photo() before is_valid()."""

    none_ticked = _("Tick at least one case.")
    verb = forms.ChoiceField(
        label=_("What to do"),
        choices=[(Verb.ANSWER.value, _("Answer the citizens")), (Verb.CLOSE.value, _("Close the cases"))],
        initial=Verb.ANSWER.value,
        widget=forms.RadioSelect,
    )
    outcome = outcome_field()
    text = words_field(_("Your answer to the citizens"))
    photo = photo_field(_("Photo after the work"))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="several_%s")
        self.carry_photo()
