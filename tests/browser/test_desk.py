"""The desk by hand: its head, the chosen case beside the list, keys, ready words, and a phone that loses its net."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.looking import WIDEST
from tests.browser.site import Site
from tests.browser.visits import Visit

STREET = "شارع المسيرة"


@pytest.fixture
def agent(site: Site) -> dict[str, str]:
    """A new officer of Aklim, with two cases on the desk that are not on others' rounds."""
    return dict(site.do("officer", role="agent"))


def test_the_head_of_a_managers_desk_holds_all_its_doors_in_one_line(site: Site, visit: Visits) -> None:
    there = visit(language="fr", wide=True, session=site.do("officer", role="manager")["session"])
    there.go("/desk/templates/")  # the longest of its doors is the open one
    assert there.page.evaluate(WIDEST) == ""
    out = there.page.get_by_role("link", name="Se déconnecter")
    expect(out).to_be_in_viewport(ratio=1)
    first = there.page.get_by_role("navigation", name="Bureau").get_by_role("link").first
    ours, last = first.bounding_box(), out.bounding_box()
    assert ours
    assert last
    assert abs(ours["y"] - last["y"]) < 2


@pytest.fixture
def listed(site: Site, visit: Visits, agent: dict[str, str]) -> Visit:
    """The own cases of an officer on a wide screen: two, both taken in hand."""
    for place in (STREET, f"{STREET} 2"):
        site.do("in_hand", by=agent["email"], place=place, description="المصباح منطفئ")
    there = visit(language="fr", wide=True, session=agent["session"])
    there.go("/desk/?pile=mine")
    return there


def test_the_chosen_case_stands_beside_the_list_and_a_second_click_opens_it(listed: Visit) -> None:
    page, rows = listed.page, listed.page.locator("a[data-row]")
    beside = page.get_by_role("complementary", name="Le dossier choisi")
    expect(beside.get_by_text("المصباح منطفئ")).to_be_visible()
    second = rows.nth(1).get_attribute("href")
    rows.nth(1).click()
    expect(beside.get_by_role("link", name="Ouvrir le dossier")).to_have_attribute("href", str(second))
    expect(beside.locator(".leaflet-interactive")).to_have_count(2)
    assert page.url.endswith("?pile=mine")
    rows.nth(1).click()
    page.wait_for_url(f"**{second}")


