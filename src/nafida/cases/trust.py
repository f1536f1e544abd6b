"""Whose words and photos show at once: the whole rule, on one page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from nafida.cases.models import Case, Message, MessageKind
from nafida.mail.proofs import is_proved
from nafida.mail.standing import is_confirmed


def is_trusted(email: str, phone: str, *, proved: bool) -> bool:
    """Whether whoever gives this address or telephone has brought enough that officers let be seen, and nothing hidden.

    Enough is `settings.TRUSTED_AFTER` cases. One that was hidden, in whole or in part, ends the trust. An address
    counts once its owner has clicked in one of our letters, a telephone once an officer has reached somebody by it.
    Anybody may type what is another's, so nothing counts unless it is `proved` to be the sender's: see proves_contact.
    """
    if not proved:
        return False
    brought = Case.objects.none()
    if email and is_confirmed(email):
        brought = Case.objects.filter(contact__email=email)
    elif phone and _was_reached(phone):
        brought = Case.objects.filter(contact__phone=phone)
    shown = brought.filter(shown_at__isnull=False)[: settings.TRUSTED_AFTER].count()
    return shown >= settings.TRUSTED_AFTER and not brought.with_something_hidden().exists()


def proves_contact(request: HttpRequest, email: str, phone: str) -> bool:
    """Whether this browser has shown that the address or telephone is its owner's: see mail.proofs."""
    return is_proved(request, email or phone)


def telephone_shown_by(case: Case) -> str:
    """The telephone that whoever opens this case's private link owns: an officer has reached them by it; "" else.

    Only where an officer has let the case be seen too: anybody may file one with another's number.
    """
    phone = case.contact.phone
    called = phone and case.shown_at and case.messages.filter(kind=MessageKind.CALL).exists()
    return phone if called else ""


def _was_reached(phone: str) -> bool:
    return Message.objects.filter(kind=MessageKind.CALL, case__contact__phone=phone).exists()
