"""Every route says who may come."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from nafida.people.permissions import public

OTHERS = {
    "allauth.": "sign-in is open by nature, and allauth guards its own pages of an account",
    "django.views.i18n": "changing the language is open to everybody",
    "django.contrib.staticfiles.views": "files of the pages are public",
    "django.views.static": "files of the pages are public",
}
"""Views of others, by the start of their module, and why they need not say it."""


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Address → view, of everything below `patterns`."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def open_routes(patterns: list[Any]) -> list[str]:
    """Addresses whose view says nothing about who may come."""
    return [
        f"{address} ({view.__module__}.{getattr(view, '__name__', view)})"
        for address, view in routes(patterns)
        if not getattr(view, "who", None) and not view.__module__.startswith(tuple(OTHERS))
    ]


def silent(request: object) -> HttpResponse:
    return HttpResponse()


@public
def spoken(request: object) -> HttpResponse:
    return HttpResponse()


def test_every_route_says_who_may_come() -> None:
    assert open_routes(get_resolver().url_patterns) == []


@pytest.mark.parametrize(("view", "count"), [(silent, 1), (spoken, 0)])
def test_a_route_that_says_nothing_is_seen(view: Any, count: int) -> None:
    assert len(open_routes([path("a/", view)])) == count
