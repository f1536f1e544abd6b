"""HTTPS by the recipes of docs/operate.md, each run as it stands there where its program is at hand."""

import http.client
import io
import os
import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from tests.citizens import FORM_KEY, address, filled
from tests.launch.fronts import PROXIES, Front, front, recipe

NEVER = {"NAFIDA_HOLD_ABOVE_NETWORK": "1"}
"""The second report of one visitor waits for an officer's look: so it shows whom the site takes for one."""


@pytest.fixture(scope="module", params=PROXIES or ("own",))
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with front(request.param, tmp_path_factory.mktemp(request.param), **NEVER) as opened:
        yield opened


def noise(number: int) -> SimpleUploadedFile:
    """A photo of a megabyte."""
    picture, out = Image.frombytes("RGB", (900, 800), os.urandom(900 * 800 * 3)), io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return SimpleUploadedFile(f"{number}.jpg", out.getvalue(), "image/jpeg")


def report(door: Front, *, photos: int = 0, **said: str) -> dict[str, object]:
    """File a report from the form itself; `at` is the visitor's address. What the site keeps of it."""
    form = FORM_KEY.search(door.ask(address()).body.decode())
    assert form is not None
    data = filled({"form_key": form[1]}, photos=[noise(number) for number in range(photos)])
    sent = door.ask(address(), data=encode_multipart(BOUNDARY, data), Content_Type=MULTIPART_CONTENT, **said)
    assert sent.status == 303, sent.body.decode()
    found = re.search(r"/receipt/([^/]+)/", sent.headers["Location"])
    assert found is not None
    kept: dict[str, object] = door.site.do("tests.launch.fronts.kept", reference=found[1])
    return kept


def test_a_report_with_five_large_photos_comes_through(door: Front) -> None:
    assert report(door, photos=5, at="127.0.0.9")["photos"] == 5


def test_each_visitor_counts_by_the_own_address_and_nobody_by_one_they_claim(door: Front) -> None:
    assert report(door, at="127.0.0.2")["held"] is False
    assert report(door, at="127.0.0.3")["held"] is False
    assert report(door, at="127.0.0.2", X_Forwarded_For="203.0.113.7")["held"] is True


def test_tiles_are_kept_by_phones_and_asked_for_again_in_a_few_bytes(door: Front) -> None:
    tile = door.ask("/tiles/reports/9/252/203.json", Accept_Encoding="gzip")
    assert (tile.status, tile.headers["Cache-Control"]) == (200, "public, max-age=60")
    again = door.ask("/tiles/reports/9/252/203.json", Accept_Encoding="gzip", If_None_Match=tile.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_pages_and_cookies_stay_with_https(door: Front) -> None:
    answer = door.ask("/fr/accounts/login/code/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=2592000"
    cookies = answer.headers.get_all("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


def test_files_of_the_pages_come_compressed_and_are_kept_for_ever(door: Front) -> None:
    style = re.search(r'href="(/static/ui/nafida[^"]+)"', door.ask("/ar/").body.decode())
    assert style is not None
    file = door.ask(style[1], Accept_Encoding="br")
    assert (file.status, file.headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in file.headers["Cache-Control"]


def by_http(door: Front) -> tuple[int, str]:
    """Status, and where one is led; (0, "") when the door hangs up."""
    visitor = http.client.HTTPConnection("127.0.0.1", door.plain or door.port, timeout=20)
    with closing(visitor):
        try:
            visitor.request("GET", "/ar/?a=1", headers={"Host": "localhost"})
            answer = visitor.getresponse()
        except (http.client.HTTPException, OSError):
            return 0, ""
        return answer.status, answer.headers.get("Location", "")


def test_nobody_gets_a_page_without_https(door: Front) -> None:
    led = (301, "https://localhost/ar/?a=1")
    assert by_http(door) in ({led} if door.plain else {led, (400, ""), (0, "")})


def test_both_recipes_stand_in_the_page() -> None:
    assert "proxy_pass" in recipe("server {", {})
    assert "reverse_proxy" in recipe("nafida.example {", {})
