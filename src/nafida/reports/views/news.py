"""What a page's script asks for the reports that this phone remembers."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from nafida.people.permissions import key_holder, private_page, same_origin_post
from nafida.reports.news import news_of


@same_origin_post
@private_page
@key_holder
@require_POST
def news(request: HttpRequest) -> HttpResponse:
    """The news of the cases whose keys stand in the body of the request as `case`, never in its address."""
    found = news_of(request.POST.getlist("case"))
    return HttpResponse(msgspec.json.encode({"reports": found}), content_type="application/json")
