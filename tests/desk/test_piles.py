"""What the tabs of the list count is what lies on the piles."""

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.life import Outcome
from nafida.cases.models import Case
from nafida.desk.inbox.piles import UNCOUNTED, Pile, counts, in_pile
from nafida.people.models import User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def cases_of_each_kind(agent: User) -> None:
    kinds = [factories.report(at=factories.days_ago(days)) for days in (0, 1, 40, 40, 40, 40)]
    by = [factories.on_desk(agent, case) for case in kinds]
    actions.take_in_hand(kinds[0], by=by[0])
    actions.ask_citizen(kinds[1], by=by[1], text="Where?")
    actions.answer_case(kinds[2], by=by[2], outcome=Outcome.DONE, text="Mended")
    actions.reopen_case(kinds[2], text="Still dark")
    actions.answer_case(kinds[3], by=by[3], outcome=Outcome.DONE, text="Mended")
    actions.show_words(kinds[4], by=by[4])
    actions.add_update(kinds[4], text="Still dark", pictures=[], held=False)
    actions.withdraw_case(kinds[5])
    factories.report(commune="02.113.01.09")


@pytest.mark.parametrize("who", [factories.officer, factories.coordinator])
def test_the_tabs_count_what_lies_on_the_piles(who):
    agent, now = factories.officer(), timezone.now()
    cases_of_each_kind(agent)
    user = who()
    desk = Case.objects.on_desk_of(user)
    told = counts(desk, user, now)
    assert told == {pile: in_pile(desk, pile, user, now).count() for pile in Pile if pile not in UNCOUNTED}
    assert all(told[pile] for pile in (Pile.TODO, Pile.LATE, Pile.WAITING, Pile.TO_SEE))


def test_what_is_to_be_seen_is_counted_once():
    agent = factories.officer()
    cases_of_each_kind(agent)
    desk = Case.objects.on_desk_of(agent)
    assert {row["pk"] for row in desk.keys_to_be_seen()} == set(desk.to_be_seen().values_list("pk", flat=True))
