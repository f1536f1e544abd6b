"""What an element needs to become a map, `{% load maps %}`: `<div class="map" data-map {% map_data %}></div>`.

The page links to ui/map.css and, deferred, to ui/map.js, which says what else the element may carry.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from nafida.territory.ground import ground

register = template.Library()

type Bounds = tuple[float, float, float, float] | None

PARTS = ("ui/map-chart.js", "ui/map-reports.js")


@register.simple_tag
def map_data() -> SafeString:
    """The attributes of a map's element: addresses, base map, bounds in degrees, words in the active language."""
    land = ground()
    return _attributes(land.digest, land.bounds, _written(settings.BASEMAP), get_language())


@lru_cache(maxsize=16)
def _attributes(digest: str, bounds: Bounds, base: str, language: str | None) -> SafeString:
    """Every map of a language carries the same; `language` is the active one."""
    facts: dict[str, Any] = {
        "leaflet": static("ui/leaflet/leaflet.js"),
        "sheet": static("ui/leaflet/leaflet.css"),
        "parts": [static(part) for part in PARTS],
        "ground": reverse("ground", args=[digest]),
        "tiles": reverse("report_tile", args=["{z}", "{x}", "{y}"]).replace("%7B", "{").replace("%7D", "}"),
        "card": reverse("portal:card", args=["REFERENCE"]),
        "base": base,
        "bounds": bounds,
        "words": _words(),
    }
    return format_html_join(" ", 'data-{}="{}"', ((name, _written(value)) for name, value in facts.items()))


def _written(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _words() -> dict[str, str]:
    return {
        "map": _("Map of the reports. Arrow keys move it, plus and minus change how close it is."),
        "pick": _(
            "Map: move it until the pin stands at the place. Arrow keys move it, plus and minus change how close."
        ),
        "zoom_in": _("Closer"),
        "zoom_out": _("Further away"),
        "locate": _("Show where I am"),
        "lost": _("Your phone did not tell where you are. Move the map by hand."),
        "lost_card": _("This report could not be fetched. Try again."),
        "failed": _("The map could not be loaded. Everything on it stands in the list too."),
        "card": _("Report on the map"),
        "close": _("Close"),
        "received": pgettext("on the map", "received"),
        "in_hand": pgettext("on the map", "in hand"),
        "ended": pgettext("on the map", "ended"),
        "one": _("Report, {state}"),
        "heap": _("Reports here: {total} (received {received}, in hand {in_hand}, ended {ended})"),
        "square": _(
            "Somewhere in this square of 500 m: {total} (received {received}, in hand {in_hand}, ended {ended})"
        ),
    }
