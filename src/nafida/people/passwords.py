"""What a password must be: long, and not one that everybody tries first."""

from __future__ import annotations

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.utils.translation import gettext as _

SHORTEST = 12


class LongEnough(MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(min_length=SHORTEST)

    def get_error_message(self) -> str:
        return _("This password is too short: it needs at least %(count)d characters.") % {"count": SHORTEST}


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Too many people use this password. Choose another one.")
