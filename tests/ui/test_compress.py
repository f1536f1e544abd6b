"""What goes over the wire compressed, and what does not."""

from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from nafida.ui.compress import CompressTexts


def sent(response):
    return CompressTexts(lambda request: response)(RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip"))


def test_a_page_is_compressed_and_caches_are_told():
    page = sent(HttpResponse("<p>" * 2000))
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    assert len(page.content) < 1000


def test_a_picture_is_left_as_it_is():
    assert "Content-Encoding" not in sent(HttpResponse(b"0" * 5000, content_type="image/jpeg"))
    assert "Content-Encoding" not in sent(FileResponse(BytesIO(b"0" * 5000), filename="a.jpg"))
