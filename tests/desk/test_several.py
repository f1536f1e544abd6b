"""Several cases of one street answered in one go; and what is late, by administration."""

from nafida.cases import actions
from nafida.cases.models import Case
from nafida.people.models import Role, User
from tests import factories
from tests.desk.conftest import browser, fresh, photo
from tests.desk.test_inbox import make_late

URL = "/en/desk/several/"


def send(user: User, *cases: Case, **other: object):  # type: ignore[no-untyped-def]
    said = {"case": [case.reference for case in cases], "verb": "answer", "outcome": "done", "text": "Repaired."}
    said |= {f"version_{case.reference}": case.version for case in cases}
    return browser(user).post(URL, {**said, **other})


def test_each_gets_its_own_answer_event_and_photo(agent: User) -> None:
    cases = [factories.report() for _ in range(3)]
    assert send(agent, *cases, photo=photo()).status_code == 200
    for case in cases:
        assert fresh(case).state == "answered"
        assert case.events.filter(what="answered").count() == 1
        assert case.attachments.count() == 1


def test_one_that_has_moved_on_hinders_no_other_and_is_told(agent: User) -> None:
    first, moved = factories.report(), factories.report()
    actions.note_case(moved, by=factories.on_desk(agent, moved), text="Mine")
    told = send(agent, first, moved)
    assert told.status_code == 409
    assert (fresh(first).state, fresh(moved).state) == ("answered", "received")
    assert "Somebody was faster" in told.content.decode()
    assert "Repaired." in told.content.decode()


def test_another_subject_and_another_body_are_left_out(agent: User) -> None:
    first, other = factories.report(), factories.report("pavement")
    foreign = factories.report(commune="02.113.01.01")
    send(agent, first, other, foreign)
    assert [fresh(case).state for case in (first, other, foreign)] == ["answered", "received", "received"]


def test_the_page_offers_what_is_open_near_by(agent: User) -> None:
    first, near = factories.report(), factories.report()
    far = factories.report("pavement")
    told = browser(agent).get(URL, {"case": first.reference}).content.decode()
    assert f'value="{first.reference}" checked' in told
    assert f'value="{near.reference}">' in told
    assert far.reference not in told


def test_words_and_photo_stay_when_nothing_is_ticked(agent: User, case: Case) -> None:
    told = browser(agent).post(URL, {"offered": case.reference, "text": "Repaired.", "photo": photo()})
    assert told.status_code == 422
    assert "Tick at least one case" in told.content.decode()
    assert "Repaired." in told.content.decode()
    assert 'name="kept" value="ey' in told.content.decode() or 'name="kept" value="W' in told.content.decode()


def test_the_coordinator_sees_who_is_late_and_what_to_do_first(berkane: None) -> None:
    late, other = factories.report(), factories.report("pavement")
    make_late(late)
    told = browser(factories.coordinator()).get("/en/desk/late/").content.decode()
    assert "?pile=late&amp;body=commune-aklim" in told
    assert told.index(late.shown_reference) > told.index("What to do first")
    assert other.shown_reference not in told


def test_a_manager_sees_the_own_body_alone_and_an_agent_no_such_page(case: Case, agent: User) -> None:
    manager = factories.officer("commune-ahfir", Role.MANAGER)
    assert "commune-aklim" not in browser(manager).get("/en/desk/late/").content.decode()
    assert browser(agent).get("/en/desk/late/").status_code == 403
