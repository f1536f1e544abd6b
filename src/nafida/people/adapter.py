"""How allauth behaves here: nobody signs up alone, and every sign-in leaves a line on the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from nafida.people.trail import Traced, trace


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        trace(Traced.SIGNED_IN, by=user, way="code")
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        trace(Traced.SIGN_IN_FAILED, way="password")
        super().authentication_failed(request, **credentials)
