"""What the site says of itself: personal data, proof of the journal, sources."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nafida.cases.models import Checkpoint
from nafida.packs.pack import load_pack
from nafida.people.permissions import public
from nafida.reports.filters import read_once
from nafida.territory.models import Body, BodyKind

CHECKPOINTS = 100


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who keeps what people tell, why, for how long, and how to have it erased."""
    governorate = Body.objects.of_kind(BodyKind.GOVERNORATE).first()
    law = load_pack(settings.PACK).data_protection(get_language() or settings.LANGUAGE_CODE)
    return render(request, "portal/privacy.html", {"governorate": governorate, "law": law})


@public
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Checkpoints of the journal, newest first: copied elsewhere, they prove that history was not rewritten since."""
    rows = Checkpoint.objects.order_by("-pk")
    before = read_once(request.GET, "before")
    if before:
        if not (before.isascii() and before.isdigit() and len(before) < 19):
            raise BadRequest(_("There is no such page of this list."))
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows[: CHECKPOINTS + 1])
    page = {
        "checkpoints": shown[:CHECKPOINTS],
        "older": shown[CHECKPOINTS - 1].pk if len(shown) > CHECKPOINTS else None,
    }
    return render(request, "portal/journal.html", page)


@public
@require_safe
def credits(request: HttpRequest) -> HttpResponse:
    """Whose data and letters these pages are made with."""
    rows = load_pack(settings.PACK).credits(get_language() or settings.LANGUAGE_CODE)
    return render(request, "portal/credits.html", {"rows": rows})
