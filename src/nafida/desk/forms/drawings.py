"""The drawings that a service may have, each offered with its picture."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from nafida.ui.templatetags.nafida import icon

DRAWINGS: dict[str, Promise] = {
    "lamp": _("Lamp"),
    "road": _("Road"),
    "bin": _("Bin"),
    "drop": _("Water drop"),
    "tree": _("Tree"),
    "bug": _("Insect"),
    "wave": _("Wave"),
    "tool": _("Tool"),
    "van": _("Lorry"),
    "body": _("Public building"),
    "home": _("House"),
    "people": _("People"),
    "person": _("Person"),
    "alert": _("Warning sign"),
    "flag": _("Flag"),
    "bell": _("Bell"),
    "pin": _("Pin on a map"),
    "star": _("Star"),
    "lock": _("Padlock"),
    "document": _("Document"),
}
"""Names of ui.icons, and what each shows."""


def drawings() -> list[tuple[str, Promise | SafeString]]:
    """The choices of a form; the first, empty, is the shelf's."""
    shown = [(name, format_html("{} {}", icon(name), words)) for name, words in DRAWINGS.items()]
    return [("", _("That of its shelf")), *shown]
