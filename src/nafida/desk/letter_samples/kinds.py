"""The kinds of letters, and for each the story that makes the house write one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from nafida.desk.letter_samples import bodies, citizens, officers
from nafida.desk.letter_samples.scene import Story


@dataclass(frozen=True)
class Kind:
    """One kind of letter: its code in addresses, what it is, who reads it, and how one comes about."""

    code: str
    label: str | Promise
    reader: str | Promise
    story: Story


_REPORTER = gettext_lazy("To whoever sent the report")
_FOLLOWER = gettext_lazy("To whoever follows a report")
_BODY = gettext_lazy("To an administration")
_OFFICER = gettext_lazy("To an officer")

KINDS = (
    Kind("acknowledgement", gettext_lazy("Receipt"), _REPORTER, citizens.acknowledged),
    Kind("question", gettext_lazy("Question"), _REPORTER, citizens.question),
    Kind("planned", gettext_lazy("News of the planned day"), _REPORTER, citizens.planned),
    Kind("answer", gettext_lazy("Answer"), _REPORTER, citizens.answered),
    Kind("closed", gettext_lazy("News of the closing"), _REPORTER, citizens.closed),
    Kind("reopened", gettext_lazy("News of the reopening"), _REPORTER, citizens.reopened),
    Kind("transferred", gettext_lazy("News of the passing on"), _REPORTER, citizens.transferred),
    Kind("merged", gettext_lazy("News of the joining"), _REPORTER, citizens.merged),
    Kind("joined", gettext_lazy("News of the report that theirs was joined to"), _REPORTER, citizens.joined),
    Kind("follow", gettext_lazy("Question whether to follow"), _FOLLOWER, citizens.asked_to_follow),
    Kind("followed", gettext_lazy("News"), _FOLLOWER, citizens.followed),
    Kind("withdrawn-followed", gettext_lazy("News of the withdrawal"), _FOLLOWER, citizens.withdrawn_for_followers),
    Kind("new", gettext_lazy("New report"), _BODY, bodies.new),
    Kind("urgent", gettext_lazy("Urgent report"), _BODY, bodies.urgent),
    Kind("passed-on", gettext_lazy("Report passed on by another administration"), _BODY, bodies.passed_on),
    Kind("stand-in", gettext_lazy("In place of one that no letter reaches"), _BODY, bodies.stands_in),
    Kind("next", gettext_lazy("Link for the next answer"), _BODY, bodies.next_link),
    Kind("reply", gettext_lazy("The citizen’s reply"), _BODY, bodies.replied),
    Kind("reopened-body", gettext_lazy("Report opened again"), _BODY, bodies.reopened_for_body),
    Kind("withdrawn", gettext_lazy("Report withdrawn"), _BODY, bodies.withdrawn),
    Kind("closed-body", gettext_lazy("Report closed by the coordination"), _BODY, bodies.closed_for_body),
    Kind("merged-body", gettext_lazy("Report joined by the coordination"), _BODY, bodies.merged_for_body),
    Kind("extended", gettext_lazy("Time limit prolonged by the coordination"), _BODY, bodies.extended),
    Kind("alarm", gettext_lazy("Warning before the time limit"), _BODY, bodies.warned),
    Kind("late", gettext_lazy("Time limit exceeded"), _BODY, bodies.late),
    Kind("escalation", gettext_lazy("Time limit exceeded, to the administration above"), _BODY, bodies.escalated),
    Kind("digest", gettext_lazy("Daily letter"), _BODY, bodies.daily),
    Kind("open", gettext_lazy("Open reports, to a new address"), _BODY, bodies.found_open),
    Kind("unread", gettext_lazy("Nobody reads an administration’s mail"), _OFFICER, officers.nobody_reads),
    Kind("invitation", gettext_lazy("Invitation"), _OFFICER, officers.invited),
    Kind("login_code", gettext_lazy("Code to sign in"), _OFFICER, officers.code),
    Kind("access_changed", gettext_lazy("News of a change of the ways to sign in"), _OFFICER, officers.access_changed),
)


def kind_of(code: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.code == code), None)
