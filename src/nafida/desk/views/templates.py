"""Templates of answers: the list, and the page of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from nafida.cases.filling import VARIABLES
from nafida.cases.models import AnswerTemplate
from nafida.desk.answer_templates import (
    EDITORS,
    bodies_of_editor,
    drop_template,
    edits_all,
    save_template,
    templates_of_editor,
)
from nafida.desk.forms.templates import TemplateForm
from nafida.desk.pages import show
from nafida.people.models import User
from nafida.people.permissions import officer_required


@officer_required(*EDITORS)
def templates(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    return show(request, "desk/templates.html", {"rows": templates_of_editor(request.user)}, at="templates")


@officer_required(*EDITORS)
def new(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


@officer_required(*EDITORS)
def template(request: HttpRequest, key: int) -> HttpResponse:
    """One template, to be changed or dropped; of another body's nobody learns."""
    assert isinstance(request.user, User)
    return _page(request, get_object_or_404(templates_of_editor(request.user), pk=key))


def _page(request: HttpRequest, row: AnswerTemplate | None) -> HttpResponse:
    assert isinstance(request.user, User)
    user, sent = request.user, request.POST if request.method == "POST" else None
    if sent is not None and "drop" in sent and row is not None:
        drop_template(row, by=user)
        messages.success(request, _("The template is gone."))
        return redirect("desk:templates")
    form = TemplateForm(sent, template=row, bodies=bodies_of_editor(user), for_all=edits_all(user))
    if form.is_valid():
        facts = dict(form.cleaned_data)
        services = list(facts.pop("services"))
        save_template(row or AnswerTemplate(), by=user, facts=facts, services=services)
        messages.success(request, _("The template is kept."))
        return redirect("desk:templates")
    context = {"form": form, "row": row, "variables": VARIABLES}
    return show(request, "desk/template.html", context, at="templates", status=422 if sent is not None else 200)
