"""What all pages of the desk share: their head, and who sees which of its doors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.people.models import Role, User

EVERYBODY = frozenset(Role)
DOORS = (
    ("inbox", _("Cases"), EVERYBODY),
    ("behalf_choose", _("New case"), frozenset({Role.AGENT, Role.MANAGER, Role.COORDINATOR})),
    ("late", _("What is late"), frozenset({Role.COORDINATOR, Role.MANAGER})),
    ("templates", _("Templates of answers"), frozenset({Role.MANAGER})),
    ("round", _("My round"), frozenset({Role.AGENT, Role.MANAGER})),
    ("people", _("Colleagues"), frozenset({Role.ADMINISTRATOR, Role.MANAGER})),
    ("settings", _("Settings"), frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})),
    ("post", _("Post office"), frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})),
)
"""Name of the page, its word, and the roles that it is shown to; others find it among the settings."""


def roles_of(user: User) -> set[str]:
    """The roles that somebody holds today, of whichever body."""
    return set(user.memberships.on(timezone.localdate()).values_list("role", flat=True))


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    at: str = "",
    status: int = 200,
    held: set[str] | None = None,
) -> HttpResponse:
    """A page of the desk with its doors; `at` names the one that is open, `held` the roles if known."""
    assert isinstance(request.user, User)
    held = roles_of(request.user) if held is None else held
    doors = [
        {"url": reverse(f"desk:{name}"), "label": label, "here": name == at}
        for name, label, roles in DOORS
        if roles & held
    ]
    return render(request, template, {**context, "doors": doors}, status=status)
