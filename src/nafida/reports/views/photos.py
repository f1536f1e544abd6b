"""Photos that wait for their form: sent one by one while it is filled in, looked at, removed."""

from __future__ import annotations

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nafida.cases.files import open_kept
from nafida.people.permissions import key_holder, private_page, public, same_origin_post
from nafida.people.throttle import network_of, take_turn
from nafida.reports.drafts import Sheet
from nafida.reports.models import Draft

UNPROCESSABLE = 422
TURNS, WINDOW = 60, 60
"""Photos a minute from one network; whoever comes later sends them with the form, which is never refused."""


class Waiting(msgspec.Struct):
    """A photo that waits: `draft` opens it for the form, `key` removes it, `shown` is its thumbnail's address.

    `place` is where it was taken: longitude and latitude (WGS84 degrees), for whoever sent it alone.
    """

    draft: str
    form_key: str
    key: int
    shown: str
    place: tuple[float, float] | None


@same_origin_post
@private_page
@public
@require_POST
def add_photo(request: HttpRequest) -> HttpResponse:
    """One photo (`photo`) of a form (`form_key`, perhaps `draft`) → Waiting as JSON; 422 and {"error": sentence}.

    With `remove` instead, a photo that waits is dropped.
    """
    sheet = Sheet.read(request.POST)
    sheet.remove(request.POST.getlist("remove"))
    photo = request.FILES.get("photo")
    if not isinstance(photo, UploadedFile):
        return _json({"waiting": len(sheet.waiting)})
    if not take_turn("photos", network_of(request), limit=TURNS, seconds=WINDOW):
        return _json({"error": _("Too many photos at once. They are sent with the report.")}, status=429)
    told = sheet.take([photo])
    sheet.wait()
    if told or sheet.draft is None:
        return _json({"error": " ".join(told)}, status=UNPROCESSABLE)
    row = sheet.waiting[-1]
    shown = reverse("reports:draft_photo", args=[sheet.token, row.pk])
    return _json(Waiting(sheet.token, str(sheet.form_key), row.pk, shown, row.taken_at))


def _json(content: object, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(content), content_type="application/json", status=status)


@private_page
@key_holder
@require_safe
def draft_photo(request: HttpRequest, token: str, photo: int) -> HttpResponseBase:
    """The thumbnail of a photo that waits for its form."""
    draft = Draft.objects.by_token(token)
    row = draft.pictures.filter(pk=photo).first() if draft and photo < 2**63 else None
    if row is None:
        raise Http404
    try:
        return FileResponse(open_kept(row.thumbnail), filename=f"{photo}.jpg")
    except FileNotFoundError as gone:
        raise Http404 from gone
