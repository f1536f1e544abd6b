"""Each process of the tree is killed once under load; then what was acknowledged is compared with what is stored.

`./nafida bench chaos` is the long form.
"""

from typing import Any

import pytest

from bench.siege.campaign import PARENT, STRIKES, Siege

from .conftest import Installation


@pytest.fixture(scope="module")
def siege(installation: Installation) -> Siege:
    return Siege(installation)


@pytest.fixture(scope="module")
def report(siege: Siege) -> dict[str, Any]:
    """What the audit says after it all."""
    siege.lay()
    for name in STRIKES:
        siege.strike(name)
    siege.strike_parent()
    return siege.lift()


@pytest.fixture(scope="module")
def wrong(report: dict[str, Any]) -> dict[str, list[str]]:
    return report["wrong"]  # type: ignore[no-any-return]


def test_every_process_was_killed_while_people_reported_and_bodies_answered(
    siege: Siege, report: dict[str, Any]
) -> None:
    assert siege.struck == dict.fromkeys([*STRIKES, PARENT], 1)
    assert report["figures"]["acknowledged"] > 3 * len(STRIKES)
    assert report["figures"]["answered by link"]
    assert report["figures"]["pictures"]


def test_everybody_was_answered_an_upload_in_flight_included_and_no_process_is_left(
    wrong: dict[str, list[str]],
) -> None:
    assert wrong["people_are_answered"] == []


def test_a_report_acknowledged_is_stored_once_with_its_event_and_its_clocks(wrong: dict[str, list[str]]) -> None:
    assert wrong["acknowledged_is_stored_once"] == []


def test_an_answer_by_link_counts_once(wrong: dict[str, list[str]]) -> None:
    assert wrong["answers_count_once"] == []


def test_nobody_is_written_twice_and_nobody_is_forgotten(wrong: dict[str, list[str]]) -> None:
    assert wrong["letters_are_written_once"] == []


def test_each_letter_sent_is_one_file_by_its_message_id(wrong: dict[str, list[str]]) -> None:
    assert wrong["files_of_letters_are_the_letters_sent"] == []


def test_no_task_is_stuck_or_given_up(wrong: dict[str, list[str]]) -> None:
    assert wrong["no_task_is_stuck"] == []


def test_a_task_that_ends_every_worker_is_set_aside_while_other_work_goes_on(wrong: dict[str, list[str]]) -> None:
    assert wrong["poison_is_set_aside"] == []


def test_the_journal_is_whole(wrong: dict[str, list[str]]) -> None:
    assert wrong["journal_is_whole"] == []


def test_every_picture_is_there_and_none_is_left_over(wrong: dict[str, list[str]]) -> None:
    assert wrong["pictures_are_all_there"] == []


def test_the_database_is_sound(wrong: dict[str, list[str]]) -> None:
    assert wrong["database_is_sound"] == []
