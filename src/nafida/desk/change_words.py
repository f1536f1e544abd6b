"""The trail of settings in the reader's words: which thing, which of its fields, from what to what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nafida.people.models import Trace
from nafida.ui.templatetags.nafida import LANGUAGE_NAMES

TABLES = {
    "cases.answertemplate": gettext_lazy("Template of answers"),
    "people.invitation": gettext_lazy("Invitation"),
    "services.question": gettext_lazy("Question"),
    "services.responsibility": gettext_lazy("Responsibility"),
    "services.service": gettext_lazy("Service"),
    "territory.body": gettext_lazy("Administration"),
    "territory.dayoverride": gettext_lazy("Day of the calendar"),
    "territory.jurisdiction": gettext_lazy("Area of an authority"),
    "territory.landmark": gettext_lazy("Landmark"),
    "territory.participation": gettext_lazy("Commune that takes part"),
    "territory.workingweek": gettext_lazy("Working week"),
}
FIELDS = {
    "active": gettext_lazy("offered"),
    "area": gettext_lazy("place"),
    "body": gettext_lazy("administration"),
    "body_kind": gettext_lazy("kind of administration"),
    "boundary": gettext_lazy("outline"),
    "call": gettext_lazy("numbers to call"),
    "choices": gettext_lazy("choices"),
    "code": gettext_lazy("code"),
    "danger": gettext_lazy("danger"),
    "danger_question": gettext_lazy("question about danger"),
    "datatype": gettext_lazy("kind of answer"),
    "day": gettext_lazy("day"),
    "email": gettext_lazy("e-mail address"),
    "emergency_phone": gettext_lazy("telephone for emergencies"),
    "expires_at": gettext_lazy("valid until"),
    "hint": gettext_lazy("explanation"),
    "is_working": gettext_lazy("working day"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language of letters"),
    "lat": gettext_lazy("latitude"),
    "letter_rhythm": gettext_lazy("rhythm of letters"),
    "limit_source": gettext_lazy("source of the time limit"),
    "lon": gettext_lazy("longitude"),
    "name": gettext_lazy("name"),
    "phone": gettext_lazy("telephone"),
    "position": gettext_lazy("place in the list"),
    "publicity": gettext_lazy("what the public sees"),
    "quarters": gettext_lazy("quarters"),
    "required": gettext_lazy("must be answered"),
    "role": gettext_lazy("role"),
    "service": gettext_lazy("service"),
    "services": gettext_lazy("services"),
    "source": gettext_lazy("source"),
    "starts_on": gettext_lazy("first day"),
    "state": gettext_lazy("state"),
    "takes_part": gettext_lazy("takes part"),
    "text": gettext_lazy("text"),
    "title": gettext_lazy("title"),
    "valid_from": gettext_lazy("valid from"),
    "valid_to": gettext_lazy("valid to"),
    "weekdays": gettext_lazy("working days"),
    "words": gettext_lazy("words"),
    "working_days": gettext_lazy("time limit in working days"),
}
"""By the name of the column, without its language; what is not here stands as it is."""


def lines(rows: Iterable[Trace]) -> list[dict[str, Any]]:
    """Each trace with `at`, `by`, `thing` and `fields`: name, before and after in words."""
    kept = list(rows)
    named = _things(kept)
    return [
        {
            "at": row.at,
            "by": row.by,
            "thing": named[row.facts["table"], str(row.facts["row"])],
            "fields": [
                {"name": field_in_words(name), "before": _value(before), "after": _value(after)}
                for name, (before, after) in row.facts.get("changes", {}).items()
            ],
        }
        for row in kept
    ]


def field_in_words(name: str) -> str:
    base, _line, language = name.rpartition("_")
    if language in LANGUAGE_NAMES and base in FIELDS:
        return f"{FIELDS[base]} ({LANGUAGE_NAMES[language][0]})"
    return str(FIELDS.get(name, name))


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "—" if value in (None, "") else value


def _things(rows: list[Trace]) -> dict[tuple[str, str], str]:
    """(table, key) → what it is and its name as it is now; one statement for each table."""
    found: dict[tuple[str, str], str] = {}
    for table in {row.facts["table"] for row in rows}:
        keys = {row.facts["row"] for row in rows if row.facts["table"] == table}
        there = {str(key): one for key, one in apps.get_model(table)._default_manager.in_bulk(keys).items()}
        for key in map(str, keys):
            found[table, key] = f"{TABLES.get(table, table)} · {there.get(key, key)}"
    return found
