"""What whoever filed or follows a case is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from django.core.signing import dumps
from django.tasks import task
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nafida.cases.journal import Happened
from nafida.cases.letters.writing import (
    Fact,
    Words,
    absolute,
    case_facts,
    day_words,
    event_of,
    message_of,
    private_link,
    write_once,
)
from nafida.cases.life import Outcome, Who
from nafida.cases.models import Case, Contact, Event, Follower
from nafida.mail.standing import is_confirmed
from nafida.services.models import Publicity
from nafida.territory.models import Body

FOLLOW_SALT = "nafida.follow"


@task(priority=50)
def acknowledge(event_id: int) -> None:
    """The receipt: what was filed, who has it, by when, and how to follow it."""
    event = event_of(event_id)
    case = event.case
    if case.contact.email:
        say = lambda: _receipt(case)  # noqa: E731
        write_once(event, "acknowledgement", to=case.contact.email, language=case.language, say=say)


def _receipt(case: Case) -> Words:
    due = case.deadlines.citizens().get().due_at
    return Words(
        subject=_("We have received your report (%(reference)s)") % {"reference": case.shown_reference},
        lines=[
            _("Your report has been received and sent to the competent administration."),
            _("An answer is expected by %(day)s at the latest.") % {"day": day_words(due)},
        ],
        facts=[*case_facts(case), Fact(_("PIN"), case.pin, code=True)],
        url=private_link(case),
        label=_("Follow your report"),
        after=[
            *([] if is_confirmed(case.contact.email) else [_one_click()]),
            _(
                "Keep this letter: with the reference and the PIN, or with the link above, you can answer questions, "
                "withdraw your report or say that the problem is not solved."
            ),
        ],
        why=_("You receive this letter because you gave this address with your report."),
    )


def _one_click() -> str:
    """What the first letter to an address says, which is the last one until somebody has clicked."""
    return _(
        "Open the link above once and press the button there, so that we know that this address is yours: we write "
        "no further letter to it before. Until then all news waits on that page."
    )


def _asked(case: Case, event: Event) -> Words:
    return Words(
        subject=_("A question about your report (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("%(body)s asks you:") % {"body": case.body.name}],
        quote=message_of(event),
        label=_("Answer the question"),
        after=[_("The time limit stands still until you have answered.")],
    )


def _planned(case: Case, event: Event) -> Words:
    day = date_format(date.fromisoformat(event.facts["day"]), "DATE_FORMAT")
    return Words(
        subject=_("Works planned for your report (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("%(body)s plans to act on %(day)s.") % {"body": case.body.name, "day": day}],
        quote=message_of(event),
    )


def _waiting(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Works needed for your report (%(reference)s)") % {"reference": case.shown_reference},
        lines=[
            _("%(body)s has looked at it: something is missing before the work can be done.") % {"body": case.body.name}
        ],
        quote=message_of(event),
        after=[_("The time limit runs on.")],
    )


def _answered(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Answer to your report (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("%(body)s has answered your report.") % {"body": case.body.name}],
        quote=message_of(event),
        facts=[Fact(_("Outcome"), str(Outcome(event.facts["outcome"]).label))],
        after=[_("If the problem is not solved, open the link above and say so: your report is then reopened.")],
    )


def _closed(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Your report is closed (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("Your report is now closed.")],
        quote=message_of(event),
        facts=[Fact(_("Outcome"), str(Outcome(event.facts["outcome"]).label))],
        after=[_("If the problem is not solved, open the link above and say so: your report is then reopened.")],
    )


def _reopened(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Your report is open again (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("Your report has been reopened. %(body)s has it again.") % {"body": case.body.name}],
        quote=message_of(event),
    )


def _transferred(case: Case, event: Event) -> Words:
    body = Body.objects.get(pk=event.facts["to_body"])
    return Words(
        subject=_("Your report has been passed on (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("Your report is now with %(body)s, which is competent for it.") % {"body": body.name}],
        quote=message_of(event),
        after=[_("Your time limit goes on from the day on which you sent your report.")],
    )


def _merged(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Your report goes on with another one (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("The same problem had been reported already. Both reports go on together under the reference below.")],
        facts=[Fact(_("Joined to"), str(case.merged_into), code=True)],
    )


STEPS: dict[str, tuple[str, Callable[[Case, Event], Words]]] = {
    Happened.ASKED: ("question", _asked),
    Happened.PLANNED: ("planned", _planned),
    Happened.WAITING: ("waiting", _waiting),
    Happened.ANSWERED: ("answer", _answered),
    Happened.CLOSED: ("closed", _closed),
    Happened.REOPENED: ("reopened", _reopened),
    Happened.TRANSFERRED: ("transferred", _transferred),
    Happened.MERGED: ("merged", _merged),
}


@task(priority=50)
def tell_step(event_id: int) -> None:
    """Tell the reporter, and whoever follows and has confirmed it, what has happened."""
    event = event_of(event_id)
    case = event.case
    purpose, words_of = STEPS[event.what]

    def say(link: str, why: str) -> Words:
        words = words_of(case, event)
        words.facts = [*case_facts(case), *words.facts]
        words.url, words.label, words.why = link, words.label or _("See your report"), why
        return words

    if case.contact.email:
        write_once(
            event,
            purpose,
            to=case.contact.email,
            language=case.language,
            say=lambda: say(
                private_link(case),
                _("You receive this letter because you gave this address with your report."),
            ),
        )
    if event.what != Happened.ASKED:
        _tell_others(event, purpose, words_of)


@task(priority=50)
def tell_withdrawal(event_id: int) -> None:
    """The reporter, who took the case back, knows; whoever follows it or reported the same does not."""
    event = event_of(event_id)
    _tell_others(event, "withdrawn", lambda case, event: Words(subject="", lines=[]))


def _tell_others(event: Event, purpose: str, words_of: Callable[[Case, Event], Words]) -> None:
    for reader in _other_readers(event.case):
        say_so = partial(_to_follower, words_of, event, reader)
        write_once(event, f"{purpose}-followed", to=reader.address, language=reader.language, say=say_so)


class Reader(NamedTuple):
    """Who hears of a case without being its reporter: a follower, or the reporter of `own`, which goes on in it."""

    address: str
    language: str
    own: Case | None = None
    follower: int | None = None


def _other_readers(case: Case) -> Iterator[Reader]:
    """Each address once, and not the reporter's."""
    told = {case.contact.email.lower()}
    joined = Contact.objects.filter(case__in=_joined_to(case)).exclude(email="").select_related("case")
    for contact in joined.order_by("pk"):
        if contact.email.lower() not in told:
            told.add(contact.email.lower())
            yield Reader(contact.email, contact.case.language, own=contact.case)
    if case.service.publicity != Publicity.PRIVATE:
        for follower in case.followers.exclude(confirmed_at=None).filter(left_at=None).exclude(email__in={"", *told}):
            yield Reader(follower.email, follower.language, follower=follower.pk)


