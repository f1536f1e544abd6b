"""What Django says about a form that is filled in wrongly, said as an administration speaks to people.

Django looks these msgids up in its own domain; our catalogues come first (LOCALE_PATHS), so what they say
of them wins: polite plural in Arabic, where Django's is the familiar singular. Nothing reads the tuples
below: they stand here so that makemessages finds the msgids and keeps the translations.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SAID_OF_A_FIELD = (
    _("This field is required."),
    _("Enter a valid email address."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid date/time."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
)
TOO_LONG = ngettext_lazy(
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    "limit_value",
)
