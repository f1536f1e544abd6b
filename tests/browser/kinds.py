"""Every kind of page: each route of the URL table stands here, with what its address needs, or is said to be no page.

A new route makes `test_every_route_is_a_kind_of_page_or_none` fail until it has its line. Names in an address are
those that `estate.plant()` gives; who looks is "" (anybody), "agent", "coordinator",
"administrator", "newcomer" (who has asked for a code), or one of tests/browser/keyholders.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation


@dataclass(frozen=True)
class Kind:
    """How a page is reached."""

    needs: dict[str, str] = field(default_factory=dict)
    """Parameter of the route → name in the estate."""
    who: str = ""
    query: str = ""
    """Names of the estate stand in braces."""
    status: int = 200
    route: str = ""
    """When the key of the table is not itself the route."""


CASE = {"reference": "reference"}
MINE = {"reference": "reference", "key": "key"}
ANSWERED = {"reference": "answered", "key": "answered_key"}
PAGES: dict[str, Kind] = {
    "account_confirm_login_code": Kind(who="newcomer"),
    "account_inactive": Kind(),
    "account_reauthenticate": Kind(who="agent", status=403),
    "account_set_password": Kind(who="agent"),
    "account_logout": Kind(who="agent"),
    "account_request_login_code": Kind(),
    "desk:answer": Kind({"token": "answer_token"}),
    "desk:answer of nobody": Kind({"token": "unknown"}, route="desk:answer", status=404),
    "desk:authorities": Kind(who="administrator"),
    "desk:authority": Kind({"code": "authority"}, who="administrator"),
    "desk:behalf": Kind({"service": "service"}, who="agent"),
    "desk:behalf_choose": Kind(who="agent"),
    "desk:behalf_receipt": Kind({"reference": "filed"}, who="agent"),
    "desk:blur": Kind({**CASE, "number": "photo"}, who="agent"),
    "desk:bodies": Kind(who="administrator"),
    "desk:body": Kind({"code": "body"}, who="administrator"),
    "desk:case": Kind(CASE, who="agent"),
    "desk:changes": Kind(who="administrator"),
    "desk:commune": Kind({"code": "commune"}, who="administrator"),
    "desk:days": Kind(who="administrator"),
    "desk:inbox": Kind(who="agent"),
    "desk:inbox of a coordinator": Kind(who="coordinator", query="pile=all", route="desk:inbox"),
    "desk:invitation": Kind({"token": "invitation_token"}),
    "desk:invitation of nobody": Kind({"token": "unknown"}, route="desk:invitation", status=410),
    "desk:participation": Kind(who="administrator"),
    "desk:new_notice": Kind(who="administrator"),
    "desk:notice": Kind({"key": "notice"}, who="administrator"),
    "desk:notices": Kind(who="administrator"),
    "desk:late": Kind(who="coordinator"),
    "desk:letter": Kind({"code": "letter_kind"}, who="coordinator"),
    "desk:letters": Kind(who="coordinator"),
    "desk:moderation": Kind(CASE, who="agent"),
    "desk:new_question": Kind({"code": "service"}, who="administrator"),
    "desk:new_service": Kind(who="administrator"),
    "desk:question": Kind({"code": "service", "key": "question"}, who="administrator"),
    "desk:responsibilities": Kind(who="administrator"),
    "desk:responsibility": Kind({"key": "responsibility"}, who="administrator"),
    "desk:round": Kind(who="agent"),
    "desk:service": Kind({"code": "service"}, who="administrator"),
    "desk:services": Kind(who="administrator"),
    "desk:landmark": Kind({"key": "landmark"}, who="coordinator"),
    "desk:landmarks": Kind(who="coordinator"),
    "desk:week": Kind(who="coordinator"),
    "desk:template": Kind({"key": "template"}, who="coordinator"),
    "desk:templates": Kind(who="coordinator"),
    "desk:new_template": Kind(who="coordinator"),
    "desk:people": Kind(who="administrator"),
    "desk:post": Kind(who="administrator"),
    "desk:ready": Kind(who="coordinator"),
    "desk:settings": Kind(who="administrator"),
    "devices": Kind(who="agent"),
    "mfa_activate_totp": Kind(who="agent"),
    "mfa_add_webauthn": Kind(who="agent"),
    "mfa_authenticate": Kind(who="halfway"),
    "mfa_deactivate_totp": Kind(who="app_holder"),
    "mfa_edit_webauthn": Kind({"pk": "passkey"}, who="key_holder"),
    "mfa_generate_recovery_codes": Kind(who="app_holder"),
    "mfa_index": Kind(who="agent"),
    "mfa_index with an app": Kind(who="app_holder", route="mfa_index"),
    "mfa_list_webauthn": Kind(who="agent"),
    "mfa_list_webauthn with a key": Kind(who="key_holder", route="mfa_list_webauthn"),
    "mfa_reauthenticate": Kind(who="app_holder"),
    "mfa_remove_webauthn": Kind({"pk": "passkey"}, who="key_holder"),
    "mfa_view_recovery_codes": Kind(who="app_holder"),
    "portal:body": Kind({"code": "body"}),
    "portal:case": Kind(CASE),
    "portal:case answered": Kind({"reference": "answered"}, route="portal:case"),
    "portal:case of nobody": Kind({"reference": "unknown"}, route="portal:case", status=404),
    "portal:cases": Kind(),
    "portal:cases refused": Kind(query="from=yesterday", route="portal:cases", status=400),
    "portal:commune": Kind({"code": "commune"}),
    "portal:confirm_following": Kind({"token": "follow_token"}),
    "portal:credits": Kind(),
    "portal:find": Kind(),
    "portal:find by a letter": Kind(query="{letter}", route="portal:find"),
    "portal:home": Kind(),
    "portal:journal": Kind(),
    "portal:map": Kind(),
    "portal:map refused": Kind(query="state=lost", route="portal:map", status=400),
    "portal:mine": Kind(MINE),
    "portal:mine answered": Kind(ANSWERED, route="portal:mine"),
    "portal:poster": Kind(query="commune={commune}"),
    "portal:posters": Kind(query="commune={commune}"),
    "portal:privacy": Kind(),
    "reports:form": Kind({"service": "service"}),
    "reports:form of a danger": Kind({"service": "dangerous"}, route="reports:form"),
    "reports:form of a call": Kind({"service": "called"}, route="reports:form"),
    "reports:joined": Kind({"reference": "reference"}),
    "reports:receipt": Kind(MINE),
    "reports:start": Kind(),
    "portal:search": Kind(query="q=مصباح"),
    "portal:stop_letters": Kind(query="{letter}"),
}

NO_PAGES = {
    "account_change_password": "only for who has a password",
    "account_login": "leads to the code's page",
    "desk:reach_again": "takes a form",
    "short": "leads to the case",
    "desk:act": "takes a form, shows the case",
    "desk:add_jurisdiction": "takes a form",
    "desk:answer_picture": "a picture",
    "desk:contact": "takes a form, shows the case",
    "desk:drop_question": "takes a form",
    "desk:letter_arrived": "the link of a letter, leads to its list",
    "desk:letter_html": "a letter, with the styles of letters",
    "desk:send_letter": "takes a form",
    "desk:field_step": "takes a form",
    "desk:several": "takes a form",
    "desk:drop_day": "takes a form",
    "desk:drop_landmark": "takes a form",
    "desk:drop_week": "takes a form",
    "desk:end_role": "takes a form",
    "desk:jurisdiction": "its page is that of the authority",
    "desk:picture": "a picture",
    "desk:preview": "a part of the inbox",
    "desk:renew": "takes a form",
    "desk:resend_invitation": "takes a form",
    "desk:retry_letter": "takes a form",
    "desk:retry_task": "takes a form",
    "desk:withdraw_invitation": "takes a form",
    "favicon": "a picture",
    "ground": "GeoJSON",
    "end_device": "takes a form",
    "forget_password": "takes a form",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "JSON",
    "mfa_reauthenticate_webauthn": "only for who has a passkey",
    "sign_in_by_password": "takes a form",
    "healthz": "a word for machines",
    "portal:card": "a part of the map's page",
    "portal:feed": "Atom",
    "portal:manifest": "JSON for the telephone",
    "portal:picture": "a picture",
    "report_tile": "JSON",
    "reports:around": "JSON",
    "reports:picker": "a part of the form",
    "reports:add_photo": "takes a photo",
    "reports:subjects": "JSON",
    "reports:draft_photo": "a picture",
    "reports:news": "JSON",
    "reports:places": "JSON",
}


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every route, with its namespace; an unnamed one by its pattern."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from routes(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name or each.pattern}"


def route_of(name: str) -> str:
    return PAGES[name].route or name


def path_of(name: str, estate: dict[str, str], language: str) -> str:
    """The address of a kind of page on an estate, from the root of the site."""
    kind = PAGES[name]
    arguments = {parameter: estate[key] for parameter, key in kind.needs.items()}
    with translation.override(language):
        address = reverse(route_of(name), kwargs=arguments)
    return address + (f"?{kind.query.format(**estate)}" if kind.query else "")
