"""What a telephone asks before it puts the site among its own programs."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from nafida.people.permissions import public
from nafida.ui.context import Site

GREEN, PAPER = "#0d5b47", "#ffffff"
ICONS = (
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("maskable-512.png", 512, "maskable"),
)


@public
@require_safe
@cache_control(max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """The site as one program, in the language of the address: a W3C web application manifest."""
    place = Site().place
    name = _("Provincial Citizen Window")
    told: dict[str, Any] = {
        "id": "/",
        "name": f"{name} · {place}" if place else name,
        "short_name": _("Nafida"),
        "lang": translation.get_language(),
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": GREEN,
        "icons": [_icon(*each) for each in ICONS],
        "shortcuts": [
            {"name": _("Report a problem"), "url": reverse("reports:start")},
            {"name": _("Follow your report"), "url": reverse("portal:find")},
        ],
    }
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json")


def _icon(name: str, side: int, purpose: str) -> dict[str, str]:
    return {"src": static(f"ui/app/{name}"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}


@public
@require_safe
@cache_control(max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that know no drawn icon ask here."""
    return HttpResponseRedirect(static("ui/app/favicon.ico"))
