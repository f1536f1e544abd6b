"""Cases found by their words: by everybody in what is public now, by the desk in all of it."""

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nafida.cases import actions
from nafida.cases.actor import CLOCK
from nafida.cases.models import Case, CaseWords
from nafida.cases.models.columns import COLUMNS, DESK
from nafida.reports.retention import erase_report
from tests.factories import officer, on_desk, report

pytestmark = pytest.mark.usefixtures("berkane")
TOLD = {"description": "الضو طافي هادي يومين", "place": "قدام حمام السعادة", "name": "فاطمة", "phone": "+212612345678"}
SECRET = ["فاطمة", "0612345678", "06 12 34 56 78", "+212 612 345 678", "neighbour@example.org", "612345678"]


def told(work, **fields):
    case = report(email="neighbour@example.org", **TOLD, **fields)
    work()
    return case


def public(text):
    return list(Case.objects.matching(text))


def desk(text):
    return list(Case.objects.on_desk_of(officer()).matching_on_desk(text))


def test_the_desk_finds_a_case_by_anything_told_of_it(work):
    case = told(work)
    actions.note_case(case, by=on_desk(officer(), case), text="السلم الكبير ضروري")
    work()
    for text in [*SECRET, "حمام", "7ammam", "طافي", "éclairage", "السلم", case.reference, case.shown_reference]:
        assert desk(text) == [case], text
    assert desk("مدرسة") == desk("?") == desk("\0") == []


def test_everybody_finds_by_service_and_commune_and_by_words_only_once_they_are_shown(work):
    case = told(work)
    assert public("éclairage aklim") == public("انارة اكليم") == public(case.shown_reference) == [case]
    assert public("حمام") == public("طافي") == []
    actions.show_words(case, by=on_desk(officer(), case))
    work()
    assert public("حمام السعادة") == public("éclairage حمام") == [case]


def test_everybody_never_finds_by_what_is_private(work):
    case = told(work)
    by = on_desk(officer(), case)
    actions.show_words(case, by=by)
    actions.note_case(case, by=by, text="السلم الكبير")
    work()
    for text in [*SECRET, "السلم", case.pin]:
        assert public(text) == [], text


def test_what_is_hidden_again_is_not_found_even_before_the_worker_has_come(work):
    case = told(work)
    actions.show_words(case, by=on_desk(officer(), case))
    work()
    Case.objects.filter(pk=case.pk).update(shown_at=None)
    assert public("حمام") == []
    assert public("aklim") == [case]


def test_a_service_that_shows_no_words_is_never_found_by_them(work):
    coarse, private = told(work, service="vehicle-left"), told(work, service="noise")
    Case.objects.update(shown_at=coarse.received_at)
    assert public("حمام") == []
    assert public("véhicule") == [coarse]
    assert public("bruit") == public(private.reference) == []


def test_an_answer_is_found_and_a_later_word_is_added(work):
    case = told(work)
    by = on_desk(officer(), case)
    actions.show_words(case, by=by)
    actions.answer_case(case, by=by, outcome="done", text="تم تبديل المصباح")
    work()
    assert public("تبديل") == [case]


def test_what_is_erased_is_found_no_more(work):
    case = told(work)
    by = on_desk(officer(), case)
    actions.show_words(case, by=by)
    actions.close_case(case, by=by, outcome="done", text="تم الإصلاح")
    work()
    erase_report(case, by=CLOCK)
    for text in [*SECRET, "حمام", "طافي", "الإصلاح"]:
        assert desk(text) == public(text) == [], text
    work()
    words = CaseWords.objects.get(pk=case.pk)
    assert words.face == words.public == words.desk
    assert "حمام" not in words.desk
    assert public("aklim") == [case]


def test_the_index_follows_rows_that_go_and_can_be_made_anew(work, capsys):
    case = told(work)
    CaseWords.objects.all().delete()
    assert desk("حمام") == []
    call_command("rebuild_search")
    assert "1 cases" in capsys.readouterr().out
    assert desk("حمام") == [case]


def test_an_index_that_lost_its_triggers_is_made_whole_after_a_migrate(work):
    case = told(work)
    with connection.cursor() as cursor:
        for part in ("learn", "forget", "relearn") if connection.vendor == "sqlite" else ():
            cursor.execute(f"DROP TRIGGER {DESK.name}_{part}")
    CaseWords.objects.filter(pk=case.pk).update(desk="zzz")
    for column in COLUMNS:
        column.lay(connection)
    assert desk("zzz") == [case]


def test_an_imported_report_is_found_at_once():
    case = report(source="old-list", **TOLD)
    assert desk("حمام") == [case]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.text(alphabet="\"'*()^:-+&|!<>\\%_ abAB حف\0", max_size=40)))
def test_anything_may_be_looked_for(text):
    assert list(Case.objects.matching(text)) == []
    assert list(Case.objects.matching_on_desk(text)) == []


@pytest.mark.parametrize("text", ["حفرة " * 3000, "a" * 10_000, "(" * 10_000, '" OR 1=1 --', "desk:x", "x NEAR y"])
def test_a_long_or_hostile_question_is_answered(text):
    assert list(Case.objects.matching(text)) == []
