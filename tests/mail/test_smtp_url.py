"""The one line in which an operator says where letters go out."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from nafida.mail.checks import check_smtp_url
from nafida.mail.smtp_url import SmtpAddress, Tls, read_smtp_url


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://u:p@h.org:2525/?tls=starttls", SmtpAddress("h.org", 2525, "u", "p", Tls.STARTTLS)),
        ("smtp://u%40h.org:p%2F%3A@h.org", SmtpAddress("h.org", 587, "u@h.org", "p/:", Tls.STARTTLS)),
        ("smtp://h.org?tls=none", SmtpAddress("h.org", 25, "", "", Tls.NONE)),
        ("smtp://localhost", SmtpAddress("localhost", 25, "", "", Tls.NONE)),
        ("smtp://[::1]:1025/", SmtpAddress("::1", 1025, "", "", Tls.NONE)),
        ("smtps://u:p@h.org", SmtpAddress("h.org", 465, "u", "p", Tls.DIRECT)),
    ],
)
def test_an_address_is_read(url: str, address: SmtpAddress) -> None:
    assert read_smtp_url(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "h.org:25",
        "http://h.org",
        "smtp://",
        "smtp://u:secret@h.org:port",
        "smtp://u:secret@h.org:99999",
        "smtp://u:secret@h.org/?tls=yes",
        "smtp://u:secret@h.org/?ssl=1",
        "smtp://u:secret@h.org/?tls=none&tls=starttls",
        "smtps://u:secret@h.org/?tls=none",
        "smtp://u:secret@h.org/inbox",
        "smtp://u:sec#ret@h.org",
        "smtp://:secret@h.org",
        "smtp://[u:secret@h.org",
    ],
)
def test_a_wrong_address_is_one_line_that_names_the_variable(url: str, settings: Settings) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        read_smtp_url(url)
    said = str(caught.value)
    assert said.startswith("NAFIDA_SMTP_URL is wrong: ")
    assert "\n" not in said
    assert "secret" not in said
    settings.SMTP_URL = url
    assert [error.msg for error in check_smtp_url(None)] == [said]


def test_a_password_does_not_show_in_a_traceback() -> None:
    assert "secret" not in repr(read_smtp_url("smtp://u:secret@h.org"))


@pytest.mark.parametrize("url", ["", "smtp://localhost"])
def test_a_right_address_or_none_passes_the_check(url: str, settings: Settings) -> None:
    settings.SMTP_URL = url
    assert check_smtp_url(None) == []
