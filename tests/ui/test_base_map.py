"""Pictures under the maps: their host, and no other, is let in."""

import json
import os
import subprocess
import sys

import pytest

ASK = "import json; from nafida import settings; print(json.dumps(settings.SECURE_CSP))"


def policy(**environment: str) -> dict[str, list[str]]:
    """The policy of an installation with these settings."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("NAFIDA_BASEMAP")}
    out = subprocess.run([sys.executable, "-c", ASK], env={**told, **environment}, capture_output=True, check=True)
    found: dict[str, list[str]] = json.loads(out.stdout)
    return found


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://tile.example.org/{z}/{x}/{y}.png", "https://tile.example.org"),
        ("https://{s}.tile.example.org:8443/{z}/{x}/{y}.png?key=1", "https://*.tile.example.org:8443"),
    ],
)
def test_the_host_of_the_pictures_is_let_in_and_nothing_else(url: str, host: str) -> None:
    plain = policy()
    raster = policy(NAFIDA_BASEMAP="raster", NAFIDA_BASEMAP_URL=url)
    assert raster["img-src"] == [*plain["img-src"], host]
    assert {name: raster[name] for name in raster if name != "img-src"} == {
        name: plain[name] for name in plain if name != "img-src"
    }


def test_without_pictures_no_host_is_let_in() -> None:
    assert policy()["img-src"] == ["'self'", "data:", "blob:"]
    assert policy(NAFIDA_BASEMAP_URL="https://tile.example.org/{z}")["img-src"] == ["'self'", "data:", "blob:"]
