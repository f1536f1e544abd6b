"""A telephone number alone: somebody calls, and the call is kept."""

import pytest

from nafida.cases.actions import answer_case, ask_citizen, call_citizen, follow_case, reopen_case, reply_to_question
from nafida.cases.actor import Actor
from nafida.cases.life import Outcome
from nafida.cases.models import Case
from tests.factories import officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]
PHONE = "+212612345678"


def waiting() -> list[Case]:
    return list(Case.objects.to_be_called())


def by_phone() -> tuple[Case, Actor]:
    """A case with a number alone, and an officer of its body."""
    case = report(email="", phone=PHONE)
    return case, on_desk(officer(), case)


def test_an_answer_has_to_be_told_by_telephone_until_somebody_was_reached():
    case, agent = by_phone()
    assert waiting() == []
    answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    assert waiting() == [case]
    call_citizen(case, by=agent, reached=False, text="")
    assert waiting() == [case]
    call_citizen(case, by=agent, reached=True, text="شكرا")
    assert waiting() == []


def test_a_question_has_to_be_put_by_telephone_until_it_is_answered():
    case, agent = by_phone()
    ask_citizen(case, by=agent, text="أين؟")
    assert waiting() == [case]
    reply_to_question(case, by=agent, text="هنا")
    assert waiting() == []


def test_a_second_answer_is_told_again():
    case, agent = by_phone()
    answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    call_citizen(case, by=agent, reached=True, text="")
    reopen_case(case, text="لا")
    assert waiting() == []
    answer_case(case, by=agent, outcome=Outcome.DONE, text="تم الآن")
    assert waiting() == [case]


def test_whoever_gave_an_address_or_no_number_is_not_called():
    for contact in ({"email": "a@example.org", "phone": PHONE}, {"email": ""}):
        case = report(**contact)
        answer_case(case, by=on_desk(officer(), case), outcome=Outcome.DONE, text="تم")
    assert waiting() == []


def test_a_call_is_kept_as_a_message_of_the_case():
    case, agent = by_phone()
    call_citizen(case, by=agent, reached=True, text="قيل له")
    (message,) = case.messages.all()
    event = case.events.last()
    assert (message.kind, message.text, message.author) == ("call", "قيل له", agent.user)
    assert event is not None
    assert event.facts == {"message": message.pk, "reached": True, "follower": None, "as": "officer"}


def test_who_follows_by_telephone_is_called_once_there_is_an_answer(work):
    case = report(email="")
    agent = on_desk(officer(), case)
    follower = follow_case(case, phone=PHONE, language="ar")
    assert follow_case(case, phone=PHONE, language="fr") == follower
    work()
    assert waiting() == []
    answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    for reached, left in ((False, [case]), (True, [])):
        assert waiting() == [case]
        call_citizen(case, by=agent, reached=reached, text="", follower=follower)
        assert waiting() == left
    assert [message.kind for message in case.messages.all()] == ["answer", "missed", "told"]


def test_a_call_to_a_follower_is_none_to_whoever_reported():
    case, agent = by_phone()
    follower = follow_case(case, phone="+212612345679", language="ar")
    answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    call_citizen(case, by=agent, reached=True, text="", follower=follower)
    assert waiting() == [case]
    call_citizen(case, by=agent, reached=True, text="")
    assert waiting() == []
