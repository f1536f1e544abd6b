"""The life of a case on one page: its few states, what may move it, and who may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVED = "received", _("Received")
    IN_HAND = "in_hand", _("In hand")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Closed without work")
    NOT_FOUND = "not_found", _("Nothing found on the spot")
    NOT_OURS = "not_ours", _("Not a matter for the administration")
    DUPLICATE = "duplicate", _("Merged with another case")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    INADMISSIBLE = "inadmissible", _("Inadmissible")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class WaitingFor(models.TextChoices):
    NOBODY = "nobody", _("Nobody")
    CITIZEN = "citizen", _("The citizen")
    OTHER_BODY = "other_body", _("Another administration")
    OPINION = "opinion", _("An opinion")
    WORKS = "works", _("Works")


class Who(StrEnum):
    """In which quality somebody acts."""

    CITIZEN = "citizen"  # anybody who files, follows or supports
    REPORTER = "reporter"  # holds the PIN or the private link of the case
    OFFICER = "officer"  # a member of the body that has the case
    COORDINATOR = "coordinator"  # coordinates the province
    BODY = "body"  # the body itself, by the one-time link of a letter
    CLOCK = "clock"
    IMPORTER = "importer"


class Verb(StrEnum):
    TAKE_IN_HAND = "take_in_hand"
    PLAN = "plan"
    WAIT = "wait"
    ASK = "ask"
    REPLY = "reply"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    MERGE = "merge"
    SPLIT = "split"
    CHANGE_SERVICE = "change_service"
    ASSIGN = "assign"
    NOTE = "note"
    CALL = "call"
    EXTEND = "extend"
    SHOW = "show"
    SUPPORT = "support"
    FOLLOW = "follow"
    ATTACH = "attach"
    LAPSE = "lapse"
    ERASE = "erase"
    HIDE = "hide"
    BLUR = "blur"
    UPDATE = "update"
    CONFIRM = "confirm"
    RATE = "rate"


class HideReason(models.TextChoices):
    """Why an officer takes something from the public's eyes; the page of the administration counts how often."""

    PERSON = "person", _("Names or shows a person")
    INSULT = "insult", _("Insults, threatens or incites")
    SEXUAL = "sexual", _("Sexual or shocking content")
    ADVERT = "advert", _("Advertising")
    UNRELATED = "unrelated", _("Has nothing to do with the matter")
    LAW = "law", _("The law or a court forbids it")


class NotAllowed(Exception):
    """This may not be done to this case, now, by this actor. The message is for the reader."""


@dataclass(frozen=True)
class Move:
    """From which states a verb may be done, where it leads (None: nowhere else), and who may."""

    start: frozenset[State]
    end: State | None
    who: frozenset[Who]


def _move(start: set[State], end: State | None, *who: Who) -> Move:
    return Move(frozenset(start), end, frozenset(who))


_STAFF = (Who.OFFICER, Who.COORDINATOR)
_BODY = (*_STAFF, Who.BODY)
_OPEN = {State.RECEIVED, State.IN_HAND}
_ALIVE = {*_OPEN, State.ANSWERED}
_ALL = {*State}

MOVES: dict[Verb, Move] = {
    Verb.TAKE_IN_HAND: _move({State.RECEIVED}, State.IN_HAND, *_BODY),
    Verb.PLAN: _move(_OPEN, State.IN_HAND, *_BODY),
    Verb.WAIT: _move(_OPEN, State.IN_HAND, *_BODY),
    Verb.ASK: _move(_OPEN, None, *_BODY),
    Verb.REPLY: _move(_OPEN, None, Who.REPORTER, *_STAFF),
    Verb.ANSWER: _move(_OPEN, State.ANSWERED, *_BODY),
    Verb.CLOSE: _move(_ALIVE, State.CLOSED, *_STAFF, Who.CLOCK),
    Verb.REOPEN: _move({State.ANSWERED, State.CLOSED}, State.RECEIVED, Who.REPORTER, *_STAFF),
    Verb.WITHDRAW: _move(_OPEN, State.CLOSED, Who.REPORTER),
    Verb.TRANSFER: _move(_OPEN, State.RECEIVED, *_BODY),
    Verb.MERGE: _move(_OPEN, State.CLOSED, *_STAFF),
    Verb.SPLIT: _move(_OPEN, None, *_STAFF),
    Verb.CHANGE_SERVICE: _move(_OPEN, None, *_STAFF),
    Verb.ASSIGN: _move(_ALIVE, None, *_STAFF),
    Verb.NOTE: _move(_ALL, None, *_STAFF),
    Verb.CALL: _move(_ALL, None, *_STAFF),
    Verb.EXTEND: _move(_OPEN, None, Who.COORDINATOR),
    Verb.SHOW: _move(_ALL, None, *_STAFF),
    Verb.SUPPORT: _move(_ALIVE, None, Who.CITIZEN, Who.REPORTER),
    Verb.FOLLOW: _move(_ALIVE, None, Who.CITIZEN, Who.REPORTER),
    Verb.ATTACH: _move(_ALL, None, *_BODY, Who.REPORTER),
    Verb.LAPSE: _move(_OPEN, None, Who.CLOCK),
    Verb.ERASE: _move({State.CLOSED}, None, Who.CLOCK, Who.COORDINATOR),
    Verb.HIDE: _move(_ALL, None, *_STAFF),
    Verb.BLUR: _move(_ALL, None, *_STAFF),
    Verb.UPDATE: _move(_ALL, None, Who.CITIZEN, Who.REPORTER),
    Verb.CONFIRM: _move({State.ANSWERED, State.CLOSED}, State.CLOSED, Who.REPORTER),
    Verb.RATE: _move({State.CLOSED}, None, Who.REPORTER),
}

# A body may end its work with these; the others have a verb of their own that says more: whoever says
# "not ours" passes the case on, and so names whose it is.
ANSWERS = (Outcome.DONE, Outcome.NOT_DONE, Outcome.NOT_FOUND, Outcome.INADMISSIBLE)


def lawful(state: str, who: Who) -> list[Verb]:
    """What somebody in this quality may do to a case in this state, in the order of the table."""
    return [verb for verb, move in MOVES.items() if state in move.start and who in move.who]
