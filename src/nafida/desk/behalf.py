"""A new case on behalf of somebody: who files it, and what is printed for whom it is."""

from __future__ import annotations

from datetime import datetime, timedelta

import segno
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from nafida.cases.actor import Actor
from nafida.cases.letters.writing import absolute
from nafida.cases.life import Who
from nafida.cases.models import Case, Channel
from nafida.desk.forms.behalf import BehalfForm
from nafida.people.models import Membership, Role, User
from nafida.reports.actions import file_report
from nafida.reports.drafts import Sheet

RECEIPT_LIVES = timedelta(hours=24)
"""Who filed it may print the receipt for so long: its PIN lets one act as the citizen."""
FILERS = (Role.AGENT, Role.MANAGER, Role.COORDINATOR)


def filing_membership(user: User) -> Membership:
    """For which body somebody files: where they work, else where they coordinate."""
    held = user.memberships.on(timezone.localdate()).with_role(*FILERS).select_related("body")
    return min(held, key=lambda one: (one.role == Role.COORDINATOR, one.pk))


def file_on_behalf(form: BehalfForm, sheet: Sheet, *, by: User) -> Case:
    """File what a valid form says. What an officer has found on the own round counts as filed by the own body."""
    membership = filing_membership(by)
    who = Who.COORDINATOR if membership.role == Role.COORDINATOR else Who.OFFICER
    channel = Channel(form.cleaned_data["channel"])
    assert form.where is not None
    case, _first = file_report(
        form.service,
        form.where,
        form.account(sheet.pictures()),
        by=Actor(who, by, membership.body),
        form_key=sheet.form_key,
        language=form.cleaned_data["language"],
        urgent=form.tells_danger,
        channel=channel,
        filed_by_body=membership.body if channel == Channel.FIELD else None,
        proved=True,  # an officer has them at the counter or on the line, and has read what they say
        **form.contact(),
    )
    return case


def filed_lately_by(user: User, reference: str, now: datetime) -> Case | None:
    """A case that this very officer has filed for somebody in the last day, whoever has it now."""
    rows = Case.objects.with_names().filter(reference=reference, received_at__gt=now - RECEIPT_LIVES)
    return rows.filter(events__seq=1, events__by=user).first()


def private_address(case: Case) -> str:
    """The private link as a citizen types it or photographs it, in the language of the case."""
    return absolute("portal:mine", case.reference, case.private_key)


def qr_code(text: str) -> SafeString:
    """A QR code as an inline drawing, black on white."""
    drawn = segno.make(text, error="m").svg_inline(scale=4, border=2, light="#fff", dark="#000", omitsize=True)
    return mark_safe(drawn)
