"""Several cases answered or closed in one go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nafida.cases.life import Verb
from nafida.desk.forms.several import SeveralForm
from nafida.desk.pages import show
from nafida.desk.several import Together, do_together, named, together
from nafida.people.models import User
from nafida.people.permissions import officer_required


@officer_required()
def several(request: HttpRequest) -> HttpResponse:
    """GET with `case` once or more shows what goes together; POST does it and says of each what became of it."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        rows = together(request.user, request.GET.getlist("case"))
        if not rows:
            return redirect("desk:inbox")
        return _page(request, rows, SeveralForm())
    form = SeveralForm(request.POST, request.FILES)
    form.receive_photo()
    cases = named(request.user, request.POST.getlist("case"))
    if not cases:
        form.add_error(None, form.none_ticked)
    if not form.is_valid():
        offered = request.POST.getlist("case") or request.POST.getlist("offered")
        return _page(request, together(request.user, offered), form, status=422)
    seen = {case.reference: _number(request.POST.get(f"version_{case.reference}", "")) for case in cases}
    verb = Verb(form.cleaned_data["verb"])
    results = do_together(cases, verb, by=request.user, seen=seen, facts=form.cleaned_data, kept=form.kept)
    left = [result.case.reference for result in results if result.why]
    context = {"results": results, "done": len(results) - len(left), "left": left, "text": form.cleaned_data["text"]}
    return show(request, "desk/several_done.html", context, at="inbox", status=409 if left else 200)


def _page(request: HttpRequest, rows: list[Together], form: SeveralForm, status: int = 200) -> HttpResponse:
    return show(request, "desk/several.html", {"rows": rows, "form": form}, at="inbox", status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
