"""What every page knows of the installation it belongs to."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.module_loading import import_string


class Site:
    """The installation, as templates see it."""

    url: str = settings.SITE_URL
    languages = settings.LANGUAGES

    @property
    def is_demo(self) -> bool:
        """Whether everything here is invented: each page says so."""
        return bool(settings.DEMO)

    @property
    def has_display_face(self) -> bool:
        """Whether the face of headings was fetched: pages link to it only then."""
        return settings.DISPLAY_FACE in settings.PACKAGE_FILES

    @cached_property
    def place(self) -> str:
        """Name of the province in the active language, or "" where settings name no source of it.

        SITE_NAME_FROM gives the source by dotted path: a room below may not import the one that knows.
        """
        if not settings.SITE_NAME_FROM:
            return ""
        return cast(Callable[[], str], import_string(settings.SITE_NAME_FROM))()


def site(request: HttpRequest) -> dict[str, Site]:
    """Context processor: `site`; its costly parts are made when a page asks for them."""
    return {"site": Site()}
