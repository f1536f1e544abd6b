"""HTTPS as docs/operate.md says it: a certificate of our own, or a proxy in front."""

import http.client
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from nafida.launch.environment import Refusal, check_environment
from tests.browser.site import Site
from tests.launch.fronts import make_certificate

SIGN_IN = "/fr/accounts/login/code/"
ADDRESS = "https://nafida.example"


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """The web server with its own certificate, and the certificate."""
    certificate, key = make_certificate(tmp_path_factory.mktemp("tls"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAFIDA_TLS_CERT", str(certificate))
        patch.setenv("NAFIDA_TLS_KEY", str(key))
        site = Site(scheme="https").__enter__()
    yield site, certificate
    site.__exit__()


@pytest.fixture(scope="module")
def proxied() -> Iterator[Site]:
    with Site(extra={"NAFIDA_URL": ADDRESS, "NAFIDA_PROXIES": "1"}) as site:
        yield site


def by_proxy(site: Site, path: str, proto: str) -> http.client.HTTPResponse:
    """What a proxy in front is answered when a visitor has come by http or https."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    headers = {"Host": "nafida.example", "X-Forwarded-Proto": proto, "X-Forwarded-For": "203.0.113.7"}
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def test_a_browser_that_trusts_the_certificate_gets_safe_pages(secure: tuple[Site, Path]) -> None:
    site, certificate = secure
    trusting = ssl.create_default_context(cafile=str(certificate))
    connection = http.client.HTTPSConnection("localhost", site.port, timeout=20, context=trusting)
    connection.request("GET", SIGN_IN)
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=2592000"
    assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie"))


def test_a_browser_that_does_not_know_the_certificate_refuses(secure: tuple[Site, Path]) -> None:
    connection = http.client.HTTPSConnection("localhost", secure[0].port, timeout=20)
    with pytest.raises(ssl.SSLCertVerificationError):
        connection.request("GET", "/")


def test_behind_a_proxy_a_visitor_by_http_is_led_to_https(proxied: Site) -> None:
    answer = by_proxy(proxied, SIGN_IN, "http")
    assert (answer.status, answer.headers["Location"]) == (301, f"{ADDRESS}{SIGN_IN}")


def test_behind_a_proxy_a_visitor_by_https_gets_safe_pages(proxied: Site) -> None:
    answer = by_proxy(proxied, SIGN_IN, "https")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=2592000"
    assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie"))


def test_the_health_of_a_site_behind_a_proxy_is_asked_without_tls(proxied: Site) -> None:
    assert by_proxy(proxied, "/healthz", "http").status == 200


def test_a_certificate_without_its_key_is_refused(tmp_path: Path) -> None:
    certificate, _key = make_certificate(tmp_path)
    with pytest.raises(Refusal, match="NAFIDA_TLS_CERT needs NAFIDA_TLS_KEY"):
        check_environment({"NAFIDA_TLS_CERT": str(certificate)})
    with pytest.raises(Refusal, match="NAFIDA_TLS_KEY: "):
        check_environment({"NAFIDA_TLS_KEY": str(tmp_path / "nothing")})
