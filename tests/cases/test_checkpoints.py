"""What a checkpoint proves, and what verifying does while the world goes on."""

import pytest
from django.db import connection

from nafida.cases import actions, checkpoints, journal
from nafida.cases.actor import CITIZEN
from nafida.cases.checkpoints import verify_journal, write_checkpoint
from nafida.cases.models import Case, Checkpoint, CheckpointHead
from tests.factories import report, utc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def test_the_last_checkpoint_cannot_be_removed_unnoticed():
    report()
    write_checkpoint(utc(2026, 1, 1))
    report()
    last = write_checkpoint(utc(2026, 1, 1, 13))
    journal.unseal(connection)
    CheckpointHead.objects.filter(checkpoint=last).delete()
    Checkpoint.objects.filter(pk=last.pk).delete()
    journal.seal(connection)
    assert any("is missing" in sentence for sentence in verify_journal())


def test_events_after_the_last_checkpoint_are_no_fault():
    case = report()
    write_checkpoint(utc(2026, 1, 1))
    actions.withdraw_case(case)
    report()
    assert list(verify_journal()) == []


def test_what_happens_while_the_journal_is_read_is_no_fault(monkeypatch):
    case = report()
    stale = {case.pk: case.version}
    actions.support_case(case, by=CITIZEN, device="x" * 64)
    monkeypatch.setattr(checkpoints, "dict", lambda _rows: stale, raising=False)
    assert list(checkpoints._verify_events()) == []


def test_a_version_that_was_turned_back_is_found():
    case = report()
    actions.support_case(case, by=CITIZEN, device="x" * 64)
    Case.objects.filter(pk=case.pk).update(version=1)
    assert any("version" in sentence for sentence in verify_journal())


def test_a_case_without_events_is_found():
    case = report()
    journal.unseal(connection)
    case.events.all().delete()
    journal.seal(connection)
    assert list(verify_journal()) == [f"case {case.pk}: has no events"]


def test_a_signature_made_with_another_key_is_found(settings):
    report()
    write_checkpoint(utc(2026, 1, 1))
    settings.SECRET_KEY = "somebody else's"
    assert any("signature" in sentence for sentence in verify_journal())
