"""What a citizen's browser does: open the form, send it, go where it is sent."""

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from nafida.cases.models import Case
from tests import factories

FORM_KEY = re.compile(r'name="form_key" value="([0-9a-f-]{36})"')
DRAFT = re.compile(r'name="draft" value="([\w-]+)"')


def photo(name: str = "photo.jpg", colour: str = "red") -> SimpleUploadedFile:
    """A small photo as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def not_a_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", b"This is no picture at all, whatever its name says.", "image/jpeg")


def address(service: str = "light-out", language: str = "fr") -> str:
    return f"/{language}/report/{service}/"


def opened(client: Client, service: str = "light-out", language: str = "fr") -> dict[str, Any]:
    """What an untouched form of the service holds."""
    found = FORM_KEY.search(client.get(address(service, language)).content.decode())
    assert found is not None
    return {"form_key": found[1]}


def filled(form: dict[str, Any], **said: Any) -> dict[str, Any]:
    """The form with a place in Aklim, and what is said beside."""
    return {**form, "commune": factories.AKLIM, "place": "قرب المسجد", **said}


def report(client: Client, service: str = "light-out", language: str = "fr", **said: Any) -> Any:
    """Open the form of a service, fill it in, send it; the response."""
    return client.post(address(service, language), filled(opened(client, service, language), **said))


def case_of(response: Any) -> Case:
    """The case whose receipt or page a response redirects to."""
    assert response.status_code == 303, response.content.decode()
    return Case.objects.get(reference=response["Location"].split("/")[-3])


def draft_of(response: Any) -> str:
    found = DRAFT.search(response.content.decode())
    assert found is not None
    return found[1]


def mine(case: Case, language: str = "fr") -> str:
    """The private link of a case."""
    return f"/{language}/cases/{case.reference}/{case.private_key}/"


def public(case: Case, language: str = "fr") -> str:
    return f"/{language}/cases/{case.reference}/"
