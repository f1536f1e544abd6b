"""The page of a case, and what officers do there."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from nafida.cases.actions import Faster
from nafida.cases.actor import Actor
from nafida.cases.life import NotAllowed, Verb
from nafida.cases.models import Case, Deadline
from nafida.desk.actions import act_on_case, note_contact_seen
from nafida.desk.casefile import CaseFile, pictures_of, ready_words
from nafida.desk.field import steps_for
from nafida.desk.forms.verbs import FORMS, VerbForm
from nafida.desk.pages import show
from nafida.desk.several import neighbours
from nafida.desk.timeline import Entry, history_of
from nafida.desk.verbs import SAYINGS, offers_of
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required


def case_on_desk(user: User, reference: str) -> Case:
    """The case, if it is on the desk of `user`. Raises Http404: nobody learns that another body has it."""
    rows = Case.objects.on_desk_of(user)
    rows = rows.select_related("service__group", "area", "body", "officer", "contact", "merged_into")
    return get_object_or_404(rows, reference=reference)


@officer_required()
def case(request: HttpRequest, reference: str) -> HttpResponse:
    assert isinstance(request.user, User)
    found = case_on_desk(request.user, reference)
    return _page(request, found, returned=_with_ready_words(request, found))


@officer_required()
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """A part of a page: what stands beside the list about the chosen case."""
    assert isinstance(request.user, User)
    found = case_on_desk(request.user, reference)
    first, _others = offers_of(found, Actor.on_desk(request.user, found), request.user, {})
    context = {
        "case": found,
        "report": found.report,
        "late": found.next_due_at is not None and found.next_due_at < timezone.now(),
        "pictures": pictures_of(found)[:3],
        "last": history_of(found)[-1],
        "first": first if first and not first.has_fields else None,
    }
    return render(request, "desk/preview.html", context)


def _with_ready_words(request: HttpRequest, case: Case) -> dict[Verb, VerbForm]:
    """The form into which somebody has put a template by its link, where no script does it."""
    verb, key = request.GET.get("for", ""), request.GET.get("template", "")
    row = next((one for one in ready_words(case) if str(one.row.pk) == key), None) if verb in FORMS else None
    if row is None:
        return {}
    assert isinstance(request.user, User)
    form = FORMS[Verb(verb)](case=case, user=request.user, prefix_id=verb)
    form.initial["text"] = row.words
    return {Verb(verb): form}


@officer_required()
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """The same page with the way to reach the citizen; that somebody looked is traced."""
    assert isinstance(request.user, User)
    found = case_on_desk(request.user, reference)
    if request.method != "POST":
        return redirect("desk:case", reference)
    note_contact_seen(found, by=request.user)
    return _page(request, found, contact=True)


@officer_required()
def act(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Do one verb. 422 when words are missing, 409 when somebody was faster; what was typed stays on the page."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        return redirect("desk:case", reference)
    wanted = _verb(verb)
    if lost := gone_from(request.user, reference):
        return gone_page(request, lost)
    found = case_on_desk(request.user, reference)
    by = Actor.on_desk(request.user, found)
    form = FORMS[wanted](request.POST, request.FILES, case=found, user=request.user, prefix_id=wanted)
    return do_as_said(request, found, wanted, form, by) or _after(request.user, found)


def do_as_said(request: HttpRequest, found: Case, wanted: Verb, form: VerbForm, by: Actor) -> HttpResponse | None:
    """Do what a bound form says, and say so. None when it is done; else the page that says why not, with its words."""
    assert isinstance(request.user, User)
    form.receive_photo()
    if not form.is_valid():
        return _page(request, found, returned={wanted: form}, status=422)
    try:
        done = act_on_case(
            found, wanted, by=by, seen=form.cleaned_data["version"], facts=form.cleaned_data, kept=form.kept
        )
    except Faster as faster:
        return _overtaken(request, faster.case, wanted, form)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, case_again(request.user, found), returned={wanted: form}, status=422)
    messages.success(request, SAYINGS[wanted].done)
    return _after(request.user, done) if wanted == Verb.MERGE else None


def case_again(user: User, case: Case) -> Case:
    return case_on_desk(user, case.reference)


def _verb(verb: str) -> Verb:
    if verb not in FORMS:
        raise Http404
    return Verb(verb)


def _after(user: User, case: Case) -> HttpResponse:
    """Back to the case while it is on this desk; else to the list."""
    if Case.objects.on_desk_of(user).filter(pk=case.pk).exists():
        return redirect("desk:case", case.reference)
    return redirect("desk:inbox")


def with_version(data: QueryDict, version: int) -> QueryDict:
    """What was typed, to be sent again about the case as it is now."""
    again = data.copy()
    again["version"] = str(version)
    return again


def _overtaken(request: HttpRequest, case: Case, verb: Verb, sent: VerbForm) -> HttpResponse:
    assert isinstance(request.user, User)
    seen = sent.cleaned_data["version"]
    if lost := gone_from(request.user, case.reference):
        return gone_page(request, lost)
    fresh = case_again(request.user, case)
    form = FORMS[verb](with_version(sent.data, fresh.version), case=fresh, user=request.user, prefix_id=verb)
    form.receive_photo()
    since = history_of(fresh, since=min(seen, fresh.version - 1))
    return _page(request, fresh, returned={verb: form}, since=since, typed=sent.typed(), status=409)


def gone_from(user: User, reference: str) -> Case | None:
    """A case that this desk had and that has been passed on since."""
    if Case.objects.on_desk_of(user).filter(reference=reference).exists():
        return None
    bodies = user.memberships.on(timezone.localdate()).with_role(Role.AGENT, Role.MANAGER).values("body")
    had = Deadline.objects.filter(body__in=bodies)
    return Case.objects.filter(reference=reference, deadlines__in=had).select_related("service", "body").first()


def gone_page(request: HttpRequest, case: Case) -> HttpResponse:
    """It went to another administration meanwhile: said, with the words that were typed."""
    typed = [request.POST[name] for name in ("text", "reference") if request.POST.get(name, "").strip()]
    return show(request, "desk/gone.html", {"case": case, "typed": typed}, status=409)


def _page(
    request: HttpRequest,
    case: Case,
    *,
    returned: dict[Verb, VerbForm] | None = None,
    since: Iterable[Entry] = (),
    typed: Iterable[str] = (),
    contact: bool = False,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(request.user, User)
    by = Actor.on_desk(request.user, case)
    first, others = offers_of(case, by, request.user, returned or {})
    verbs = [offer.verb for offer in [first, *others] if offer]
    offered = {offer.code for offer in [first, *others] if offer}
    context = {
        "file": CaseFile.of(case, by),
        "case": case,
        "first": first,
        "others": others,
        "since": list(since),
        "typed": list(typed),
        "homeless": [form for verb, form in (returned or {}).items() if verb not in offered],
        "shows_contact": contact,
        "steps": steps_for(verbs),
        "near": neighbours(request.user, case) if Verb.MERGE in verbs else [],
        "ready": ready_words(case),
    }
    return show(request, "desk/case.html", context, at="case", status=status)
