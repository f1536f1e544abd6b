"""Door 1: what answers a web address."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from nafida.people.permissions import public
from nafida.portal.views import favicon, ground, short
from nafida.reports.views import tile


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the next request would succeed: the process runs and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    path("map/<slug:digest>.json", ground, name="ground"),
    path("c/<str:reference>", short, name="short"),
    path("tiles/reports/<str:z>/<str:x>/<str:y>.json", tile, name="report_tile"),
    *i18n_patterns(
        path("accounts/", include("nafida.people.urls")),
        path("desk/", include("nafida.desk.urls")),
        path("report/", include("nafida.reports.urls")),
        path("", include("nafida.portal.urls")),
    ),
]
