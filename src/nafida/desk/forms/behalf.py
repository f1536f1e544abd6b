"""The form of a report in an officer's hand: for somebody at the counter, on the telephone, by letter or outside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nafida.cases.models import Channel
from nafida.reports.forms import ReportForm
from nafida.services.models import Service

CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.LETTER, Channel.FIELD)


class BehalfForm(ReportForm):
    """The citizen's own form, and by which way it came and in which language its reporter is written."""

    channel = forms.ChoiceField(
        label=_("How it came in"), choices=[(one.value, one.label) for one in CHANNELS], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the citizen"), choices=list(settings.LANGUAGES), widget=forms.RadioSelect
    )

    def __init__(self, service: Service, *args: Any, **kwargs: Any) -> None:
        super().__init__(service, *args, **kwargs)
        self.fields["channel"].initial = Channel.COUNTER.value
        self.fields["language"].initial = settings.LANGUAGE_CODE
