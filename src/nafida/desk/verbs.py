"""What an officer is offered to do with a case, in which words, and which of it comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from nafida.cases.actor import Actor
from nafida.cases.life import Outcome, State, Verb, WaitingFor, lawful
from nafida.cases.models import Case
from nafida.desk.forms.verbs import FORMS, VerbForm
from nafida.people.models import User
from nafida.services.models import Publicity


@dataclass(frozen=True)
class Saying:
    """The button of a verb, its sign, and what the page says when it is done."""

    button: Any
    sign: str
    done: Any


SAYINGS: dict[Verb, Saying] = {
    Verb.TAKE_IN_HAND: Saying(_("Take in hand"), "check", _("You have taken the case in hand.")),
    Verb.PLAN: Saying(_("Plan a day"), "van", _("The day is planned, and the citizen is told.")),
    Verb.WAIT: Saying(_("Something is missing first"), "tool", _("It is noted, and the citizen is told.")),
    Verb.ASK: Saying(_("Ask the citizen"), "reply", _("Your question is on its way.")),
    Verb.REPLY: Saying(_("Note the citizen’s reply"), "call", _("The reply is noted, the time limit runs again.")),
    Verb.ANSWER: Saying(_("Answer the citizen"), "send", _("Your answer is on its way.")),
    Verb.CLOSE: Saying(_("Close the case"), "lock", _("The case is closed.")),
    Verb.REOPEN: Saying(_("Reopen the case"), "arrow", _("The case is open again.")),
    Verb.TRANSFER: Saying(_("Not ours: pass on"), "transfer", _("The case is with the other administration.")),
    Verb.MERGE: Saying(_("Same as another case"), "plus", _("The two cases go on as one.")),
    Verb.SPLIT: Saying(_("Make two cases of it"), "share", _("The second case is made.")),
    Verb.CHANGE_SERVICE: Saying(_("Change the subject"), "edit", _("The subject is changed.")),
    Verb.ASSIGN: Saying(_("Assign the case"), "person", _("The case is assigned.")),
    Verb.NOTE: Saying(_("Internal note"), "document", _("The note is kept.")),
    Verb.CALL: Saying(_("Note a call to the citizen"), "call", _("The call is kept with the case.")),
    Verb.EXTEND: Saying(_("Extend the time limit"), "clock", _("The time limit is extended.")),
    Verb.SHOW: Saying(_("Show words and photos to the public"), "flag", _("Words and photos are public now.")),
    Verb.ERASE: Saying(_("Erase personal data"), "lock", _("What people told is erased; the history stays.")),
    Verb.ATTACH: Saying(_("Photo or own reference"), "camera", _("It is kept with the case.")),
}


@dataclass(frozen=True)
class Offer:
    """One verb as the page offers it, by the code of its form; `open` when that was sent and came back."""

    code: str
    saying: Saying
    form: VerbForm
    open: bool = False

    @property
    def verb(self) -> Verb:
        return Verb(self.code)

    @property
    def takes_words(self) -> bool:
        """Whether it writes to the citizen."""
        return "text" in self.form.fields and self.verb not in (Verb.NOTE, Verb.REPLY)

    @property
    def has_fields(self) -> bool:
        return bool(self.form.visible_fields())


def offered_verbs(case: Case, by: Actor) -> list[Verb]:
    """What the page of life lets `by` do now, without what the facts of the case rule out."""
    asked = case.waiting_for == WaitingFor.CITIZEN
    no_address = not (case.contact.email or case.contact.phone)
    pointless = {
        Verb.ASK: asked or no_address,
        Verb.REPLY: not asked,
        Verb.CALL: not (case.contact.phone or case.followers_by_phone),
        Verb.REOPEN: case.outcome == Outcome.DUPLICATE,
        Verb.ERASE: case.erased_at is not None,
        Verb.SHOW: case.held_at is None and (case.shown_at is not None or case.service.publicity == Publicity.PRIVATE),
    }
    return [verb for verb in lawful(case.state, by.who) if verb in FORMS and not pointless.get(verb)]


def next_verb(case: Case, verbs: list[Verb]) -> Verb | None:
    """The one strong button: what moves the case on. None for a closed case, which waits for nothing."""
    if case.state == State.CLOSED:
        return None
    if case.waiting_for == WaitingFor.CITIZEN and Verb.REPLY in verbs:
        return Verb.REPLY
    skipped = {Verb.WAIT, *({Verb.PLAN, Verb.ASK} if case.planned_on else ())}
    return next((verb for verb in verbs if verb not in skipped), None)


def offers_of(case: Case, by: Actor, user: User, returned: dict[Verb, VerbForm]) -> tuple[Offer | None, list[Offer]]:
    """The strong one and the others, each with its form; forms that came back stand in for fresh ones."""
    verbs = offered_verbs(case, by)
    first = next_verb(case, verbs)
    offers = {
        verb: Offer(
            verb.value,
            SAYINGS[verb],
            returned.get(verb) or FORMS[verb](case=case, user=user, prefix_id=verb),
            open=verb in returned,
        )
        for verb in verbs
    }
    return (offers.pop(first) if first else None), list(offers.values())
