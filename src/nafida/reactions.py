"""What follows an event of a case: for each kind and event, the tasks that the worker runs."""

from __future__ import annotations

from typing import Any

from nafida.cases.journal import Happened
from nafida.cases.letters import (
    acknowledge,
    confirm_following,
    tell_step,
    tell_withdrawal,
    warn_of_deadline,
)
from nafida.reports.letters import pass_on_reply, tell_body, tell_of_decision
from nafida.reports.words import index_words

REPORT = "report"

REACTIONS: dict[tuple[str, str], list[Any]] = {
    (REPORT, Happened.RECEIVED): [acknowledge, tell_body],
    (REPORT, Happened.TAKEN_IN_HAND): [tell_body],
    (REPORT, Happened.PLANNED): [tell_step, tell_body],
    (REPORT, Happened.WAITING): [tell_step],
    (REPORT, Happened.ASKED): [tell_step],
    (REPORT, Happened.REPLIED): [pass_on_reply],
    (REPORT, Happened.ANSWERED): [tell_step],
    (REPORT, Happened.CLOSED): [tell_step, tell_of_decision],
    (REPORT, Happened.REOPENED): [tell_step, tell_body],
    (REPORT, Happened.TRANSFERRED): [tell_step, tell_body],
    (REPORT, Happened.MERGED): [tell_step, tell_of_decision],
    (REPORT, Happened.EXTENDED): [tell_of_decision],
    (REPORT, Happened.WITHDRAWN): [tell_withdrawal, tell_body],
    (REPORT, Happened.FOLLOWED): [confirm_following],
    (REPORT, Happened.LINK_RENEWED): [tell_body],
    (REPORT, Happened.ALARMED): [warn_of_deadline],
}

# Whatever else happens to a report may change what it is found by.
SILENT = {Happened.IMPORTED, Happened.ERASED, Happened.SUPPORTED, Happened.FOLLOWED, Happened.ALARMED}
SILENT |= {Happened.RECOMPUTED, Happened.LINK_RENEWED, Happened.ASSIGNED, Happened.ATTACHED, Happened.LAPSED}
for _what in set(Happened) - SILENT:
    REACTIONS.setdefault((REPORT, _what), []).append(index_words)
