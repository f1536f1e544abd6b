"""What the public may see of what citizens brought, and who waits for an officer's look."""

import pytest

from nafida.cases import actions
from nafida.cases.actions.afterwards import is_confirmed, may_rate, ratings_of
from nafida.cases.actor import CITIZEN, Actor
from nafida.cases.journal import Happened
from nafida.cases.life import HideReason, NotAllowed, Outcome
from nafida.cases.models import AttachmentRole, Case, MessageKind
from nafida.mail.models import KnownAddress
from nafida.mail.standing import digest_of_address
from nafida.services.models import Service
from tests.cases.doings import KEPT
from tests.factories import days_ago, officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def staff(case: Case) -> Actor:
    return on_desk(officer(case.body.code), case)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def waits(case: Case) -> bool:
    return Case.objects.to_be_seen().filter(pk=case.pk).exists()


def answered(**when: float) -> Case:
    case = report(at=days_ago(when.get("received", 0.5)))
    actions.answer_case(case, by=staff(case), outcome=Outcome.DONE, text="تم", at=days_ago(when.get("answered", 0.4)))
    return fresh(case)


def test_a_new_case_waits_for_a_look_until_it_is_shown_or_hidden():
    shown, hidden = report(), report()
    assert waits(shown)
    assert waits(hidden)
    actions.show_words(shown, by=staff(shown))
    actions.hide_words(hidden, by=staff(hidden), reason=HideReason.INSULT)
    assert not waits(shown)
    assert not waits(hidden)
    assert fresh(hidden).hidden_for == HideReason.INSULT


def test_a_private_case_waits_only_when_it_is_held():
    assert not waits(report("noise"))
    held = report("noise", held=True)
    assert waits(held)
    actions.show_words(held, by=staff(held))
    assert not waits(held)


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [("noise", "light-out", 0), ("smoke", "light-out", 0), ("light-out", "smoke", 1), ("light-out", "manhole", 1)],
)
def test_what_was_shown_to_fewer_eyes_waits_again_when_the_service_shows_more(before: str, after: str, stays: int):
    case = report(before, pictures=[KEPT])
    actions.show_words(case, by=staff(case))
    actions.change_service(case, by=staff(case), service=Service.objects.get(code=after))
    assert (fresh(case).shown_at is not None) == bool(stays)
    assert case.attachments.filter(shown_at__isnull=False).count() == stays
    assert waits(case) != bool(stays)


def test_photos_are_shown_one_by_one():
    case = report(pictures=[KEPT, KEPT])
    first, second = case.attachments.all()
    actions.show_words(case, by=staff(case), photos=[first.pk])
    assert [photo.is_shown for photo in case.attachments.all()] == [True, False]
    actions.show_photo(second, by=staff(case))
    actions.hide_photo(first, by=staff(case), reason=HideReason.PERSON)
    assert [photo.is_shown for photo in case.attachments.all()] == [False, True]


def test_an_update_waits_is_shown_hidden_and_shown_again_each_journaled():
    case = report()
    actions.show_words(case, by=staff(case))
    update = actions.add_update(case, text="ما زال", pictures=[KEPT])
    assert waits(case)
    assert update.attachments.get().role == AttachmentRole.UPDATE
    actions.show_update(update, by=staff(case))
    assert not waits(case)
    assert update.attachments.get().is_shown
    actions.hide_update(update, by=staff(case), reason=HideReason.ADVERT)
    assert list(Case.objects.all().with_something_hidden()) == [case]
    actions.show_update(update, by=staff(case))
    assert not Case.objects.all().with_something_hidden().exists()
    told = list(case.events.order_by("seq").values_list("what", flat=True))
    assert told[-4:] == [Happened.UPDATED, Happened.SHOWN, Happened.HIDDEN, Happened.SHOWN]


def test_what_is_hidden_for_no_reason_of_the_list_is_refused():
    case = report()
    with pytest.raises(ValueError, match="because"):
        actions.hide_words(case, by=staff(case), reason="because")  # type: ignore[arg-type]
    assert fresh(case).hidden_at is None


def test_a_hidden_case_comes_back_when_it_is_shown():
    case = report()
    actions.hide_words(case, by=staff(case), reason=HideReason.PERSON)
    actions.show_words(case, by=staff(case))
    case = fresh(case)
    assert (case.hidden_at, case.hidden_for, case.words_are_public) == (None, "", True)


