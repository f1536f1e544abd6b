"""The page of a case: what it shows, to whom, and what is kept of a look at it."""

from datetime import timedelta

from django.utils import timezone

from nafida.cases import actions
from nafida.cases.attachments import keep_picture
from nafida.cases.models import Case
from nafida.people.models import Trace, User
from tests import factories
from tests.desk.conftest import Act, address, browser, fresh, photo


def page(user: User, case: Case) -> str:
    return browser(user).get(address(case)).content.decode()


def test_the_page_tells_what_the_citizen_said_and_where(agent: User) -> None:
    case = factories.report(description="Dark since Monday", place="قرب المدرسة", answers={"extent": "street"})
    told = page(agent, case)
    for words in ("Dark since Monday", "قرب المدرسة", "How many lamps?", "The whole street", 'href="geo:3'):
        assert words in told


def test_the_contact_is_shown_only_when_asked_for_and_that_is_traced(agent: User, case: Case) -> None:
    client = browser(agent)
    assert "citizen@example.org" not in client.get(address(case)).content.decode()
    assert not Trace.objects.filter(what="contact_seen").exists()
    assert "citizen@example.org" in client.post(address(case, "contact")).content.decode()
    seen = Trace.objects.get(what="contact_seen")
    assert (seen.by, seen.facts) == (agent, {"case": case.pk})


def test_one_button_is_strong_and_it_is_the_next_step(agent: User, case: Case) -> None:
    by = factories.on_desk(agent, case)
    strong = 'class="button call block"'
    assert page(agent, case).count(strong) == 1
    assert f'{address(case, "take_in_hand")}"' in page(agent, case).split(strong)[0]
    actions.take_in_hand(case, by=by)
    actions.plan_works(case, by=by, day=timezone.localdate() + timedelta(days=1))
    before = page(agent, case).split(strong)[0]
    assert before.rstrip().rsplit("<form", 1)[1].find(address(case, "answer")) > 0


def test_only_a_coordinator_is_offered_a_longer_limit(agent: User, case: Case) -> None:
    assert address(case, "extend") not in page(agent, case)
    assert address(case, "extend") in page(factories.coordinator(), case)


def test_nobody_is_asked_where_nobody_left_an_address(agent: User) -> None:
    case = factories.report(email="")
    assert address(case, "ask") not in page(agent, case)


def test_the_history_is_told_in_sentences_with_words_and_people(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "note", text="Call the electrician")
    act(agent, case, "ask", text="Which side?")
    told = page(agent, case)
    for words in ("Internal note", "Call the electrician", "A question was put to the citizen", "Which side?", "Agent"):
        assert words in told


def test_both_clocks_are_told_with_their_pauses(agent: User, case: Case, act: Act) -> None:
    act(agent, case, "ask", text="Which side?")
    told = page(agent, case)
    assert "Since the citizen sent it" in told
    assert "It stands still until the citizen answers" in told
    assert "Standing still since" in told


def test_letters_are_listed_without_their_addresses(agent: User, case: Case, work) -> None:  # type: ignore[no-untyped-def]
    work()
    told = page(agent, case)
    assert "Receipt to the citizen" in told
    assert "citizen@example.org" not in told


def test_pictures_are_sent_to_who_has_the_case_only(agent: User) -> None:
    case = factories.report(pictures=[keep_picture(photo().read())])
    for size in ("small", "large"):
        url = f"/en/desk/cases/{case.reference}/pictures/1/{size}.jpg"
        sent = browser(agent).get(url)
        assert sent["Content-Type"] == "image/jpeg"
        assert "no-store" in sent["Cache-Control"]
        assert browser(factories.officer("commune-ahfir")).get(url).status_code == 404
    for wrong in ("pictures/2/small.jpg", "pictures/1/huge.jpg"):
        assert browser(agent).get(f"/en/desk/cases/{case.reference}/{wrong}").status_code == 404


def test_words_of_people_are_never_markup(agent: User) -> None:
    case = factories.report(description="<b>bold</b>", place="<i>here</i>")
    told = page(agent, case)
    assert "<b>bold" not in told
    assert "<i>here" not in told


def test_after_a_change_of_subject_the_competent_body_is_offered(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "change_service", service="power-cable").status_code == 302
    assert fresh(case).service.code == "power-cable"
    assert "is competent." in page(agent, case)
    assert fresh(case).body.code == "commune-aklim"


def test_a_get_of_a_verb_does_nothing(agent: User, case: Case) -> None:
    response = browser(agent).get(address(case, "take_in_hand"))
    assert response["Location"] == address(case)
    assert fresh(case).state == "received"


def test_an_unknown_verb_is_no_page(agent: User, case: Case, act: Act) -> None:
    for verb in ("withdraw", "support", "follow", "explode"):
        assert act(agent, case, verb, text="x").status_code == 404
