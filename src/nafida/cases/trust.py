"""Whose words and photos show at once: the whole rule, on one page."""

from __future__ import annotations

from django.conf import settings

from nafida.cases.models import Case, Message, MessageKind
from nafida.mail.standing import is_confirmed


def is_trusted(email: str, phone: str) -> bool:
    """Whether whoever gives this address or telephone has brought enough that officers let be seen, and nothing hidden.

    Enough is `settings.TRUSTED_AFTER` cases. One that was hidden, in whole or in part, ends the trust. An address
    counts once its owner has clicked in one of our letters, a telephone once an officer has reached somebody by it.
    """
    brought = Case.objects.none()
    if email and is_confirmed(email):
        brought = Case.objects.filter(contact__email=email)
    elif phone and _was_reached(phone):
        brought = Case.objects.filter(contact__phone=phone)
    shown = brought.filter(shown_at__isnull=False)[: settings.TRUSTED_AFTER].count()
    return shown >= settings.TRUSTED_AFTER and not brought.with_something_hidden().exists()


def _was_reached(phone: str) -> bool:
    return Message.objects.filter(kind=MessageKind.CALL, case__contact__phone=phone).exists()
