"""The phone remembers its reports, tells their news, and forgets them when told to; the receipt is taken home."""

from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.site import Site
from tests.browser.visits import Visit

KEPT = "localStorage.getItem('nafida.reports')"


def test_a_receipt_is_remembered_and_can_be_forgotten(site: Site, phone: Visit) -> None:
    case = site.do("report")
    phone.go(case["receipt"])
    assert case["key"] in phone.page.evaluate(KEPT)
    phone.page.locator("[data-forget]").click()
    expect(phone.page.get_by_text("مُسح من هذا الهاتف.")).to_be_visible()
    assert phone.page.evaluate(KEPT) is None


def test_the_home_page_tells_what_is_new_until_it_was_opened(site: Site, phone: Visit) -> None:
    officer = site.do("officer")
    case = site.do("report")
    phone.go(case["receipt"])
    phone.go("/")
    mine = phone.page.locator("#my-reports")
    expect(mine.get_by_role("link")).to_have_count(1)
    expect(mine.locator("[data-words]")).not_to_be_empty()
    expect(mine.locator("[data-new]")).to_be_hidden()
    site.do("take", by=officer["email"], reference=case["reference"])
    phone.go("/")
    expect(mine.locator("[data-new]")).to_be_visible()
    mine.get_by_role("link").click()
    phone.page.wait_for_url(f"**{case['mine']}")
    phone.go("/")
    expect(mine.locator("[data-words]")).not_to_be_empty()
    expect(mine.locator("[data-new]")).to_be_hidden()
    assert case["key"] not in "".join(address for kind, address, _size in phone.wire.by_address if kind == "Fetch")


def test_a_case_that_somebody_joined_is_remembered_with_its_news(site: Site, phone: Visit, plain: Visit) -> None:
    officer, case = site.do("officer"), site.do("shown")
    path = f"/report/joined/{case['reference']}/"
    plain.go(path)
    expect(plain.page.locator("[data-kept]")).to_be_hidden()
    phone.go(path)
    expect(phone.page.locator("[data-kept]")).to_be_visible()
    site.do("take", by=officer["email"], reference=case["reference"])
    phone.go("/")
    mine = phone.page.locator("#my-reports")
    expect(mine.locator("[data-new]")).to_be_visible()
    mine.get_by_role("link").click()
    phone.page.wait_for_url(f"**{case['public']}")


def test_the_whole_list_is_forgotten_on_a_shared_phone(site: Site, phone: Visit) -> None:
    phone.go(site.do("report")["receipt"])
    phone.go("/")
    phone.page.locator("[data-forget-all]").click()
    expect(phone.page.locator("#my-reports [data-said]")).to_contain_text("مُسحت اللائحة")
    phone.go("/")
    expect(phone.page.locator("#my-reports")).to_be_hidden()


def test_a_receipt_is_saved_as_a_picture(site: Site, phone: Visit) -> None:
    case = site.do("report")
    phone.go(case["receipt"])
    with phone.page.expect_download() as saved:
        phone.page.locator("[data-picture]").click()
    assert saved.value.suggested_filename == f"{case['reference']}.png"
    assert saved.value.path().stat().st_size > 10_000


def test_a_receipt_is_printed_without_its_buttons(site: Site, phone: Visit) -> None:
    phone.page.add_init_script("window.print = () => { window.printed = true; };")
    phone.go(site.do("report")["receipt"])
    phone.page.locator("[data-print]").click()
    assert phone.page.evaluate("window.printed")
    phone.page.emulate_media(media="print")
    expect(phone.page.locator(".reference")).to_be_visible()
    expect(phone.page.locator("[data-tools]")).to_be_hidden()
    expect(phone.page.locator("[data-kept]")).to_be_hidden()


def test_what_is_shared_is_the_public_page_never_the_private_link(site: Site, visit: Visits) -> None:
    case = site.do("report")
    phone = visit()
    phone.page.add_init_script("navigator.share = async (facts) => { window.shared = facts; };")
    phone.go(case["receipt"])
    phone.page.locator("[data-share]").click()
    shared = str(phone.page.evaluate("JSON.stringify(window.shared)"))
    assert f"/c/{case['reference']}" in shared
    assert case["key"] not in shared
    assert case["pin"] not in shared.replace(case["reference"], "").replace(case["shown"], "")
