"""Every public address with every parameter wrong in every way: an answer in words, and never a fault of ours."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nafida.cases.actions import show_words
from nafida.cases.models import Case
from tests import citizens, factories

FINE = {200, 204, 301, 302, 303, 304, 400, 403, 404, 405, 409, 410, 422}
SAID_IN_WORDS = {400, 404, 409, 410, 422}
ODD = [
    "", "%00", "a%00b", "%ED%A0%80", "%FF%FE", "%E2%80%AE471930622", "9" * 400, "-1", "1e400", "NaN", "0x10",
    "%D9%A3%D9%A4", "..%2F..%2Fetc", "%27%20OR%201=1", "%3Cscript%3E", "2026-02-30", "[]", "%7B%7D", "null", "True",
    "%F0%9F%8D%8A" * 90, "%0D%0ASet-Cookie:%20a=b", "%25", "1.5", "%20", "99999999999999999999",
]  # fmt: skip
QUERIES = ["q", "service", "group", "state", "commune", "late", "from", "to", "after", "before", "done", "key", "mail"]
QUERIES += ["page", "size", "near", "text", "at", "bbox", "z", "next", "m", "lang", "place", "lon", "lat"]
FIELDS = ["do", "email", "text", "photos", "reference", "pin", "stars", "position", "service", "q", "form_key", "draft"]
FIELDS += [
    "same",
    "token",
    "marks",
    "cases",
    "commune",
    "place",
    "description",
    "phone",
    "name",
    "remove",
    "photo_place",
]
PUBLIC = ("public", "key_holder")


def routes(resolver: Any = None, before: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every route that anybody may come by: its pattern, its view and the converters of its parts."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        elif isinstance(entry, URLPattern) and getattr(entry.callback, "who", "") in PUBLIC:
            yield path, entry.callback, entry.pattern.converters


def addresses(case: Case) -> list[str]:
    """Each public route once with what is there, and with each oddity in each of its parts."""
    known = {
        "reference": case.reference, "key": case.private_key, "number": "1", "size": "thumbnail",
        "service": "light-out", "code": factories.AKLIM, "token": "x", "z": "10", "x": "505",
        "y": "404", "photo": "1", "language": "fr",
    }  # fmt: skip
    found = []
    for path, _view, parts in routes():
        path = path.replace("ar/", "fr/", 1) if path.startswith("ar/") else path
        pieces = {f"<{_converter(converter)}{name}>": known.get(name, "x") for name, converter in parts.items()}
        found += [_with(path, pieces)]
        for piece in pieces:
            found += [_with(path, {**pieces, piece: odd or "_"}) for odd in ODD]
    return [f"/{address}" for address in found]


def _converter(converter: Any) -> str:
    names = {"StringConverter": "str:", "IntConverter": "int:", "SlugConverter": "slug:", "UUIDConverter": "uuid:"}
    return names.get(type(converter).__name__, "path:")


def _with(path: str, pieces: dict[str, str]) -> str:
    for piece, text in pieces.items():
        path = path.replace(piece, text).replace(piece.replace("str:", ""), text)
    return path


def checked(response: Any, what: str) -> None:
    assert response.status_code in FINE, (what, response.status_code)
    if response.status_code in SAID_IN_WORDS:
        assert b"".join(response) if response.streaming else response.content, what


@pytest.fixture
def case(berkane: None) -> Case:
    case = factories.report(description="x")
    show_words(case, by=factories.on_desk(factories.officer(case.body.code), case))
    return case


def test_every_part_of_every_public_address_may_be_wrong(client: Client, case: Case) -> None:
    asked = addresses(case)
    assert len(asked) > 400
    for address in asked:
        checked(client.get(address), address)


def test_every_parameter_of_every_public_page_may_be_wrong(client: Client, case: Case) -> None:
    pages = [address for address in addresses(case) if not any(odd and odd in address for odd in ODD)]
    odd = iter(ODD * 1000)
    for page in dict.fromkeys(pages):
        for name in QUERIES:
            query = f"{name}={next(odd)}" + (f"&{name}={next(odd)}" if len(name) % 2 else "")
            checked(client.get(f"{page}?{query}"), f"{page}?{query}")


def test_every_field_of_every_public_form_may_be_wrong(client: Client, case: Case) -> None:
    odd = iter(ODD * 1000)
    pages = [address for address in addresses(case) if not any(one and one in address for one in ODD)]
    for page in dict.fromkeys(pages):
        for name in FIELDS:
            body = f"{name}={next(odd)}&{name}={next(odd)}&do={next(odd)}"
            checked(client.post(page, body, "application/x-www-form-urlencoded"), f"{page} {body}")
        for body, kind in ((b"\xff\xfe\x00", "application/json"), (b"\x00" * 99, "multipart/form-data; boundary=x")):
            checked(client.generic("POST", page, body, kind), f"{page} {kind}")


wrong = st.one_of(
    st.sampled_from([odd for odd in ODD if odd]), st.text(max_size=40).map(lambda told: quote(told, errors="replace"))
)
said = st.lists(
    st.tuples(st.sampled_from(["do", "text", "email", "stars", "reference", "pin", "done"]), wrong), max_size=6
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=said, query=said, target=st.sampled_from(["case", "mine", "find", "list", "short"]))
def test_nothing_said_of_a_case_breaks_its_pages(
    client: Client, case: Case, said: list[tuple[str, str]], query: list[tuple[str, str]], target: str
) -> None:
    pages = {"case": citizens.public(case), "mine": citizens.mine(case), "find": "/fr/find/", "list": "/ar/cases/"}
    page = pages.get(target, f"/c/{case.reference}") + "?" + "&".join(f"{name}={text}" for name, text in query)
    body = "&".join(f"{name}={text}" for name, text in said)
    checked(client.post(page, body, "application/x-www-form-urlencoded"), f"{page} {body}")
    checked(client.get(page), page)
