"""Colleagues of a body: who has which role, whom to invite, whose role ends."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nafida.desk.forms.people import InviteForm
from nafida.desk.pages import roles_of, show
from nafida.desk.settings_changes import invite, resend_invitation, withdraw_invitation
from nafida.people.actions import end_role
from nafida.people.models import Invitation, Membership, Role, User
from nafida.people.permissions import officer_required
from nafida.territory.models import Body

ROLES_OF_A_MANAGER = [Role.AGENT, Role.MANAGER]


def bodies_of(user: User) -> QuerySet[Body]:
    """Bodies whose officers `user` looks after: all of them for an administrator, a manager's own."""
    today = timezone.localdate()
    bodies: QuerySet[Body] = Body.objects.on(today).competent().order_by("name", "code")
    if Role.ADMINISTRATOR in roles_of(user):
        return bodies
    managed = user.memberships.on(today).with_role(Role.MANAGER).values("body")
    return bodies.filter(pk__in=managed)


@officer_required(Role.ADMINISTRATOR, Role.MANAGER)
def people(request: HttpRequest) -> HttpResponse:
    """The officers of one body. A link of a new invitation is shown once, in the answer to the form."""
    assert isinstance(request.user, User)
    bodies = bodies_of(request.user)
    body = _chosen(request, bodies)
    is_administrator = Role.ADMINISTRATOR in roles_of(request.user)
    roles = list(Role) if is_administrator else ROLES_OF_A_MANAGER
    form = InviteForm(request.POST or None, roles=roles, body=body)
    link, status = "", 200
    if request.method == "POST":
        if form.is_valid():
            told = form.cleaned_data
            link = invite(told["email"], role=told["role"], body=body, by=request.user)
            form = InviteForm(roles=roles, body=body)
        else:
            status = 422
    held = Membership.objects.on(timezone.localdate()).filter(body=body).select_related("user").order_by("role", "pk")
    pending = pending_of(request.user).filter(body=body).order_by("-pk")
    context = {"bodies": bodies, "body": body, "held": held, "form": form, "link": link, "roles": roles}
    context["pending"] = pending
    return show(request, "desk/people.html", context, at="people", status=status)


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.MANAGER)
def end(request: HttpRequest, key: int) -> HttpResponse:
    """End somebody's role. Nobody ends their own, so that one administrator always stays."""
    assert isinstance(request.user, User)
    today = timezone.localdate()
    rows = Membership.objects.on(today).filter(body__in=bodies_of(request.user)).select_related("user", "body")
    held = get_object_or_404(rows, pk=key)
    above_a_manager = held.role not in ROLES_OF_A_MANAGER and Role.ADMINISTRATOR not in roles_of(request.user)
    if held.user_id == request.user.pk or above_a_manager:
        raise PermissionDenied
    end_role(held, by=request.user)
    messages.success(request, _("The role of %(name)s has ended.") % {"name": held.user})
    return redirect(f"{reverse('desk:people')}?{urlencode({'body': held.body.code})}")


def pending_of(user: User) -> QuerySet[Invitation]:
    """Invitations not yet accepted that `user` may send again or withdraw."""
    rows = Invitation.objects.usable(timezone.now()).filter(body__in=bodies_of(user)).exclude(email="")
    if Role.ADMINISTRATOR not in roles_of(user):
        rows = rows.filter(role__in=ROLES_OF_A_MANAGER)
    return rows.select_related("body")


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.MANAGER)
def resend(request: HttpRequest, key: int) -> HttpResponse:
    """Write an invitation again, with a new link; the one sent before is dead."""
    assert isinstance(request.user, User)
    found = get_object_or_404(pending_of(request.user), pk=key)
    if resend_invitation(found, by=request.user):
        messages.success(request, _("The invitation is on its way again; the link sent before is dead."))
    return redirect(f"{reverse('desk:people')}?{urlencode({'body': found.body.code})}")


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.MANAGER)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Let the link of an invitation open nothing any more."""
    assert isinstance(request.user, User)
    found = get_object_or_404(pending_of(request.user), pk=key)
    withdraw_invitation(found, by=request.user)
    messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect(f"{reverse('desk:people')}?{urlencode({'body': found.body.code})}")


def _chosen(request: HttpRequest, bodies: QuerySet[Body]) -> Body:
    """The body that the address names, else the user's own. Raises Http404."""
    assert isinstance(request.user, User)
    code = request.GET.get("body")
    if code:
        return get_object_or_404(bodies, code=code)
    own = request.user.memberships.on(timezone.localdate()).order_by("pk").values_list("body", flat=True)
    body = bodies.filter(pk__in=list(own)).first() or bodies.first()
    if body is None:
        raise Http404
    return body
