"""Tags and filters of every page: `{% load nafida %}`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_from_path

from nafida.ui import moments
from nafida.ui.icons import ICONS, MIRRORED

register = template.Library()

LANGUAGE_NAMES = {
    "ar": ("العربية", "ع"),
    "fr": ("Français", "FR"),
    "en": ("English", "EN"),
    "zgh": ("ⵜⴰⵎⴰⵣⵉⵖⵜ", "ⵣ"),
}
"""Each language in its own words, and as phones show it: a part of the former, as voice control needs it."""


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[dict[str, str]]:
    """The same page in each other language: code, name and short (its own words), dir, url (path, query)."""
    request = context.get("request")
    here = request.get_full_path() if request else "/"
    match = getattr(request, "resolver_match", None)
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code][0],
            "short": LANGUAGE_NAMES[code][1],
            "dir": "rtl" if LANG_INFO[code]["bidi"] else "ltr",
            "url": _in_language(here, code, match.route if match else ""),
        }
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


_prefixed: dict[tuple[str, str, str], bool] = {}
"""Of a route, its routes and a language: whether its addresses there differ in nothing but the language in front."""


def _in_language(url: str, code: str, route: str) -> str:
    written = get_language_from_path(url.partition("?")[0])
    # A page that is not there has no translated address, yet one may want to read so in another language.
    prefixed = f"/{code}{url[len(written) + 1 :]}" if written else f"/{code}/"
    key = (settings.ROOT_URLCONF, route, code)
    if route and _prefixed.get(key):
        return prefixed
    translated = translate_url(url, code)
    _prefixed[key] = translated == prefixed
    return translated if translated != url else prefixed


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """{% kept a b %}…{% endkept %}: drawn once in each language for the same `a` and `b`, of which alone it is made.

    {% kept a unless b %} draws it anew while `b`: a form that was sent, say.
    """
    names, _unless, reason = " ".join(token.split_contents()[1:]).partition("unless ")
    values = [parser.compile_filter(word) for word in names.split()]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(inside, values, parser.compile_filter(reason) if reason else None)


class Kept(Node):
    """A part of a page that is made of nothing but these values and the language; kept in each process."""

    MOST = 200

    def __init__(self, nodelist: NodeList, values: list[FilterExpression], unless: FilterExpression | None) -> None:
        self.nodelist = nodelist
        self._values = values
        self._unless = unless
        self._drawn: dict[tuple[Hashable, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        if self._unless and self._unless.resolve(context, ignore_failures=True):
            return self.nodelist.render(context)
        key = (get_language(), *(value.resolve(context) for value in self._values))
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= self.MOST:
                self._drawn.clear()
            drawn = self._drawn[key] = self.nodelist.render(context)
        return drawn


@register.simple_tag
def options(choices: Iterable[tuple[str, object]], chosen: str = "") -> SafeString:
    """The options of a <select> for pairs of code and name."""
    drawn = _options(tuple(choices), get_language())
    this = format_html('<option value="{}">', chosen)
    return mark_safe(drawn.replace(this, f"{this[:-1]} selected>", 1)) if chosen else drawn


@lru_cache(maxsize=100)
def _options(choices: tuple[tuple[str, object], ...], language: str | None) -> SafeString:
    """None of them chosen; `language` is the active one, in which lazy names are written."""
    return format_html_join("", '<option value="{}">{}</option>', choices)


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name: str, label: str = "") -> SafeString:
    """An inline drawing of nafida.ui.icons; hidden from screen readers unless it has a `label`."""
    if name not in ICONS:
        raise TemplateSyntaxError(f"There is no icon called {name!r}; nafida/ui/icons.py lists them.")
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        " icon-mirrored" if name in MIRRORED else "",
        voice,
        mark_safe(ICONS[name]),
    )


@register.filter
def bdi(value: object) -> SafeString:
    """The value kept apart from the direction of the words around it: references, amounts, addresses."""
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def moment(value: datetime | None) -> str:
    """Day and hour, local: «20 نونبر 2026، 18:04»; "" for nothing."""
    if not value:
        return ""
    at = moments.local(value)
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), moments.moment_in_words(at))


@register.filter
def day(value: date | datetime | None) -> str:
    """The day alone: «20 نونبر 2026»; a date-time counts in local time."""
    if not value:
        return ""
    plain = moments.local(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), moments.day_in_words(plain))


@register.filter
def ago(value: datetime | None) -> str:
    """The distance from now in words, the exact moment on hover: «منذ يومين»."""
    if not value:
        return ""
    at = moments.local(value)
    exact, words = moments.moment_in_words(at), moments.distance_in_words(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(timespec="seconds"), exact, words)
