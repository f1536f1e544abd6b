"""Two officers at one case at once: the second is told, and nothing of either is lost."""

import pytest

from nafida.cases import actions
from nafida.cases.models import Case
from nafida.people.models import User
from tests import factories
from tests.desk.conftest import Act, address, fresh


def test_the_second_officer_is_told_what_happened_and_keeps_the_words(agent: User, case: Case, act: Act) -> None:
    seen = case.version
    act(factories.officer(name="The first"), case, "plan", day="2099-01-01", version=seen)
    told = act(agent, case, "answer", outcome="done", text="My long answer", version=seen)
    page = told.content.decode()
    assert told.status_code == 409
    assert fresh(case).state == "in_hand"
    for words in ("Somebody was faster", "Planned for", "The first", "My long answer"):
        assert words in page


def test_the_page_that_tells_it_can_be_sent_again(agent: User, case: Case, act: Act) -> None:
    act(factories.officer(), case, "take_in_hand", version=case.version)
    page = act(agent, case, "answer", outcome="done", text="Mine", version=case.version).content.decode()
    form = page.split(f'action="{address(case, "answer")}"')[1].split("</form>")[0]
    assert f'name="version" value="{fresh(case).version}"' in form
    act(agent, case, "answer", outcome="done", text="Mine", version=fresh(case).version)
    assert fresh(case).state == "answered"


SAID = {
    "answer": {"outcome": "done", "text": "Mended at noon"},
    "transfer": {"to": "commune-ahfir", "text": "Not our road"},
    "close": {"outcome": "not_done", "text": "No budget for it"},
    "merge": {},
}


@pytest.mark.parametrize("second", SAID)
@pytest.mark.parametrize("first", SAID)
def test_of_two_who_end_a_case_at_once_the_second_is_told_and_keeps_the_words(
    agent: User, case: Case, act: Act, first: str, second: str
) -> None:
    other = factories.report()
    said = {**SAID, "merge": {"reference": other.reference}}
    act(factories.officer(), case, first, version=case.version, **said[first])
    told = act(agent, case, second, version=case.version, **said[second])
    assert told.status_code == 409
    kept = said[second].get("text") or other.reference
    assert kept in told.content.decode()
    assert not case.events.filter(by=agent).exists()
    assert not other.events.filter(by=agent).exists()


def test_words_are_kept_when_the_verb_is_no_longer_lawful(agent: User, case: Case, act: Act) -> None:
    act(factories.officer(), case, "answer", outcome="done", text="First", version=case.version)
    told = act(agent, case, "plan", day="2099-01-01", text="My plan", version=case.version)
    assert told.status_code == 409
    assert "My plan" in told.content.decode()


def test_words_are_kept_when_the_case_has_left_the_desk(agent: User, case: Case, act: Act) -> None:
    act(factories.officer(), case, "transfer", to="commune-ahfir", text="Theirs", version=case.version)
    told = act(agent, case, "answer", outcome="done", text="My answer", version=case.version)
    assert told.status_code == 409
    assert "My answer" in told.content.decode()
    assert fresh(case).state == "received"


def test_a_me_too_in_between_disturbs_nobody(agent: User, case: Case, act: Act) -> None:
    actions.support_case(case, device="a" * 64)
    assert act(agent, case, "answer", outcome="done", text="Repaired", version=case.version).status_code == 302


def test_a_double_click_does_it_once(agent: User, case: Case, act: Act) -> None:
    codes = [act(agent, case, "note", text="Once", version=case.version).status_code for _ in range(2)]
    assert codes == [302, 409]
    assert case.messages.count() == 1


def test_a_version_that_never_was_is_refused(agent: User, case: Case, act: Act) -> None:
    assert act(agent, case, "take_in_hand", version=99).status_code == 409
    assert act(agent, case, "take_in_hand", version="x").status_code == 422
    assert fresh(case).state == "received"
