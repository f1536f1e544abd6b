"""A body without officers answers by the links of its letters: from the letter to the citizen's letter."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.attachments import keep_picture
from nafida.cases.life import Outcome
from nafida.cases.models import AttachmentRole, BodyLink, Case, Message
from nafida.people.models import Trace
from tests import factories
from tests.desk.conftest import fresh, photo, purposes, tokens

Work = Callable[..., list[str]]
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.fixture
def case(berkane: None, work: Work) -> Case:
    """A report whose body has an address and no officers, and whose letters are written."""
    factories.body("commune-aklim", email="bureau@aklim.example", language="fr")
    factories.body("commune-ahfir", email="bureau@ahfir.example", language="fr")
    case = factories.report(description="Lampe éteinte", language="fr")
    work()
    return case


def url(token: str) -> str:
    return f"/en/desk/answer/{token}/"


def say(case: Case, token: str, choice: str, **said: Any) -> Any:
    said.setdefault("version", fresh(case).version)
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    return client.post(url(token), {"choice": choice, **said})


def test_the_link_shows_what_the_body_needs_and_no_contact(case: Case) -> None:
    response = Client().get(url(tokens(case)[0]))
    page = response.content.decode()
    assert "Lampe éteinte" in page
    assert "قرب المسجد" in page
    assert "citizen@example.org" not in page
    assert case.pin not in page
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_looking_uses_nothing_up(case: Case) -> None:
    token = tokens(case)[0]
    for _ in range(3):
        Client().get(url(token))
        Client().head(url(token))
    assert say(case, token, "received").status_code == 302


def test_received_takes_the_case_in_hand_and_brings_the_next_link(case: Case, work: Work) -> None:
    token = tokens(case)[0]
    done = say(case, token, "received", body_reference="BO 12/26")
    page = Client().get(done["Location"]).content.decode()
    assert (fresh(case).state, fresh(case).body_reference) == ("in_hand", "BO 12/26")
    assert "Taken in hand" in page
    assert "next answer is on its way" in page
    work()
    assert len(tokens(case)) == 2
    assert say(case, tokens(case)[1], "done", outcome="done", text="Réparé").status_code == 302


def test_planned_tells_the_citizen_the_day(case: Case, work: Work) -> None:
    say(case, tokens(case)[0], "planned", day=TOMORROW, text="Une équipe passe")
    work()
    assert fresh(case).planned_on.isoformat() == TOMORROW
    assert "planned" in purposes(case)


@pytest.mark.parametrize("outcome", ["done", "not_done", "not_found"])
def test_done_or_not_the_citizen_gets_the_answer(case: Case, work: Work, outcome: str) -> None:
    say(case, tokens(case)[0], "done", outcome=outcome, text="Voici notre réponse", photo=photo())
    work()
    letter = case.letters.get(letter__purpose="answer").letter
    assert (letter.to, "Voici notre réponse" in letter.text) == ("citizen@example.org", True)
    assert (fresh(case).outcome, case.attachments.get().role) == (outcome, "after")
    assert len(tokens(case)) == 1


def test_not_ours_passes_it_on_and_the_new_body_gets_its_own_link(case: Case, work: Work) -> None:
    say(case, tokens(case)[0], "not_ours", to="commune-ahfir", text="Au-delà du pont", body_reference="BO 9")
    work()
    assert (fresh(case).body.code, fresh(case).body_reference) == ("commune-ahfir", "")
    newest = case.letters.filter(letter__purpose="body").latest("letter__pk").letter
    assert newest.to == "bureau@ahfir.example"
    assert "transferred" in purposes(case)
    assert Client().get(url(tokens(case)[-1])).status_code == 200
    page = Client().get(url(tokens(case)[0])).content.decode()
    assert "The report is now with" in page
    assert "Send a new link" not in page


def test_asking_the_citizen_stops_the_clock_and_writes_to_them(case: Case, work: Work) -> None:
    say(case, tokens(case)[0], "ask", text="Quel côté ?")
    work()
    assert "question" in purposes(case)
    assert case.deadlines.filter(stopped_at=None).count() == 0
    assert "When the citizen has answered" in Client().get(url(tokens(case)[0])).content.decode()


def test_what_was_done_by_a_link_names_the_link(case: Case) -> None:
    say(case, tokens(case)[0], "received")
    event = case.events.latest("seq")
    assert (event.by, event.facts) == (None, {"as": "body", "link": BodyLink.objects.get().pk})


def test_the_second_use_of_a_link_changes_nothing_and_is_told_kindly(case: Case) -> None:
    token = tokens(case)[0]
    say(case, token, "received")
    again = say(case, token, "done", outcome="done", text="Encore")
    assert again.status_code == 409
    assert "What you have sent now changed nothing" in again.content.decode()
    assert fresh(case).state == "in_hand"


def test_an_expired_link_does_nothing_and_offers_a_new_one(case: Case) -> None:
    BodyLink.objects.update(expires_at=timezone.now())
    token = tokens(case)[0]
    assert "Send a new link" in Client().get(url(token)).content.decode()
    assert say(case, token, "received").status_code == 409
    assert fresh(case).state == "received"


def test_a_link_of_a_body_that_lost_the_case_does_nothing(case: Case) -> None:
    token, coordinator = tokens(case)[0], factories.coordinator()
    to = factories.body("commune-ahfir")
    actions.transfer_case(case, by=factories.on_desk(coordinator, case), to=to, text="Theirs")
    assert say(case, token, "received").status_code == 409
    assert "Lampe éteinte" not in Client().get(url(token)).content.decode()
    assert fresh(case).state == "received"


def test_a_new_link_goes_to_the_bodys_address_only_and_is_traced(case: Case, work: Work) -> None:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    page = client.post(url(tokens(case)[0]) + "renew/", {"email": "thief@example.org"}).content.decode()
    work()
    letters = case.letters.filter(letter__purpose="body")
    assert set(letters.values_list("letter__to", flat=True)) == {"bureau@aklim.example"}
    assert len(tokens(case)) == 2
    assert not any(token in page for token in tokens(case)[1:])
    assert Trace.objects.get(what="link_renewed").facts == {"case": case.pk, "body": case.body_id}


def test_new_links_are_sent_three_times_an_hour_at_most(case: Case) -> None:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    codes = [client.post(url(tokens(case)[0]) + "renew/").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert case.events.filter(what="link_renewed").count() == 3


def test_no_new_link_for_what_is_answered(case: Case) -> None:
    token = tokens(case)[0]
    say(case, token, "done", outcome="done", text="Réparé")
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    assert client.post(url(token) + "renew/").status_code == 409


@pytest.mark.parametrize("end", ["", "renew/"])
def test_a_form_from_another_site_is_refused(case: Case, end: str) -> None:
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    said = {"choice": "received", "version": case.version}
    assert client.post(url(tokens(case)[0]) + end, said).status_code == 403
    assert fresh(case).version == case.version


def test_wrong_words_are_said_and_use_nothing_up(case: Case) -> None:
    token = tokens(case)[0]
    for choice, said in (("done", {"outcome": "done", "text": ""}), ("planned", {"day": ""}), ("nonsense", {})):
        assert say(case, token, choice, **said).status_code == 422
    assert BodyLink.objects.get().used_at is None


def test_words_are_kept_when_the_answer_is_no_longer_wanted(case: Case) -> None:
    token, by, seen = tokens(case)[0], factories.on_desk(factories.coordinator(), case), fresh(case).version
    actions.answer_case(case, by=by, outcome=Outcome.DONE, text="Fait")
    told = say(case, token, "planned", day=TOMORROW, text="Notre plan", version=seen)
    assert told.status_code == 409
    assert "Notre plan" in told.content.decode()
    assert BodyLink.objects.get().used_at is None


def test_when_the_case_moved_on_the_words_are_kept_and_the_link_still_works(case: Case, work: Work) -> None:
    token, seen = tokens(case)[0], fresh(case).version
    actions.plan_works(case, by=factories.on_desk(factories.coordinator(), case), day=timezone.localdate())
    told = say(case, token, "done", outcome="done", text="Nos mots", version=seen)
    assert told.status_code == 409
    assert "Nos mots" in told.content.decode()
    assert say(case, token, "done", outcome="done", text="Nos mots").status_code == 302
    assert Message.objects.filter(case=case, kind="answer").count() == 1


def test_pictures_are_shown_while_the_link_works(case: Case) -> None:
    actions.attach_picture(
        case, by=factories.by_link(case), kept=keep_picture(photo().read()), role=AttachmentRole.BEFORE
    )
    token = tokens(case)[0]
    picture = url(token) + "pictures/1/small.jpg"
    assert Client().get(picture)["Content-Type"] == "image/jpeg"
    say(case, token, "received")
    assert Client().get(picture).status_code == 404


def test_a_token_that_never_was_is_no_page(berkane: None) -> None:
    assert Client().get(url("x" * 32)).status_code == 404


def test_internal_notes_are_not_shown_by_link(case: Case) -> None:
    actions.note_case(case, by=factories.on_desk(factories.coordinator(), case), text="Between us")
    assert "Between us" not in Client().get(url(tokens(case)[0])).content.decode()
