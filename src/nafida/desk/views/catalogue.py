"""The catalogue on the desk: services and the questions of their forms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nafida.desk.forms.catalogue import QuestionForm, ServiceForm
from nafida.desk.pages import show
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.services.actions import add_service, change_service, remove_question, set_question
from nafida.services.models import Question, Service


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


@officer_required(Role.ADMINISTRATOR)
def services(request: HttpRequest) -> HttpResponse:
    """All services by shelf, those switched off too."""
    shelves: dict[str, list[Service]] = {}
    for service in Service.objects.in_order():
        shelves.setdefault(service.group.name, []).append(service)
    return show(request, "desk/services.html", {"shelves": shelves}, at="settings")


@officer_required(Role.ADMINISTRATOR)
def new_service(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        service = add_service(by=request.user, facts=form.cleaned_data)
        messages.success(request, _("%(body)s: kept. Say now who answers for it.") % {"body": service.name})
        return redirect("desk:service", service.code)
    return show(request, "desk/service.html", {"form": form}, at="settings", status=_status(request))


@officer_required(Role.ADMINISTRATOR)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service: its facts in a form, and its questions."""
    assert isinstance(request.user, User)
    found = get_object_or_404(Service, code=code)
    form = ServiceForm(request.POST if request.method == "POST" else None, service=found)
    if form.is_valid():
        change_service(found, by=request.user, facts=form.cleaned_data)
        found.refresh_from_db()
        messages.success(request, _("%(body)s: kept.") % {"body": found.name})
        return redirect("desk:services")
    context = {"form": form, "service": found, "questions": found.questions.prefetch_related("choices")}
    return show(request, "desk/service.html", context, at="settings", status=_status(request))


@officer_required(Role.ADMINISTRATOR)
def new_question(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Service, code=code)
    return _question_page(request, Question(service=found))


@officer_required(Role.ADMINISTRATOR)
def question(request: HttpRequest, code: str, key: int) -> HttpResponse:
    return _question_page(
        request, get_object_or_404(Question.objects.select_related("service"), pk=key, service__code=code)
    )


def _question_page(request: HttpRequest, row: Question) -> HttpResponse:
    assert isinstance(request.user, User)
    others = set(row.service.questions.exclude(pk=row.pk).values_list("code", flat=True))
    form = QuestionForm(request.POST if request.method == "POST" else None, question=row, others=others)
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "choices"}
        set_question(row, by=request.user, facts=facts, choices=form.cleaned_data["choices"])
        messages.success(request, _("The question is kept."))
        return redirect("desk:service", row.service.code)
    context = {"form": form, "service": row.service, "question": row}
    return show(request, "desk/question.html", context, at="settings", status=_status(request))


@require_POST
@officer_required(Role.ADMINISTRATOR)
def drop_question(request: HttpRequest, code: str, key: int) -> HttpResponse:
    assert isinstance(request.user, User)
    remove_question(get_object_or_404(Question, pk=key, service__code=code), by=request.user)
    messages.success(request, _("The question is deleted; answers given stay with their cases."))
    return redirect("desk:service", code)
