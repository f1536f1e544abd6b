"""Whatever is sent, the answer is a sentence and never a fault of ours."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nafida.reports.forms import ReportForm
from tests import citizens
from tests.factories import AKLIM

OTHERS = ["form_key", "draft", "called", "change", "remove", "q_extent", "q_pole", "q_what", "q_count"]
FIELDS = [*ReportForm.base_fields, *OTHERS]
odd = st.sampled_from(["\x00", "", " ", "\ud7ff", "٣", "-1", "1e400", "NaN", "9" * 400, "<script>", "' OR 1=1", AKLIM])
values = st.one_of(odd, st.text(max_size=60), st.lists(st.text(max_size=9), max_size=3), st.floats().map(str))
forms = st.dictionaries(st.sampled_from(FIELDS), values, max_size=12)
services = st.sampled_from(["light-out", "water-supply", "stray-dogs", "dump", "beach-dirty", "danger-now"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(service=services, form=forms)
@example(service="light-out", form={"form_key": str(uuid4()), "commune": AKLIM, "place": "a\x00b"})
@example(service="light-out", form={"form_key": str(uuid4()), "position": "34.9, \x00"})
@example(service="stray-dogs", form={"form_key": str(uuid4()), "commune": AKLIM, "place": "a", "q_count": "inf"})
def test_no_form_breaks_the_page(client: Client, berkane: None, service: str, form: dict[str, Any]) -> None:
    response = client.post(citizens.address(service), form)
    assert response.status_code in (200, 303, 400, 404, 422)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 1000, b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a"\r\n\r\n', b"%" * 99],
)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "application/json", "x"])
def test_no_body_breaks_the_page(client: Client, berkane: None, data: bytes, kind: str) -> None:
    assert client.generic("POST", citizens.address(), data, kind).status_code in (400, 422)


def test_a_form_too_large_is_refused(client: Client, berkane: None) -> None:
    assert client.post(citizens.address(), {"description": "a" * 3_000_000}).status_code == 400


def test_too_many_files_are_refused(client: Client, berkane: None) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(150)]
    assert client.post(citizens.address(), {"photos": files}).status_code == 400


@pytest.mark.parametrize("service", ["%00", "a%00b", "a" * 3000, "%F0%9F%8D%8A", "..%2f"])
def test_no_address_breaks_the_site(client: Client, berkane: None, service: str) -> None:
    assert client.get(f"/fr/report/{service}/").status_code == 404
    assert client.get(f"/fr/report/receipt/{service}/{service}/").status_code == 404
    assert client.get(f"/fr/cases/{service}/").status_code == 404
    assert client.get(f"/fr/cases/{service}/{service}/").status_code == 404
    assert client.get(f"/fr/follow/{service}/").status_code == 404
    assert client.get(f"/fr/pictures/{service}/1/picture.jpg?key=%00").status_code == 404
