"""Who answers for what where: the rules, what they leave open, and what they say twice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nafida.desk.forms.responsibilities import RuleDaysForm, RuleForm, WhoForm
from nafida.desk.pages import show
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.reports.actions import with_parents
from nafida.services.actions import add_responsibility, change_responsibility
from nafida.services.check import find_gaps, find_overlaps
from nafida.services.models import Responsibility, Service
from nafida.services.responsibility import Spot, holds, who_answers


@officer_required(Role.ADMINISTRATOR)
def responsibilities(request: HttpRequest) -> HttpResponse:
    """The rules by service, gaps and overlaps, "who would answer for this, here?", and a form for one more rule."""
    assert isinstance(request.user, User)
    form = RuleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        rule = add_responsibility(by=request.user, facts=form.cleaned_data)
        messages.success(request, _("The rule is kept and holds for new cases."))
        return redirect(f"{reverse('desk:responsibilities')}?{urlencode({'of': rule.service.code})}")
    today = timezone.localdate()
    who = WhoForm(request.GET if "service" in request.GET else None)
    gaps = find_gaps(today)
    context = {
        "form": form,
        "who": who,
        "answer": _answer(who),
        "shelves": _rules(request.GET.get("of", "")),
        "of": request.GET.get("of", ""),
        "nobody": gaps.nobody,
        "unreachable": gaps.unreachable,
        "overlaps": find_overlaps(),
    }
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/responsibilities.html", context, at="settings", status=status)


def _answer(who: WhoForm) -> Any:
    """The body that a WhoForm asks for, as an Answerer; None while nothing is asked."""
    if not who.is_bound or not who.is_valid():
        return None
    told = who.cleaned_data
    commune = with_parents().get(code=told["commune"])
    service = Service.objects.get(code=told["service"])
    return who_answers(service.pk, Spot.in_commune(commune), told["day"] or timezone.localdate())


def _rules(code: str) -> list[tuple[Service, list[tuple[Responsibility, bool]]]]:
    """Each service with its rules, and whether each holds today; of one service only where `code` names it."""
    today = timezone.localdate()
    rows = Responsibility.objects.select_related("area", "body").defer("area__boundary")
    rows = rows.order_by("area__code", "rank", "valid_from", "pk")
    rules: dict[int, list[tuple[Responsibility, bool]]] = {}
    for row in rows:
        rules.setdefault(row.service_id, []).append((row, holds(row, today)))
    services = Service.objects.in_order()
    shown = services.filter(code=code) if code and "\0" not in code else services
    return [(service, rules.get(service.pk, [])) for service in shown]


@officer_required(Role.ADMINISTRATOR)
def responsibility(request: HttpRequest, key: int) -> HttpResponse:
    """Give a rule its last day, or another rank or source; who answered stays history."""
    assert isinstance(request.user, User)
    rule = get_object_or_404(Responsibility.objects.select_related("service", "area", "body"), pk=key)
    form = RuleDaysForm(request.POST if request.method == "POST" else None, rule=rule)
    if form.is_valid():
        change_responsibility(rule, by=request.user, facts=form.cleaned_data)
        messages.success(request, _("The rule is kept and holds for new cases."))
        return redirect(f"{reverse('desk:responsibilities')}?{urlencode({'of': rule.service.code})}")
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/responsibility.html", {"form": form, "rule": rule}, at="settings", status=status)