def test_words_written_after_the_look_wait_for_another():
    case = answered()
    actions.show_words(case, by=staff(case))
    actions.reopen_case(case, text="ما زال")
    assert waits(case)
    actions.show_update(case.messages.get(kind=MessageKind.REASON), by=staff(case))
    assert not waits(case)


def test_a_held_case_is_nowhere_until_it_is_seen():
    case = report(held=True)
    for rows in (Case.objects.public(), Case.objects.all().worth_showing()):
        assert case not in rows
    actions.hide_words(case, by=staff(case), reason=HideReason.ADVERT)
    assert case not in Case.objects.public()
    assert not waits(case)
    actions.show_words(case, by=staff(case))
    assert case in Case.objects.public()


def three_shown(**contact: str) -> list[Case]:
    cases = [report(**contact) for _ in range(3)]
    for case in cases:
        actions.show_words(case, by=staff(case))
    return cases


def confirmed(email: str) -> None:
    KnownAddress.objects.update_or_create(digest=digest_of_address(email), defaults={"confirmed_at": days_ago(1)})


@pytest.mark.parametrize("contact", [{"email": "a@example.org"}, {"email": "", "phone": "+212612345678"}])
def test_after_three_shown_cases_words_and_photos_show_at_once(contact: dict[str, str]):
    assert not report(**contact).words_are_public
    first, *_others = three_shown(**contact)
    assert not report(**contact).words_are_public
    confirmed("a@example.org")
    actions.call_citizen(first, by=staff(first), reached=True, text="")
    assert not report(**contact).words_are_public
    case = report(**contact, pictures=[KEPT], proved=True)
    assert case.words_are_public
    assert case.attachments.get().is_shown
    assert case.events.get(what=Happened.SHOWN).facts["as"] == "clock"
    assert not report(email="b@example.org", proved=True).words_are_public


def test_one_hidden_thing_ends_the_trust():
    confirmed("a@example.org")
    first, *_others = three_shown(email="a@example.org")
    assert report(email="a@example.org", proved=True).words_are_public
    update = actions.add_update(first, text="x")
    actions.hide_update(update, by=staff(first), reason=HideReason.ADVERT)
    assert not report(email="a@example.org", proved=True).words_are_public


def test_whoever_is_trusted_is_held_all_the_same_when_too_many_come():
    confirmed("a@example.org")
    three_shown(email="a@example.org")
    assert not report(email="a@example.org", held=True, proved=True).words_are_public


def test_support_beyond_the_limit_counts_after_a_look():
    case = report()
    actions.support_case(case, device="a" * 64)
    actions.support_case(case, device="b" * 64, held=True)
    assert case.supports.filter(held=False).count() == 1
    actions.show_words(case, by=staff(case))
    assert case.supports.filter(held=False).count() == 2


def test_fixed_closes_an_answered_case_once_and_not_fixed_opens_it_again():
    case = answered()
    actions.confirm_fixed(case)
    assert (fresh(case).state, is_confirmed(case)) == ("closed", True)
    with pytest.raises(NotAllowed):
        actions.confirm_fixed(case)
    actions.reopen_case(fresh(case), text="ما زال")
    assert not is_confirmed(case)


def test_a_rating_may_be_changed_for_fourteen_days_and_its_words_forgotten():
    case = answered(received=30, answered=29)
    actions.confirm_fixed(case, at=days_ago(25))
    actions.rate_case(case, stars=2, text="بطيء", at=days_ago(20))
    actions.rate_case(case, stars=4, at=days_ago(10))
    assert [event.facts["stars"] for event in ratings_of(fresh(case))] == [2, 4]
    assert not case.messages.filter(kind=MessageKind.RATING).exclude(text="").exists()
    assert not may_rate(fresh(case))
    with pytest.raises(NotAllowed):
        actions.rate_case(case, stars=5)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_a_rating_is_a_number_from_one_to_five(stars: int):
    case = answered()
    actions.confirm_fixed(case)
    with pytest.raises(ValueError, match="1 to 5"):
        actions.rate_case(case, stars=stars)


def test_a_citizen_shows_and_hides_nothing():
    case = report()
    for do in (actions.show_words, lambda case, by: actions.hide_words(case, by=by, reason=HideReason.LAW)):
        with pytest.raises(NotAllowed):
            do(case, by=CITIZEN)
