"""What has become of the reports that a phone remembers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from nafida.cases.life import State, WaitingFor
from nafida.cases.models import Case
from nafida.cases.reference import read_reference
from nafida.ui.moments import day_in_words

MOST = 50
"""Reports asked for at once: more than one person files from one phone in a year."""


class News(msgspec.Struct):
    """One report as the list on the phone shows it, in the active language.

    `mark` changes whenever there is something new to read; `words` say what it is. `url` opens it: privately for
    whoever showed its key, else its public page.
    """

    reference: str
    shown: str
    title: str
    state: str
    words: str
    mark: str
    url: str


def news_of(claims: Iterable[str]) -> list[News]:
    """The news of cases claimed as "REFERENCE:KEY", or "REFERENCE" for a public one that is followed, in their order.

    What is no claim, and a key that does not open its case, is passed over without a word. One query.
    """
    keys: dict[str, str] = {}
    for claim in list(claims)[:MOST]:
        reference, _colon, key = claim[:100].partition(":")
        if read := read_reference(reference):
            keys[read] = key
    found = {case.reference: case for case in Case.objects.with_names().filter(reference__in=keys)}
    return [news for reference, key in keys.items() if (news := _told(found.get(reference), key))]


def _told(case: Case | None, key: str) -> News | None:
    if case is None:
        return None
    if key:
        if not case.opens_with(key):
            return None
        url = reverse("portal:mine", args=[case.reference, key])
    elif case.is_public:
        url = reverse("portal:case", args=[case.reference])
    else:
        return None
    title = _("%(service)s, %(commune)s") % {"service": case.service.name, "commune": case.area.name}
    words = _words(case, own=bool(key))
    return News(case.reference, case.shown_reference, title, case.state, words, mark_of(case, own=bool(key)), url)


def _words(case: Case, *, own: bool) -> str:
    if own and case.waiting_for == WaitingFor.CITIZEN:
        return _("You are asked a question")
    if case.state in (State.ANSWERED, State.CLOSED):
        return _("%(state)s: %(outcome)s") % {
            "state": case.get_state_display(),
            "outcome": case.get_outcome_display(),
        }
    if case.planned_on:
        return _("Works planned for %(day)s") % {"day": day_in_words(case.planned_on)}
    return str(case.get_state_display())


def mark_of(case: Case, *, own: bool) -> str:
    """What changes with each news of a case: for its reporter (`own`), or for whoever follows it."""
    asked = own and case.waiting_for == WaitingFor.CITIZEN
    told = [case.state, case.outcome, asked, case.planned_on, case.body_id, case.answered_at]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]
