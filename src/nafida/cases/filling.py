"""Templates of answers: their variables, and a template filled for whoever filed a case."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from nafida.cases.letters.writing import day_words
from nafida.cases.models import AnswerTemplate, Case

VARIABLES = {
    "reference": _("reference of the case"),
    "service": _("subject"),
    "place": _("commune"),
    "body": _("administration that has the case"),
    "deadline": _("day by which an answer is due"),
}
"""Name → what stands there in the end."""
_BRACES = re.compile(r"\{([^{}\n]*)\}")


def unknown_variables(text: str) -> list[str]:
    """Words in braces that are no variable, in their order."""
    return [name for name in _BRACES.findall(text) if name not in VARIABLES]


def fill(template: AnswerTemplate, case: Case) -> str:
    """The words of a template about a case, in the language of whoever filed it: Arabic, else French."""
    language = "ar" if case.language == "ar" else "fr"
    with override(language):
        due = case.deadlines.citizens().get().due_at
        values = {
            "reference": case.shown_reference,
            "service": case.service.name,
            "place": case.area.name,
            "body": case.body.name,
            "deadline": day_words(due),
        }
    text = template.text_ar if language == "ar" else template.text_fr
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), text)
