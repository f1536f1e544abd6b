"""Pages for those who hear them, press keys, print them, or have neither styles nor scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import conftest, kinds
from tests.browser.site import Site
from tests.browser.visits import Visit

KEYS = 80
"""Presses of the tabulator after which something counts as not to be reached."""
ORDER = {
    "portal:home": ["banner", 'navigation "Langue"', "main", "level=1", '"Signaler un problème', "contentinfo"],
    "reports:form": ["banner", "main", "level=1", '"Utiliser ma position"', "Commune", '"Envoyer le signalement"'],
    "portal:cases": ["banner", "main", 'heading "Tous les signalements" [level=1]', "navigation", "list", "listitem"],
    "portal:case": ["banner", "main", "level=1", "blockquote", "list", 'region "Délai"', '"Moi aussi"', "contentinfo"],
    "desk:inbox": [
        "banner",
        'navigation "Bureau"',
        'heading "Dossiers" [level=1]',
        "search",
        '"Quels dossiers"',
        "list",
    ],
}
"""What is heard on a page, in its order."""


@pytest.mark.parametrize("kind", ORDER)
def test_a_page_is_heard_in_the_order_of_its_meaning(visit: conftest.Visits, estate: dict[str, str], kind: str) -> None:
    who = kinds.PAGES[kind].who
    heard = visit(language="fr", session=estate[who] if who else None)
    heard.page.goto(heard.url + kinds.path_of(kind, estate, "fr"))
    tree, at = heard.page.locator("body").aria_snapshot(), 0
    for name in ORDER[kind]:
        assert name in tree[at:], f"{name} does not follow:\n{tree[at:]}"
        at = tree.index(name, at) + 1


def reach(page: Page, selector: str) -> None:
    """Press the tabulator until what the selector means has the focus."""
    for _ in range(KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the tabulator")


def test_a_report_is_sent_by_keyboard_alone(desktop: Visit) -> None:
    page = desktop.page
    desktop.go("/report/light-out/")
    reach(page, "a.skip")
    page.keyboard.press("Enter")
    reach(page, "select[name=commune]")
    page.keyboard.type("Aklim")
    reach(page, "[name=place]")
    page.keyboard.type("derrière la mosquée")
    page.keyboard.press("Escape")
    reach(page, "form[data-report] .actions button")
    page.keyboard.press("Enter")
    expect(page.locator(".reference")).to_be_visible()


def test_a_case_is_answered_by_keyboard_alone(site: Site, visit: conftest.Visits) -> None:
    officer = site.do("officer", name="موظف")
    case = site.do("in_hand", by=officer["email"])
    desk = visit(language="fr", wide=True, session=officer["session"])
    page, form = desk.page, "form[action$='/answer/']"
    desk.go(case["desk"])
    if not page.locator(f"{form} textarea").first.is_visible():
        reach(page, f"details:has({form}) > summary")
        page.keyboard.press("Enter")
    reach(page, f"{form} [name=outcome]")
    page.keyboard.press("Space" if page.locator(f"{form} input[name=outcome]").count() else "ArrowDown")
    reach(page, f"{form} textarea")
    page.keyboard.type("La lampe est réparée.")
    reach(page, f"{form} button:last-of-type")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert site.do("look", reference=case["reference"])["state"] == "answered"


def test_what_has_the_focus_is_seen(desktop: Visit) -> None:
    desktop.go("/")
    reach(desktop.page, "main a")
    outline = desktop.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in ("none", "")


def test_my_place_and_what_is_near_are_said_in_words(site: Site, located: Visit) -> None:
    site.do("report", description="هنا")
    located.go("/report/light-out/")
    located.page.locator("[data-locate] button").tap()
    expect(located.page.locator("[data-said][role=status]")).to_contain_text("أكليم")
    near = located.page.locator("[data-nearby] li").first
    expect(near).to_be_visible()
    assert re.search(r"\d+ ?م|متر|\d", near.inner_text())


def test_without_styles_the_words_stand_in_their_order(visit: conftest.Visits, estate: dict[str, str]) -> None:
    bare = visit(language="fr")
    bare.guard.allow("Failed to load resource|ERR_FAILED")
    bare.page.route("**/*.css", lambda route: route.abort())
    bare.go("/")
    words = bare.page.locator("body").inner_text()
    wanted = ["Aller au contenu", "Fenêtre provinciale", "Comment pouvons-nous", "Signaler un problème", "Référence"]
    places = [words.index(each) for each in wanted]
    assert places == sorted(places)
    sizes = bare.page.evaluate(
        "[...document.querySelectorAll('svg.icon')].map(each => each.getBoundingClientRect().width)"
    )
    assert [size for size in sizes if size > 200] == []


@pytest.mark.parametrize("kind", ["portal:case", "reports:receipt"])
def test_paper_gets_the_words_and_none_of_the_doors(phone: Visit, estate: dict[str, str], kind: str) -> None:
    phone.page.goto(phone.url + kinds.path_of(kind, estate, "ar"))
    phone.page.emulate_media(media="print", color_scheme="dark")
    expect(phone.page.locator("h1")).to_be_visible()
    expect(phone.page.locator(".top nav").first).to_be_hidden()
    expect(phone.page.locator("main .button").first).to_be_hidden()
    assert phone.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_buttons_are_made_for_thumbs(phone: Visit) -> None:
    phone.go("/report/light-out/")
    small = """[...document.querySelectorAll('main .button, main select')].filter(each => {
        const box = each.getBoundingClientRect(); return box.height && box.height < 44;
    }).map(each => each.outerHTML)"""
    assert phone.page.evaluate(small) == []


def test_a_reader_of_arabic_starts_at_the_right(phone: Visit) -> None:
    phone.go("/")
    brand = phone.page.locator(".brand").bounding_box()
    assert brand is not None
    assert brand["x"] > 100
    assert phone.page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
