"""What whoever filed or follows a case is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
from nafida.cases.models import Case, Event, Follower

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
            _(
                "Keep this letter: with the reference and the PIN, or with the link above, you can answer questions, "
                "withdraw your report or say that the problem is not solved."
            ),
        ],
        why=_("You receive this letter because you gave this address with your report."),
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


def _answered(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Answer to your report (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("%(body)s has answered your report.") % {"body": case.body.name}],
        quote=message_of(event),
        facts=[Fact(_("Outcome"), case.get_outcome_display())],
        after=[_("If the problem is not solved, open the link above and say so: your report is then reopened.")],
    )


def _closed(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Your report is closed (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("Your report is now closed.")],
        quote=message_of(event),
        facts=[Fact(_("Outcome"), case.get_outcome_display())],
        after=[_("If the problem is not solved, open the link above and say so: your report is then reopened.")],
    )


def _reopened(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Your report is open again (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("Your report has been reopened. %(body)s has it again.") % {"body": case.body.name}],
        quote=message_of(event),
    )


def _transferred(case: Case, event: Event) -> Words:
    return Words(
        subject=_("Your report has been passed on (%(reference)s)") % {"reference": case.shown_reference},
        lines=[_("Your report is now with %(body)s, which is competent for it.") % {"body": case.body.name}],
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
    if event.what == Happened.ASKED:
        return
    for follower in case.followers.exclude(confirmed_at=None).filter(left_at=None):
        write_once(
            event,
            f"{purpose}-followed",
            to=follower.email,
            language=follower.language,
            say=lambda: _to_follower(words_of(case, event), case),
        )


def _to_follower(words: Words, case: Case) -> Words:
    words.subject = _("News of the report you follow (%(reference)s)") % {"reference": case.shown_reference}
    words.lines = [_("State: %(state)s.") % {"state": case.get_state_display()}]
    # Followers see what everybody sees: the words only once an officer lets them be public.
    words.quote = words.quote if case.words_are_public else ""
    words.facts = case_facts(case)
    words.after = []
    words.url, words.label = absolute("portal:case", case.reference), _("See the report")
    words.why = _("You receive this letter because you follow this report.")
    return words


@task(priority=50)
def confirm_following(event_id: int) -> None:
    """Ask the owner of an address whether they want to follow the case: the only letter before they have clicked."""
    event = event_of(event_id)
    follower = Follower.objects.filter(pk=event.facts["follower"], confirmed_at=None).first()
    if follower is None:
        return
    case = event.case

    def say() -> Words:
        return Words(
            subject=_("Do you want to follow report %(reference)s?") % {"reference": case.shown_reference},
            lines=[_("Somebody, probably you, asked that this address hear of this report.")],
            facts=case_facts(case),
            url=absolute("portal:confirm_following", dumps(follower.pk, salt=FOLLOW_SALT)),
            label=_("Yes, follow it"),
            after=[_("If it was not you, do nothing: you will hear no more of it.")],
        )

    write_once(event, "follow", to=follower.email, language=follower.language, say=say)
