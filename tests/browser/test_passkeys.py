"""Passkeys, with a key of the browser's own: added, used to sign in, named, removed."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.site import Site
from tests.browser.visits import Visit

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def officer(site: Site, visit: Visits) -> Visit:
    """An officer signed in, whose browser has a key built in."""
    there = visit(language="fr", session=site.do("officer")["session"])
    debugger = there.page.context.new_cdp_session(there.page)
    debugger.send("WebAuthn.enable")
    wishes: dict[str, Any] = {"options": KEY}
    debugger.send("WebAuthn.addVirtualAuthenticator", wishes)
    return there


def add_key(there: Visit, name: str) -> None:
    there.go("/accounts/passkeys/add/")
    there.page.get_by_label("Nom de la clé").fill(name)
    there.page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(there.page.get_by_role("heading", name="Codes de secours")).to_be_visible()


def sign_out(there: Visit) -> None:
    there.go("/accounts/logout/")
    there.page.get_by_role("button", name="Se déconnecter").click()
    there.page.wait_for_url("**/fr/")


def test_a_passkey_is_added_and_opens_the_desk_by_itself(officer: Visit) -> None:
    add_key(officer, "mon téléphone")
    sign_out(officer)
    officer.go("/accounts/login/code/?next=/fr/desk/")
    officer.page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    officer.page.wait_for_url("**/fr/desk/")


def test_a_passkey_is_named_anew_and_removed_and_then_opens_nothing(officer: Visit) -> None:
    add_key(officer, "vieux téléphone")
    officer.go("/accounts/passkeys/")
    officer.page.get_by_role("link", name="Renommer").click()
    officer.page.get_by_label("Nom de la clé").fill("nouveau téléphone")
    officer.page.get_by_role("button", name="Enregistrer").click()
    expect(officer.page.get_by_text("nouveau téléphone")).to_be_visible()
    officer.page.get_by_role("link", name="Retirer").click()
    officer.page.get_by_role("button", name="Retirer").click()
    expect(officer.page.get_by_text("Aucune clé d’accès")).to_be_visible()
    sign_out(officer)
    officer.go("/accounts/login/code/")
    officer.page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(officer.page.get_by_text("La saisie n’est pas correcte")).to_be_visible()


def test_without_scripts_the_page_says_that_passkeys_need_them(site: Site, visit: Visits) -> None:
    plain = visit(language="fr", scripts=False, session=site.do("officer")["session"])
    plain.go("/accounts/passkeys/add/")
    expect(plain.page.get_by_text("ont besoin de JavaScript")).to_be_visible()
