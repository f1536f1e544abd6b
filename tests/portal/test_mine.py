"""The page of whoever holds the private link."""

from django.test import Client

from nafida.cases.actions import answer_case, ask_citizen
from nafida.cases.attachments import keep_picture
from nafida.cases.life import Outcome, State, WaitingFor
from nafida.cases.models import Case
from tests import citizens, factories


def officer(case: Case) -> factories.Actor:
    return factories.on_desk(factories.officer(case.body.code), case)


def page(client: Client, case: Case) -> str:
    return str(client.get(citizens.mine(case, "en")).content.decode())


def act(client: Client, case: Case, **said: str) -> int:
    return client.post(citizens.mine(case), said).status_code


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_reporter_sees_all_they_said(client: Client, berkane: None) -> None:
    kept = keep_picture(citizens.photo().read())
    case = factories.report(
        "noise", description="My words", place="My place", answers={"hours": ["night"]}, pictures=[kept]
    )
    seen = page(client, case)
    assert all(word in seen for word in ("My words", "My place", "At night", case.shown_reference, case.pin))
    assert f"/pictures/{case.reference}/1/picture.jpg?key={case.private_key}" in seen


def test_a_wrong_key_opens_nothing(client: Client, berkane: None) -> None:
    case = factories.report()
    other = factories.report()
    for key in ("a", other.private_key, "é"):
        assert client.get(f"/fr/cases/{case.reference}/{key}/").status_code == 404
    assert client.get(f"/fr/report/receipt/{case.reference}/{other.private_key}/").status_code == 404
    assert client.post(f"/fr/cases/{case.reference}/{other.private_key}/", {"do": "withdraw"}).status_code == 404


def test_a_question_is_answered_in_words(client: Client, berkane: None) -> None:
    case = factories.report()
    ask_citizen(case, by=officer(case), text="Which post?")
    assert "Which post?" in page(client, case)
    assert act(client, case, do="reply", text=" ") == 422
    assert act(client, case, do="reply", text="The third.") == 303
    assert again(case).waiting_for == WaitingFor.NOBODY
    assert "The third." in page(client, case)
    assert act(client, case, do="reply", text="Again.") == 409


def test_what_is_not_solved_is_reopened_with_words(client: Client, berkane: None) -> None:
    case = factories.report()
    assert act(client, case, do="reopen", text="Too early.") == 409
    answer_case(case, by=officer(case), outcome=Outcome.DONE, text="Mended.")
    assert "Mended." in page(client, case)
    assert act(client, case, do="reopen", text="") == 422
    assert act(client, case, do="reopen", text="Still dark.") == 303
    assert again(case).state == State.RECEIVED
    assert "Still dark." in page(client, case)


def test_a_report_is_withdrawn_once(client: Client, berkane: None) -> None:
    case = factories.report()
    assert act(client, case, do="withdraw") == 303
    assert again(case).outcome == Outcome.WITHDRAWN
    assert act(client, case, do="withdraw") == 409


def test_a_verb_that_is_none_is_told(client: Client, berkane: None) -> None:
    case = factories.report()
    assert [act(client, case), act(client, case, do="transfer"), act(client, case, do="\x00")] == [400, 400, 400]
    assert act(client, case, do="reply", text="a\x00") == 422
