"""The page that leads to all settings, and the page that says who changed which."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nafida.desk.change_words import lines
from nafida.desk.pages import roles_of, show
from nafida.people.models import Role, Trace, User
from nafida.people.permissions import officer_required
from nafida.people.trail import Traced

NEWEST = 100
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
BOTH = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})


class Card(NamedTuple):
    """Name of the page, its sign, its word, what it is for, and who may open it."""

    name: str
    sign: str
    title: Promise
    words: Promise
    roles: frozenset[Role]


CARDS = (
    Card("bodies", "body", _("Administrations"), _("How each is reached, and in which language"), ADMINISTRATOR),
    Card("people", "person", _("Colleagues"), _("Who has which role, and who is invited"), ADMINISTRATOR),
    Card(
        "authorities",
        "flag",
        _("Local authorities"),
        _("Pachaliks, caïdats and annexes, and their areas"),
        ADMINISTRATOR,
    ),
    Card("services", "tool", _("Services"), _("What can be reported, its form and its time limit"), ADMINISTRATOR),
    Card(
        "responsibilities",
        "transfer",
        _("Who answers"),
        _("Which body for which service, where, from when"),
        ADMINISTRATOR,
    ),
    Card("days", "clock", _("Calendar"), _("Holidays, and days that do not follow the calendar"), ADMINISTRATOR),
    Card("week", "clock", _("Working week"), _("Which days count for time limits, and from when"), BOTH),
    Card(
        "participation", "home", _("Communes that take part"), _("Open with some communes, add the others later"), BOTH
    ),
    Card("templates", "reply", _("Templates of answers"), _("What is answered often, in both languages"), BOTH),
    Card("notices", "info", _("Notices to citizens"), _("Works, a road closed: on the home page for some days"), BOTH),
    Card("letters", "mail", _("Letters"), _("Every kind as it is read, and a test letter"), BOTH),
    Card("ready", "check", _("Ready to open?"), _("What must be done before citizens come"), BOTH),
    Card("landmarks", "pin", _("Landmarks"), _("Places that people name: mosque, school, market, hamlet"), BOTH),
    Card("changes", "list", _("Changes"), _("Who changed which setting, when, from what to what"), BOTH),
)


@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def settings(request: HttpRequest) -> HttpResponse:
    """One card for each page of settings that the reader may open."""
    assert isinstance(request.user, User)
    held = roles_of(request.user)
    cards = [(card, reverse(f"desk:{card.name}")) for card in CARDS if card.roles & held]
    return show(request, "desk/settings.html", {"cards": cards}, at="settings")


@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def changes(request: HttpRequest) -> HttpResponse:
    """The newest lines of the trail about settings."""
    rows = Trace.objects.filter(what=Traced.SETTING_CHANGED).select_related("by")[:NEWEST]
    return show(request, "desk/changes.html", {"rows": lines(rows)}, at="settings")
