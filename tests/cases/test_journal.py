import pytest
from django.db import IntegrityError, connection, models, transaction

from nafida.cases import actions, journal
from nafida.cases.actor import CITIZEN
from nafida.cases.checkpoints import verify_journal, write_checkpoint
from nafida.cases.journal import Happened, record
from nafida.cases.life import Outcome
from nafida.cases.models import Case, Checkpoint, CheckpointHead, Event
from nafida.people.models import Trace
from tests.factories import officer, on_desk, report, utc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def lived_case() -> Case:
    case = report()
    agent = on_desk(officer(), case)
    actions.take_in_hand(case, by=agent)
    return actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")


def test_events_are_numbered_and_each_holds_the_hash_of_the_one_before():
    events = list(lived_case().events.all())
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev for event in events] == ["", events[0].hash, events[1].hash]
    assert [event.hash for event in events] == [journal.digest(event) for event in events]


def test_the_version_of_a_case_is_the_number_of_its_last_event():
    case = lived_case()
    assert Case.objects.get(pk=case.pk).version == case.events.count() == 3


def test_an_event_tells_exactly_its_facts():
    case = report()
    with pytest.raises(ValueError, match="tells"):
        record(case, Happened.SHOWN, by=CITIZEN, secret=1)


@pytest.mark.parametrize("model", [Event, Checkpoint, CheckpointHead, Trace])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_history(model: type, verb: str):
    lived_case()
    write_checkpoint(utc(2026, 1, 1))
    rows = model.objects.filter(pk=model.objects.earliest("pk").pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows._raw_delete("default") if verb == "delete" else rows.update(id=models.F("id"))


def forge(**fields: object) -> None:
    """Change history as somebody with the database's password could."""
    journal.unseal(connection)
    Event.objects.filter(seq=2).update(**fields)
    journal.seal(connection)


def test_a_whole_journal_verifies():
    lived_case()
    lived_case()
    while write_checkpoint(utc(2026, 1, 1)):
        pass
    assert list(verify_journal()) == []


@pytest.mark.parametrize("fields", [{"what": "noted"}, {"at": utc(2020, 1, 1)}, {"facts": {"as": "body"}}])
def test_a_changed_event_is_found(fields: dict[str, object]):
    lived_case()
    forge(**fields)
    assert any("sealed" in sentence for sentence in verify_journal())


def test_a_chain_forged_to_its_end_is_found_by_the_checkpoint():
    case = lived_case()
    write_checkpoint(utc(2026, 1, 1))
    journal.unseal(connection)
    prev = ""
    for event in case.events.all():
        event.prev, event.at = prev, utc(2020, 1, 1)
        event.hash = prev = journal.digest(event)
        event.save()
    journal.seal(connection)
    assert any("not the one it holds" in sentence for sentence in verify_journal())


def test_a_removed_last_event_is_found():
    case = lived_case()
    journal.unseal(connection)
    case.events.get(seq=3).delete()
    journal.seal(connection)
    assert any("version" in sentence for sentence in verify_journal())


def test_a_checkpoint_holds_only_the_heads_that_moved():
    first, second = lived_case(), report()
    assert write_checkpoint(utc(2026, 1, 1)).count == 2
    assert write_checkpoint(utc(2026, 1, 1, 13)) is None
    actions.withdraw_case(second)
    later = write_checkpoint(utc(2026, 1, 1, 14))
    assert list(later.heads.values_list("case_id", "seq")) == [(second.pk, 2)]
    assert later.prev == Checkpoint.objects.first().digest
    assert first.events.last().hash in CheckpointHead.objects.values_list("hash", flat=True)
