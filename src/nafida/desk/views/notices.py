"""What citizens are told on the home page and the pages of communes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.desk.notices import NoticeForm, keep_notice
from nafida.desk.pages import show
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.territory.models import Notice

NEWEST = 100


@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def notices(request: HttpRequest) -> HttpResponse:
    """The newest, each with its days and whether it is told today."""
    today = timezone.localdate()
    rows = Notice.objects.select_related("area").defer("area__boundary")[:NEWEST]
    told = [(row, row.holds_on(today)) for row in rows]
    return show(request, "desk/notices.html", {"rows": told}, at="settings")


@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def new_notice(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def notice(request: HttpRequest, key: int) -> HttpResponse:
    return _page(request, get_object_or_404(Notice, pk=key))


def _page(request: HttpRequest, row: Notice | None) -> HttpResponse:
    assert isinstance(request.user, User)
    form = NoticeForm(request.POST if request.method == "POST" else None, notice=row)
    if form.is_valid():
        keep_notice(row, by=request.user, facts=form.cleaned_data)
        messages.success(request, _("The notice is kept."))
        return redirect("desk:notices")
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/notice.html", {"form": form}, at="settings", status=status)