def test_the_list_is_worked_by_keys_and_says_which(listed: Visit) -> None:
    page, rows = listed.page, listed.page.locator("a[data-row]")
    page.keyboard.press("?")
    expect(page.get_by_text("dossier suivant")).to_be_visible()
    page.keyboard.press("?")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.keyboard.press("/")
    page.keyboard.type("jk")
    expect(page.get_by_role("searchbox")).to_have_value("jk")
    rows.nth(0).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/*/")


def test_ready_words_follow_what_was_typed(site: Site, visit: Visits, agent: dict[str, str], estate: object) -> None:
    case = site.do("in_hand", by=agent["email"])
    there = visit(language="fr", wide=True, session=agent["session"])
    there.go(case["desk"])
    form = there.page.locator("form[action$='/answer/']")
    there.page.locator("summary", has_text="Répondre au citoyen").click()
    form.locator("textarea").fill("Bonjour.")
    form.get_by_text("Textes types").click()
    form.get_by_role("link", name="أُصلح").click()
    expect(form.locator("textarea")).to_have_value("Bonjour.\n\nأُصلح")


def test_a_step_without_net_is_kept_told_and_sent_once(site: Site, visit: Visits, agent: dict[str, str]) -> None:
    case = site.do("in_hand", by=agent["email"], place=STREET)
    phone = visit(language="fr", session=agent["session"])
    phone.guard.allow("ERR_INTERNET_DISCONNECTED")
    phone.go("/desk/round/")
    sent: list[str] = []
    phone.page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    phone.page.context.set_offline(True)
    phone.page.get_by_role("button", name="En route").tap()
    news = phone.page.locator("[data-field-news]")
    expect(news).to_contain_text("pas encore envoyé")
    expect(news.get_by_role("link")).to_contain_text(case["shown"])
    sent.clear()
    phone.page.context.set_offline(False)
    expect(news).to_contain_text("Envoyé")
    assert len(sent) == 1
    assert site.do("events", reference=case["reference"]).count("planned") == 1
    phone.go("/desk/round/")
    expect(phone.page.locator("[data-field-news]")).to_be_empty()


def test_steps_and_a_photo_without_net_go_in_their_order_once_there_is_one(
    site: Site, visit: Visits, agent: dict[str, str], tmp_path: Path
) -> None:
    first, second = (site.do("in_hand", by=agent["email"], place=STREET) for _ in range(2))
    picture = tmp_path / "after.jpg"
    Image.new("RGB", (1600, 1200), "green").save(picture)
    phone = visit(language="fr", session=agent["session"])
    phone.guard.allow("ERR_INTERNET_DISCONNECTED")
    phone.go("/desk/round/")
    phone.page.context.set_offline(True)
    stop = phone.page.locator(".stop").filter(has_text=first["shown"])
    stop.locator("input[type=file]").set_input_files(picture)
    news = phone.page.locator("[data-field-news]")
    expect(news).to_contain_text(first["shown"])
    other = phone.page.locator(".stop").filter(has_text=second["shown"])
    for word in ("En route", "Rien trouvé"):
        other.get_by_role("button", name=word).tap()
        expect(news).to_contain_text(f"{second['shown']} – {word}")
    phone.page.context.set_offline(False)
    expect(phone.page.locator(".stop")).to_have_count(0)
    assert site.do("events", reference=first["reference"])[-2:] == ["attached", "answered"]
    assert site.do("events", reference=second["reference"])[-2:] == ["planned", "answered"]


def test_who_is_on_the_way_keeps_the_stop_and_ends_it_there(site: Site, visit: Visits, agent: dict[str, str]) -> None:
    site.do("in_hand", by=agent["email"], place=STREET)
    phone = visit(language="fr", session=agent["session"])
    phone.go("/desk/round/")
    way, stop = phone.page.get_by_role("button", name="En route"), phone.page.locator(".stop")
    way.tap()
    expect(way).to_have_attribute("aria-pressed", "true")
    phone.page.get_by_role("button", name="Rien trouvé").tap()
    expect(stop).to_have_count(0)
    expect(phone.page.locator("[data-field-news]")).to_contain_text("Envoyé")


def test_a_landmark_is_placed_on_the_map_or_by_its_numbers(visit: Visits, estate: dict[str, str]) -> None:
    there = visit(language="fr", wide=True, session=estate["coordinator"])
    there.go("/desk/landmarks/")
    position, chooser = there.page.get_by_label("Position"), there.page.locator("[data-position-map] .map")
    expect(there.page.locator("[data-position-map]")).not_to_have_attribute("aria-busy", "true")
    expect(position).to_have_value("")
    position.fill("34.927000, -2.431000")
    position.press("Tab")
    expect(position).to_have_value("34.927000, -2.431000")
    chooser.focus()
    for _ in range(3):
        there.page.keyboard.press("ArrowRight")
    expect(position).not_to_have_value("34.927000, -2.431000")
    lat, lon = (float(number) for number in position.input_value().split(","))
    assert abs(lat - 34.927) < 0.01
    assert -2.431 < lon < -2.40


def test_of_two_officers_the_second_reads_what_happened_and_sends_the_kept_words_again(
    site: Site, visit: Visits, agent: dict[str, str]
) -> None:
    case = site.do("in_hand", by=agent["email"])
    first, second = (visit(language="fr", wide=True, session=who["session"]) for who in (agent, site.do("officer")))
    second.guard.allow("status of 409")
    for there in (first, second):
        there.go(case["desk"])
    first.page.locator("summary", has_text="Note interne").click()
    first.page.locator("form[action$='/note/'] textarea").fill("Vu sur place.")
    first.page.locator("form[action$='/note/'] button").click()
    expect(first.page.get_by_text("La note est enregistrée.")).to_be_visible()
    second.page.locator("summary", has_text="Répondre au citoyen").click()
    form = second.page.locator("form[action$='/answer/']")
    form.locator("textarea").fill("Réparé ce matin.")
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Répondre au citoyen").click()
    expect(second.page.get_by_role("alert")).to_contain_text("Vu sur place.")
    expect(form.locator("textarea")).to_have_value("Réparé ce matin.")
    form.get_by_role("button", name="Répondre au citoyen").click()
    expect(form).to_have_count(0)
    assert site.do("look", reference=case["reference"])["state"] == "answered"
