"""Who follows a case by telephone alone is called from the desk."""

from django.test import Client

from nafida.cases.actions import answer_case, follow_case
from nafida.cases.life import Outcome
from nafida.cases.models import Case
from nafida.people.models import User
from tests import factories
from tests.desk.conftest import Act, address, browser, fresh

PHONE = "+212612345678"


def test_the_desk_calls_a_follower_and_notes_the_call(agent: User, act: Act, case: Case) -> None:
    follower = follow_case(case, phone=PHONE, language="ar")
    answer_case(fresh(case), by=factories.on_desk(agent, case), outcome=Outcome.DONE, text="تم")
    desk: Client = browser(agent)
    assert case.shown_reference in desk.get("/en/desk/?pile=to_call").content.decode()
    assert PHONE not in desk.get(address(case)).content.decode()
    assert PHONE in desk.post(f"{address(case)}contact/").content.decode()
    act(agent, case, "call", whom=str(follower.pk), reached="yes", text="قيل له")
    assert "A follower was called" in desk.get(address(case)).content.decode()
    assert case.shown_reference not in desk.get("/en/desk/?pile=to_call").content.decode()


def test_who_is_no_follower_of_this_case_cannot_be_called_in_it(agent: User, act: Act, case: Case) -> None:
    follow_case(case, phone=PHONE, language="ar")
    other = follow_case(factories.report(), phone="+212612345679", language="ar")
    assert act(agent, case, "call", whom=str(other.pk), reached="yes", text="").status_code == 422
