"""`nafida check`: what a machine can say about the sources without running them. No Django."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polib

from nafida.launch.environment import ROOT

COMPLETE = ("ar", "fr")  # languages that must have every word
SHOWN = 20
_BIN = Path(sys.executable).parent


def check() -> int:
    """Run every step, also after one has failed; gives 1 if any failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="nafida-check-") as folder:
        os.environ.update(NAFIDA_DATA=folder, NAFIDA_SECRET_KEY="of this check only")
        os.environ.pop("DATABASE_URL", None)
        for name, step in STEPS.items():
            started = time.monotonic()
            print(f"-- {name}", flush=True)
            fine = step()
            print(f"   {name}: {'fine' if fine else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
            if not fine:
                failed.append(name)
    print(f"check: failed: {', '.join(failed)}" if failed else "check: everything is fine", flush=True)
    return 1 if failed else 0


def _run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> bool:
    return subprocess.run(command, cwd=cwd, env={**os.environ, **variables}, check=False).returncode == 0


def _manage(*arguments: str) -> bool:
    return _run(sys.executable, "-m", "nafida.launch.manage", *arguments)


def translations_are_complete() -> bool:
    """Collect the strings of the sources anew, in a copy, and say what ar and fr lack."""
    if shutil.which("xgettext") is None or shutil.which("msgmerge") is None:
        print("GNU gettext is needed to collect the strings: apt-get install gettext, or brew install gettext.")
        return False
    with tempfile.TemporaryDirectory(prefix="nafida-strings-") as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "locale", copy / "locale", dirs_exist_ok=True)
        for language in COMPLETE:
            (copy / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        collect = [
            sys.executable,
            "-m",
            "nafida.launch.manage",
            "makemessages",
            "--no-location",
            "--verbosity",
            "0",
        ]
        languages = [part for language in COMPLETE for part in ("--locale", language)]
        if not _run(*collect, *languages, cwd=copy, PYTHONPATH=str(copy / "src")):
            return False
        lacking = [line for language in COMPLETE for line in lacking_strings(copy / "locale", language)]
    for line in lacking[:SHOWN]:
        print(line)
    if len(lacking) > SHOWN:
        print(f"… and {len(lacking) - SHOWN} more")
    return not lacking


def lacking_strings(locale: Path, language: str) -> list[str]:
    """One line for each string of a language that is untranslated or fuzzy, in the domain django."""
    source = locale / language / "LC_MESSAGES" / "django.po"
    if not source.exists():  # nothing to translate anywhere
        return []
    lines = []
    for entry in polib.pofile(str(source)):
        if entry.obsolete:
            continue
        if entry.fuzzy:
            lines.append(f"{language}: fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            lines.append(f"{language}: not translated: {entry.msgid!r}")
    return lines


STEPS: dict[str, Callable[[], bool]] = {
    "style": lambda: _run(_BIN / "ruff", "check", "."),
    "format": lambda: _run(_BIN / "ruff", "format", "--check", "."),
    "floors": lambda: _run(_BIN / "lint-imports"),
    "types": lambda: _run(_BIN / "mypy", "src"),
    "settings": lambda: _manage("check"),
    "migrations": lambda: _manage("makemigrations", "--check", "--dry-run"),
    "translations": translations_are_complete,
}
