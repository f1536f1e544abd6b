"""A sample of a letter sent to an officer, to see whether letters arrive."""

from __future__ import annotations

import re
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from nafida.desk.letter_samples import Sample
from nafida.mail.actions import queue_letter
from nafida.mail.models import TEST, Letter
from nafida.people.models import User


def send_test_letter(sample: Sample, language: str, *, to: User) -> Letter:
    """Queue the sample for an officer, with a link above it by which they say that it has arrived."""
    with translation.override(language):
        link = settings.SITE_URL + reverse("desk:letter_arrived")
        note = _("This is a test letter: everything below is invented. Open this link to say that it has arrived:")
        above = format_html('<p dir="auto">{}<br><a href="{}" dir="ltr">{}</a></p><hr>', note, link, link)
        return queue_letter(
            key=f"test-{uuid4()}",
            to=to.email,
            subject=_("Test: %(subject)s") % {"subject": sample.subject},
            text=f"{note}\n{link}\n\n———\n\n{sample.text}",
            html=re.sub(r"(<body[^>]*>)", lambda body: body[0] + above, sample.html, count=1),
            language=language,
            purpose=TEST,
        )
