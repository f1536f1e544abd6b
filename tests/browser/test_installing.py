"""A telephone may put the site among its own programs; Chromium itself says whether anything is missing."""

import json

from tests.browser.visits import Visit


def test_chromium_finds_nothing_in_the_way_of_installing(phone: Visit) -> None:
    phone.go("/")
    asked = phone.page.context.new_cdp_session(phone.page)
    found = asked.send("Page.getAppManifest")
    assert found["errors"] == []
    told = json.loads(found["data"])
    assert (told["lang"], told["dir"], told["start_url"]) == ("ar", "rtl", "/ar/")
    # Each visit of a test is a private window, which installs nothing; there is no other hindrance.
    hindrances = asked.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {each["errorId"] for each in hindrances} <= {"in-incognito"}
