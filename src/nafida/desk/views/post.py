"""What did not leave the house: letters that failed and tasks that were set aside, to be tried again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from nafida.cases.letters.unread import bodies_nobody_reads
from nafida.cases.models import CaseLetter
from nafida.desk.casefile import PURPOSES
from nafida.desk.pages import show
from nafida.desk.settings_changes import reach_body_again
from nafida.desk.settings_changes import retry_letter as retry_letter_traced
from nafida.desk.settings_changes import retry_task as retry_task_traced
from nafida.mail.models import Letter
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.territory.models import Body

MOST = 100
_ADDRESS = re.compile(r"([^\s<>@])[^\s<>@]*@")


@dataclass(frozen=True)
class FailedLetter:
    """What may be said of a letter to who runs the post: nothing of its words, its address only in outline."""

    key: int
    purpose: object
    to: str
    reference: str
    at: datetime
    attempts: int
    error: str
    erased: bool


def veiled(text: str) -> str:
    """Addresses in a text down to their first letter and their domain."""
    return _ADDRESS.sub(r"\1…@", text)


@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def post(request: HttpRequest) -> HttpResponse:
    rows = list(Letter.objects.failed().defer("subject", "text", "html")[:MOST])
    told = CaseLetter.objects.filter(letter__in=rows).select_related("case")
    cases = {row.letter_id: row.case.shown_reference for row in told}
    letters = [
        FailedLetter(
            key=row.pk,
            purpose=PURPOSES.get(row.purpose.removesuffix("-followed"), row.purpose),
            to=veiled(row.to),
            reference=cases.get(row.pk, ""),
            at=row.queued_at,
            attempts=row.attempts,
            error=veiled(row.last_error)[:300],
            erased=row.is_erased,
        )
        for row in rows
    ]
    # Neither arguments nor traceback: they may quote people.
    tasks = DBTaskResult.objects.failed().order_by("-finished_at")
    shown = tasks.values("pk", "task_path", "exception_class_path", "finished_at", "queue_name")[:MOST]
    context = {"letters": letters, "tasks": list(shown), "unread": bodies_nobody_reads()}
    return show(request, "desk/post.html", context, at="post")


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def retry_letter(request: HttpRequest, key: int) -> HttpResponse:
    assert isinstance(request.user, User)
    _say(request, retry_letter_traced(get_object_or_404(Letter, pk=key), by=request.user))
    return redirect("desk:post")


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def retry_task(request: HttpRequest, key: UUID) -> HttpResponse:
    assert isinstance(request.user, User)
    get_object_or_404(DBTaskResult, pk=key)
    _say(request, retry_task_traced(key, by=request.user))
    return redirect("desk:post")


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def reach_again(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody has called the body: its address is written to again."""
    assert isinstance(request.user, User)
    reach_body_again(get_object_or_404(Body, code=code), by=request.user)
    messages.success(request, _("It is written to again."))
    return redirect("desk:post")


def _say(request: HttpRequest, worked: bool) -> None:
    if worked:
        messages.success(request, _("It is being tried again."))
    else:
        messages.warning(request, _("This is no longer waiting to be tried again."))
