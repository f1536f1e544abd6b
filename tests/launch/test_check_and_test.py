import sys
from pathlib import Path

import polib
import pytest

from nafida.launch import check as checking
from nafida.launch import suite as suites
from nafida.launch.setup import compile_translations


def catalogue(root: Path, *entries: polib.POEntry) -> Path:
    folder = root / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    file = polib.POFile()
    file.extend(entries)
    file.save(str(folder / "django.po"))
    return folder


def test_untranslated_and_fuzzy_strings_are_lacking_and_forgotten_ones_are_not(tmp_path: Path) -> None:
    catalogue(
        tmp_path,
        polib.POEntry(msgid="street", msgstr="rue"),
        polib.POEntry(msgid="light", msgstr=""),
        polib.POEntry(msgid="bin", msgstr="bac", flags=["fuzzy"]),
        polib.POEntry(msgid="old", msgstr="", obsolete=True),
    )
    lacking = checking.lacking_strings(tmp_path / "locale", "fr")
    assert lacking == ["fr: not translated: 'light'", "fr: fuzzy: 'bin'"]


def test_only_a_newer_catalogue_is_compiled(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, polib.POEntry(msgid="street", msgstr="rue"))
    assert compile_translations(tmp_path) == 1
    assert polib.mofile(str(folder / "django.mo"))[0].msgstr == "rue"
    assert compile_translations(tmp_path) == 0


def test_every_step_is_run_and_named_also_after_one_has_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("NAFIDA_DATA", "NAFIDA_SECRET_KEY", "DATABASE_URL"):
        monkeypatch.setenv(name, "of this test")
    monkeypatch.setattr(checking, "STEPS", {"first": lambda: False, "second": lambda: True})
    assert checking.check() == 1
    said = capsys.readouterr().out
    assert "first: FAILED in" in said
    assert "second: fine in" in said
    assert said.endswith("check: failed: first\n")


@pytest.mark.parametrize(
    ("summary", "counts"),
    [
        ("12 passed in 3.00s", (12, 0)),
        ("===== 2 failed, 10 passed, 1 error in 61.20s (0:01:01) =====", (10, 3)),
        ("1 failed in 0.50s", (0, 1)),
        ("", (0, 0)),
    ],
)
def test_the_counts_of_a_run_are_read_from_its_summary(summary: str, counts: tuple[int, int]) -> None:
    assert suites.count(summary) == counts


def outcome(monkeypatch: pytest.MonkeyPatch, *scripts: str, cores: int = 2) -> int:
    """The suite, with a script in the place of pytest on SQLite and on PostgreSQL."""
    beginning = suites.Run.__init__

    def begin(run: suites.Run, database: str, arguments: list[str]) -> None:
        beginning(run, database, arguments)
        script = scripts[0 if database == "sqlite" else 1]
        run.command = [sys.executable, "-c", f"import os, sys, time; {script}"]

    monkeypatch.setattr(suites.Run, "__init__", begin)
    monkeypatch.setattr(suites, "cores", lambda: cores)
    return suites.suite([])


def waits_for(path: Path) -> str:
    return f"[time.sleep(.01) for _ in range(3000) if not os.path.exists({str(path)!r})]"


def test_the_last_line_counts_both_databases_and_the_worst_code_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(monkeypatch, "print('5 passed in 1.00s')", "print('1 failed, 4 passed in 1.00s'); sys.exit(1)") == 1
    assert capsys.readouterr().out.splitlines()[-1] == "9 passed, 1 failed"


def test_a_run_that_breaks_off_counts_as_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(monkeypatch, "print('5 passed in 1.00s')", "os.kill(os.getpid(), 9)") == 9
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed"


def test_both_databases_run_at_the_same_time_and_are_shown_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    first = f"{waits_for(begun)}; print('first', os.path.exists({str(begun)!r})); print('1 passed in 1.00s')"
    second = f"open({str(begun)!r}, 'w'); print('second'); print('1 passed in 1.00s')"
    assert outcome(monkeypatch, first, second) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "passed" not in line]
    assert shown == ["== sqlite", "first True", "== postgresql", "second"]


def test_on_one_core_they_run_one_after_the_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done = tmp_path / "done"
    first = f"time.sleep(.2); open({str(done)!r}, 'w')"
    assert outcome(monkeypatch, first, f"sys.exit(not os.path.exists({str(done)!r}))", cores=1) == 0
