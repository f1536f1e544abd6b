"""What the public may see of a case: looked at, shown, hidden for a reason, blurred."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from nafida.cases import actions
from nafida.cases.actions import Faster
from nafida.cases.actor import Actor
from nafida.cases.attachments import keep_blurred
from nafida.cases.life import HideReason, NotAllowed, Verb, Who
from nafida.cases.masking import mask
from nafida.cases.models import Attachment, AttachmentRole, Case, MessageKind
from nafida.cases.pictures import NotAPicture
from nafida.cases.pictures.words import WHY_NOT
from nafida.desk.actions import hold_as_seen
from nafida.desk.casefile import Picture, answers_in_words, pictures_of
from nafida.desk.forms.moderation import BlurForm, ModerationForm
from nafida.desk.pages import show
from nafida.desk.views.case import case_again, case_on_desk
from nafida.people.models import User
from nafida.people.permissions import officer_required
from nafida.reports.models import Report

UNPROCESSABLE = 422


@officer_required()
def moderation(request: HttpRequest, reference: str) -> HttpResponse:
    """All that citizens brought with a case, each with what the public sees of it."""
    assert isinstance(request.user, User)
    case = case_on_desk(request.user, reference)
    if request.method != "POST":
        return _page(request, case)
    form = ModerationForm(request.POST, case=case)
    if not form.is_valid():
        return _page(request, case, form, status=UNPROCESSABLE)
    try:
        _decide(case, Actor.on_desk(request.user, case), form)
    except Faster:
        form.add_error(None, _("Somebody was faster: look at it again. Nothing of yours was done yet."))
        return _page(request, case_again(request.user, case), form, status=409)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, case_again(request.user, case), form, status=UNPROCESSABLE)
    done = _("It is hidden now.") if form.cleaned_data["do"].startswith("hide") else _("The public sees it now.")
    messages.success(request, done)
    return redirect("desk:moderation", reference)


@transaction.atomic
def _decide(case: Case, by: Actor, form: ModerationForm) -> None:
    """Raises Faster or NotAllowed, and then nothing has happened."""
    said = form.cleaned_data
    held = hold_as_seen(case, said["version"])
    if said["do"] == "show":
        chosen = [photo.pk for photo in said["photos"]]
        actions.show_words(held, by=by, photos=chosen)
    elif said["do"] == "hide":
        actions.hide_words(held, by=by, reason=HideReason(said["reason"]))
    elif said["do"].startswith("show"):
        SHOW[said["do"]](form.thing, by=by)
    else:
        HIDE[said["do"]](form.thing, by=by, reason=HideReason(said["reason"]))


SHOW: dict[str, Callable[..., object]] = {"show_update": actions.show_update, "show_photo": actions.show_photo}
HIDE: dict[str, Callable[..., object]] = {"hide_update": actions.hide_update, "hide_photo": actions.hide_photo}


def _page(request: HttpRequest, case: Case, form: ModerationForm | None = None, *, status: int = 200) -> HttpResponse:
    report = Report.objects.get(pk=case.pk)
    pictures = pictures_of(case)
    context = {
        "case": case,
        "report": report,
        "public_place": mask(report.place),
        "public_words": mask(report.description),
        "answers": answers_in_words(case, report),
        "pictures": [one for one in pictures if one.row.role == AttachmentRole.BEFORE],
        "after": [one for one in pictures if one.row.role == AttachmentRole.AFTER],
        "updates": _updates(case, pictures),
        "held_supports": case.supports.filter(held=True).count(),
        "reasons": HideReason.choices,
        "form": form,
    }
    return show(request, "desk/moderation/page.html", context, at="case", status=status)


def _updates(case: Case, pictures: list[Picture]) -> list[dict[str, Any]]:
    """What citizens wrote later for all to read, oldest first, each with its photos."""
    rows = case.messages.filter(kind__in=(MessageKind.UPDATE, MessageKind.REASON), who__in=(Who.CITIZEN, Who.REPORTER))
    rows = rows.prefetch_related(Prefetch("attachments", Attachment.objects.only("message")))
    return [
        {
            "row": row,
            "public": mask(row.text),
            "pictures": [one for one in pictures if one.row.message_id == row.pk],
        }
        for row in rows
        if row.text
    ]


@officer_required()
def blur(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One photo, and rectangles over what nobody should see: by pointer, by keyboard or in numbers."""
    assert isinstance(request.user, User)
    case = case_on_desk(request.user, reference)
    picture = next((one for one in pictures_of(case) if one.number == number), None)
    if picture is None:
        raise Http404
    if request.method != "POST":
        return _blur_page(request, case, picture, BlurForm())
    form = BlurForm(request.POST)
    if form.is_valid() and _blurred(request.user, case, picture.row, form):
        messages.success(request, _("The public sees the photo with these parts blurred."))
        return redirect("desk:moderation", reference)
    return _blur_page(request, case_again(request.user, case), picture, form, status=UNPROCESSABLE)


def _blurred(user: User, case: Case, photo: Attachment, form: BlurForm) -> bool:
    """Whether it was done; if not, the form says why."""
    by = Actor.on_desk(user, case)
    try:
        case.allow(Verb.BLUR, by)
        whole = "again" in form.data
        kept = keep_blurred(photo.picture if whole else photo.public_file("picture"), form.areas)
        with transaction.atomic():
            hold_as_seen(case, form.cleaned_data["version"])
            actions.blur_photo(photo, by=by, kept=kept, areas=len(form.areas))
    except Faster:
        form.add_error(None, _("Somebody was faster: look at it again. Nothing of yours was done yet."))
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    except NotAPicture as refused:
        form.add_error(None, str(WHY_NOT[refused.code]))
    except FileNotFoundError:
        form.add_error(None, _("This is no longer there."))
    return not form.errors


def _blur_page(
    request: HttpRequest, case: Case, picture: Picture, form: BlurForm, *, status: int = 200
) -> HttpResponse:
    context = {"case": case, "picture": picture, "form": form, "rows": range(3)}
    return show(request, "desk/moderation/blur.html", context, at="case", status=status)
