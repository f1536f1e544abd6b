"""Pictures of cases for those who may see the case; nothing on the way keeps them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone

from nafida.cases import files
from nafida.cases.models import BodyLink, Case
from nafida.desk.casefile import pictures_of
from nafida.desk.views.case import case_on_desk
from nafida.people.models import User
from nafida.people.permissions import key_holder, officer_required, private_page


@officer_required()
def picture(request: HttpRequest, reference: str, number: int, size: str) -> HttpResponse:
    assert isinstance(request.user, User)
    return _send(case_on_desk(request.user, reference), number, size)


@private_page
@key_holder
def answer_picture(request: HttpRequest, token: str, number: int, size: str) -> HttpResponse:
    """For whoever holds a link that still works."""
    link = BodyLink.objects.by_token(token)
    if link is None or not link.is_usable(timezone.now()):
        raise Http404
    return _send(link.case, number, size)


def _send(case: Case, number: int, size: str) -> HttpResponse:
    found = next((one.row for one in pictures_of(case) if one.number == number), None)
    if found is None or size not in ("small", "large", "public"):
        raise Http404
    try:
        names = {"small": found.thumbnail, "large": found.picture, "public": found.public_file("picture")}
        file = files.open_kept(names[size])
    except (FileNotFoundError, ValueError) as gone:
        raise Http404 from gone
    response = FileResponse(file, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
