"""What maps are counted from: it follows the tables without being told."""

from django.test import Client

from nafida.cases.actions import show_words, take_in_hand, withdraw_case
from nafida.cases.models import Case
from nafida.reports.mass import Mass, forget_mass, mass
from tests import factories


def same(one: Mass, other: Mass) -> bool:
    return all((mine == theirs).all() for mine, theirs in zip(one._arrays(), other._arrays(), strict=True))


def test_what_happens_to_a_case_is_seen_at_once(client: Client, berkane: None) -> None:
    assert len(mass().key) == 0
    case = factories.report()
    actor = factories.on_desk(factories.officer(case.body.code), case)
    show_words(case, by=actor)
    assert mass().key.tolist() == [case.pk]
    assert mass().state.tolist() == [0]
    take_in_hand(case, by=actor)
    assert mass().state.tolist() == [1]


def test_what_was_taken_back_is_gone_at_once(client: Client, berkane: None) -> None:
    case = factories.report()
    show_words(case, by=factories.on_desk(factories.officer(case.body.code), case))
    assert len(mass().key) == 1
    withdraw_case(case)
    assert len(mass().key) == 0


def test_followed_step_by_step_it_is_as_if_read_anew(client: Client, berkane: None) -> None:
    for commune in [factories.AKLIM, "02.113.01.09", "02.113.01.25", factories.AKLIM]:
        case = factories.report(commune=commune)
        actor = factories.on_desk(factories.officer(case.body.code), case)
        show_words(case, by=actor)
        followed = mass()
    assert len(followed.key) == 4
    assert same(followed, Mass.of(Case.objects.all()))
    assert (followed.cell[1:] >= followed.cell[:-1]).all()


def test_it_is_read_whole_only_once(client: Client, berkane: None, django_assert_num_queries: object) -> None:
    forget_mass()
    mass()
    with django_assert_num_queries(1):  # type: ignore[operator]
        mass()