def _joined_to(case: Case) -> list[int]:
    """The keys of all cases that go on in this one, those that went on in another before included."""
    found: list[int] = []
    new = [case.pk]
    while new:
        new = list(Case.objects.filter(merged_into__in=new).exclude(pk__in=found).values_list("pk", flat=True))
        found += new
    return found


def _to_follower(words_of: Callable[[Case, Event], Words], event: Event, reader: Reader) -> Words:
    case = event.case
    words = words_of(case, event)
    words.subject = _("News of the report you follow (%(reference)s)") % {"reference": case.shown_reference}
    words.lines = [_("State: %(state)s.") % {"state": case.get_state_display()}]
    if event.what == Happened.WITHDRAWN:
        words.lines = [_("Whoever sent this report has taken it back. It is closed.")]
    # Followers see what everybody sees: the administration's words once an officer lets words be public, and
    # never what a reporter has written since, which nobody has looked at.
    words.quote = words.quote if case.words_are_public and event.facts["as"] != Who.REPORTER else ""
    words.facts = case_facts(case)
    words.after = []
    if reader.own is not None:
        words.url, words.label = private_link(reader.own), _("See your report")
        words.why = _("You receive this letter because your report was joined to this one.")
    else:
        words.url, words.label = absolute("short", case.reference), _("See the report")
        words.why = _("You receive this letter because you follow this report.")
        words.leave_url = _following(reader.follower)
    return words


def _following(follower: int | None) -> str:
    """Where the owner of an address confirms that it follows a case, and where it leaves it again."""
    return absolute("portal:confirm_following", dumps(follower, salt=FOLLOW_SALT))


@task(priority=50)
def confirm_following(event_id: int) -> None:
    """Ask the owner of an address whether they want to follow the case: the only letter before they have clicked."""
    event = event_of(event_id)
    follower = Follower.objects.filter(pk=event.facts["follower"], confirmed_at=None).first()
    case = event.case
    if follower is None or not follower.email or case.service.publicity == Publicity.PRIVATE:
        return

    def say() -> Words:
        return Words(
            subject=_("Do you want to follow report %(reference)s?") % {"reference": case.shown_reference},
            lines=[_("Somebody, probably you, asked that this address hear of this report.")],
            facts=case_facts(case),
            url=_following(follower.pk),
            label=_("Yes, follow it"),
            after=[_("If it was not you, do nothing: you will hear no more of it.")],
        )

    write_once(event, "follow", to=follower.email, language=follower.language, say=say)
