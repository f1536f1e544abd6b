"""Tags and filters of every page: `{% load nafida %}`."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.urls import translate_url
from django.utils.html import format_html
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
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code][0],
            "short": LANGUAGE_NAMES[code][1],
            "dir": "rtl" if LANG_INFO[code]["bidi"] else "ltr",
            "url": _in_language(here, code),
        }
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


def _in_language(url: str, code: str) -> str:
    translated = translate_url(url, code)
    if translated != url:
        return translated
    written = get_language_from_path(url.partition("?")[0])
    # A page that is not there has no translated address, yet one may want to read so in another language.
    return f"/{code}{url[len(written) + 1 :]}" if written else f"/{code}/"


@register.inclusion_tag("ui/language_links.html", takes_context=True)
def language_links(context: Context) -> dict[str, Any]:
    """Links to this page in the other languages, each marked with its own `lang` and direction."""
    return {"languages": other_languages(context)}


@register.simple_tag
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
    return format_html('<time datetime="{}">{}</time>', _stamp(value), moments.moment_in_words(value))


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
    exact = moments.moment_in_words(value)
    words = moments.distance_in_words(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', _stamp(value), exact, words)


def _stamp(value: datetime) -> str:
    return moments.local(value).isoformat(timespec="seconds")
