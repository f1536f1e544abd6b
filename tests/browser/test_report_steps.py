"""Each step of a report, with and without scripts: the same views."""

import io
from typing import Any

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site
from tests.browser.visits import Visit

FORM = "form[data-report]"


def send(page: Page) -> None:
    page.locator(f"{FORM} .actions .button.call").click()


def photo(side: int = 2400, noise: int = 60) -> dict[str, Any]:
    """A photo as heavy as a phone's."""
    out = io.BytesIO()
    Image.effect_noise((side, side * 3 // 4), noise).convert("RGB").save(out, "JPEG", quality=90)
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def with_place(site: Site, kind: str) -> bytes:
    """A photo whose camera wrote down where in Aklim it was."""
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    lon, lat = site.do("point")
    parts = [(int(abs(x)), int(abs(x) * 60 % 60), abs(x) * 3600 % 60) for x in (lat, lon)]
    exif[0x8825] = {1: "N", 2: parts[0], 3: "W" if lon < 0 else "E", 4: parts[1]}
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, kind, exif=exif)
    return out.getvalue()


def fill_words(page: Page) -> None:
    page.locator("#id_commune").select_option(index=3)
    page.locator("#id_place").fill("قرب المسجد")


def test_my_place_is_answered_in_words_in_a_live_region(located: Visit) -> None:
    located.go("/report/light-out/")
    located.page.get_by_role("button", name="استعملوا مكاني الحالي").click()
    said = located.page.locator("[data-said]")
    expect(said).to_contain_text("أكليم")
    expect(said).to_have_attribute("role", "status")
    expect(located.page.locator("#id_commune")).not_to_have_value("")


def test_a_phone_that_does_not_tell_its_place_says_what_to_do(phone: Visit) -> None:
    phone.go("/report/light-out/")
    phone.page.locator("[data-locate] button").click()
    expect(phone.page.locator("[data-said]")).to_contain_text("اختاروا الجماعة")
    fill_words(phone.page)
    send(phone.page)
    expect(phone.page.locator(".reference")).to_be_visible()


def test_landmarks_are_suggested_while_typing_and_chosen_by_keyboard(phone: Visit) -> None:
    spot = {"name": "مسجد النور", "kind": "mosque", "lon": -2.32, "lat": 34.92}
    communes = (("02.113.01.01", "أحفير"), ("02.113.01.09", "بركان"))
    found = [{**spot, "commune": code, "commune_name": name} for code, name in communes]
    phone.page.route("**/places/?q=*", lambda route: route.fulfill(json={"places": found}))
    phone.go("/report/light-out/")
    field = phone.page.get_by_role("combobox", name="أين بالضبط؟")
    field.press_sequentially("المسجد")
    box = phone.page.get_by_role("listbox", name="الأماكن المعروفة")
    expect(box.get_by_role("option")).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    for _step in range(2):
        field.press("ArrowDown")
    expect(box.get_by_role("option", selected=True)).to_have_text("مسجد النور بركان")
    expect(field).to_have_attribute("aria-activedescendant", "landmark_1")
    field.press("Enter")
    expect(field).to_have_value("مسجد النور")
    expect(box).to_be_hidden()
    expect(phone.page.locator("#id_commune")).to_have_value("02.113.01.09")


def test_another_commune_chosen_by_hand_drops_the_position(located: Visit) -> None:
    located.go("/report/light-out/")
    located.page.locator("[data-locate] button").click()
    expect(located.page.locator("[data-said]")).to_contain_text("أكليم")
    located.page.locator("#id_commune").select_option(index=1)
    assert located.page.locator("#id_position").input_value() == ""


def test_the_map_is_fetched_only_by_who_opens_it_and_moving_it_tells_the_place(located: Visit) -> None:
    located.go("/report/light-out/")
    located.page.locator("[data-locate] button").click()
    expect(located.page.locator("[data-said]")).to_contain_text("أكليم")
    assert "leaflet" not in str(located.wire.by_address)
    located.page.locator("[data-open-map] button").click()
    chart = located.page.locator(".picker .leaflet-container")
    expect(chart).to_be_visible()
    before = located.page.locator("#id_position").input_value()
    chart.focus()
    for _step in range(4):
        chart.press("ArrowUp")
    expect(located.page.locator("#id_position")).not_to_have_value(before)


def test_danger_shows_whom_to_call_first_without_a_script_too(visit: Visits) -> None:
    for scripts in (True, False):
        page = visit(scripts=scripts).page
        page.goto(visit().address("/report/manhole/"))
        first = page.locator(".call-first")
        expect(first).to_be_hidden()
        page.locator("label[for=id_danger_1]").click()
        expect(first.locator("a[href='tel:15']")).to_be_visible()
        fill_words(page)
        send(page)
        expect(page.locator("a[href='tel:15']").first).to_be_visible()
        page.locator("button[name=called]").click()
        expect(page.locator(".reference")).to_be_visible()


def test_who_has_called_goes_on_and_the_case_is_urgent(located: Visit) -> None:
    located.go("/report/manhole/")
    located.page.locator("label[for=id_danger_1]").click()
    located.page.locator("label[for=called]").click()
    located.page.locator("[data-locate] button").click()
    expect(located.page.locator("[data-said]")).to_contain_text("أكليم")
    send(located.page)
    expect(located.page.locator(".reference")).to_be_visible()
    expect(located.page.locator(".facts")).to_contain_text("مستعجل")


def test_it_is_this_one_is_offered_once_the_place_is_known(site: Site, located: Visit) -> None:
    case = site.do("report", service="waste-missed")
    site.do("tests.browser.planting.show", reference=case["reference"])
    located.go("/report/waste-missed/")
    located.page.locator("[data-locate] button").click()
    near = located.page.locator("[data-nearby]")
    expect(near.get_by_role("listitem")).to_have_count(1)
    near.locator("button[name=same]").click()
    expect(located.page.locator("h1")).to_have_text("سُجّل صوتكم")


def test_photos_are_made_small_and_go_while_the_rest_is_filled_in(located: Visit) -> None:
    located.go("/report/light-out/")
    sizes: list[int] = []
    located.page.on(
        "request", lambda asked: sizes.append(len(asked.post_data_buffer or b"")) if "photo" in asked.url else None
    )
    original = photo()
    located.page.locator("#id_photos").set_input_files([original, photo(1000, 20)])
    expect(located.page.locator("[data-sent-now] li")).to_have_count(2)
    expect(located.page.locator("[data-state]", has_text="أُرسلت")).to_have_count(2)
    assert max(sizes) < 210 * 1024 < len(original["buffer"])
    located.page.locator("[data-sent-now] li").first.get_by_role("button", name="حذف").click()
    fill_words(located.page)
    send(located.page)
    located.page.locator(".reference").wait_for()
    located.page.locator("dl a[href*='/ar/cases/']").click()
    expect(located.page.locator(".attachments img")).to_have_count(1)


def test_photos_that_cannot_go_alone_go_with_the_form(located: Visit) -> None:
    located.guard.allow("ERR_FAILED")
    located.page.route("**/draft/photo/", lambda route: route.abort())
    located.go("/report/light-out/")
    located.page.locator("#id_photos").set_input_files([photo(800, 20)])
    fill_words(located.page)
    send(located.page)
    expect(located.page.locator("[data-sending]")).to_contain_text("صوركم")
    located.page.locator(".reference").wait_for()
    located.page.locator("dl a[href*='/ar/cases/']").click()
    expect(located.page.locator(".attachments img")).to_have_count(1)


def test_without_scripts_the_form_is_the_same_and_says_nothing_it_cannot_do(plain: Visit) -> None:
    plain.go("/report/light-out/")
    expect(plain.page.locator("[data-locate]")).to_be_hidden()
    expect(plain.page.locator("[data-open-map]")).to_be_hidden()
    fill_words(plain.page)
    plain.page.locator("#id_photos").set_input_files([photo(300), photo(320)])
    send(plain.page)
    expect(plain.page.locator(".reference")).to_be_visible()
    expect(plain.page.locator("[data-tools]")).to_be_hidden()


@pytest.mark.parametrize(("kind", "type_"), [("JPEG", "image/jpeg"), ("HEIF", "image/heic"), ("WEBP", "image/webp")])
def test_the_place_of_a_photo_is_offered_and_never_taken_by_itself(
    site: Site, phone: Visit, kind: str, type_: str
) -> None:
    phone.go("/report/light-out/")
    page, offer = phone.page, phone.page.locator("[data-offer]")
    page.route("**/draft/photo/", lambda route: route.abort())
    phone.guard.allow("ERR_FAILED")
    page.locator("#id_photos").set_input_files([{"name": "a", "mimeType": type_, "buffer": with_place(site, kind)}])
    expect(offer.get_by_role("status")).to_contain_text("أكليم")
    assert page.locator("#id_position").input_value() == ""
    offer.get_by_role("button").click()
    expect(page.locator("[data-said]")).to_contain_text("أكليم")
    expect(offer).to_be_hidden()
    assert page.locator("#id_position").input_value() != ""


def test_what_was_filled_in_is_there_again_after_the_network_died(located: Visit) -> None:
    page = located.page
    located.guard.allow("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    located.go("/report/light-out/")
    page.locator("#id_photos").set_input_files([photo(300)])
    expect(page.locator("[data-state]", has_text="أُرسلت")).to_have_count(1)
    fill_words(page)
    page.locator("#id_description").fill("الزنقة كلها مظلمة")
    page.context.set_offline(True)
    send(page)
    expect(page.locator("[data-sending]")).to_contain_text("لا توجد شبكة")
    page.context.set_offline(False)
    page.locator(".reference").wait_for()
    page.locator("dl a[href*='/ar/cases/']").click()
    expect(page.locator(".attachments img")).to_have_count(1)


def lose_the_answer(route: Route) -> None:
    if route.request.method != "POST":
        route.continue_()
        return
    route.fetch()
    route.abort("connectionfailed")


def test_a_report_whose_answer_got_lost_is_sent_again_as_the_same(site: Site, phone: Visit) -> None:
    page = phone.page
    phone.guard.allow("ERR_FAILED|ERR_CONNECTION_FAILED")
    phone.go("/report/light-out/")
    fill_words(page)
    page.locator("#id_description").fill("الزنقة كلها مظلمة")
    before = site.do("filed")

    page.route("**/report/light-out/", lose_the_answer)
    send(page)
    page.wait_for_url("chrome-error://**")
    page.unroute("**/report/light-out/")
    phone.go("/report/light-out/")
    expect(page.locator("[data-kept-draft]")).to_be_visible()
    expect(page.locator("#id_description")).to_have_value("الزنقة كلها مظلمة")
    page.locator(f"{FORM} .actions .button.call").dblclick()
    page.locator(".reference").wait_for()
    assert site.do("filed") == before + 1
    phone.go("/report/light-out/")
    expect(page.locator("[data-kept-draft]")).to_be_hidden()
