"""The home page: what happened lately, the figures, and what stays the visitor's own."""

from django.core.cache import cache
from django.test import Client

from nafida.cases.actions import answer_case, show_words, take_in_hand
from nafida.cases.models import Case
from tests import factories


def home(client: Client, language: str = "en") -> str:
    cache.clear()
    answer = client.get(f"/{language}/")
    assert answer.status_code == 200
    return answer.content.decode()


def solved() -> Case:
    case = factories.report(at=factories.days_ago(5))
    actor = factories.on_desk(factories.officer(case.body.code), case)
    take_in_hand(case, by=actor)
    answer_case(case, by=actor, outcome="done", text="C’est fait.")
    return case


def test_an_empty_province_says_so_and_shows_no_empty_figures(client: Client, berkane: None) -> None:
    words = home(client)
    assert "yours may be the first" in words
    assert 'class="figures"' not in words


def test_what_was_solved_is_shown_with_what_came_in(client: Client, berkane: None) -> None:
    case = solved()
    newest = factories.report()
    words = home(client)
    assert words.index("Solved lately") < words.index(case.reference) < words.index("Reported lately")
    assert newest.reference in words


def test_a_card_without_pictures_shows_no_empty_frame(client: Client, berkane: None) -> None:
    solved()
    assert "before-after" not in home(client)


def test_figures_of_the_province_are_sentences(client: Client, berkane: None) -> None:
    solved()
    factories.report()
    words = home(client)
    assert "<b>2</b> reports received" in words
    assert "<bdi>100%</bdi></b> of the answers came within the time limit" in words
    assert "<b>1</b> report is open now" in words


def test_all_six_arabic_plurals_of_the_figures_are_spoken(client: Client, berkane: None) -> None:
    factories.report()
    assert "تبليغ <b>واحد</b> متوصل به" in home(client, "ar")
    factories.report()
    assert "<b>تبليغان</b> متوصل بهما" in home(client, "ar")
    factories.report()
    assert "<b>3</b> تبليغات متوصل بها" in home(client, "ar")


def test_the_page_is_the_same_for_everybody(client: Client, berkane: None) -> None:
    answer = client.get("/ar/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_words_that_nobody_has_seen_are_not_on_the_home_page(client: Client, berkane: None) -> None:
    case = factories.report(place="قرب المسجد الكبير")
    assert "المسجد الكبير" not in home(client, "ar")
    show_words(case, by=factories.on_desk(factories.officer(case.body.code), case))
    assert "المسجد الكبير" in home(client, "ar")
