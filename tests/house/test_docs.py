"""The pages for whoever runs it name every knob and every command, and no link of theirs leads nowhere."""

import re
from pathlib import Path

import pytest

from tests.house.ground import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
OPERATE = (DOCS / "operate.md").read_text(encoding="utf-8")
OF_THE_HOUSE = {"NAFIDA_CHILD"}
"""What one of our processes tells another."""


def sources() -> list[Path]:
    return sorted((ROOT / "src/nafida").rglob("*.py"))


def test_every_knob_is_told() -> None:
    knobs = {
        name for path in sources() for name in re.findall(r"NAFIDA_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))
    }
    assert len(knobs) > 20
    assert sorted(knob for knob in knobs - OF_THE_HOUSE if f"`{knob}`" not in OPERATE) == []


def test_no_knob_is_told_that_is_gone() -> None:
    told = set(re.findall(r"NAFIDA_[A-Z_]*[A-Z]", OPERATE))
    code = "".join(path.read_text(encoding="utf-8") for path in [*sources(), ROOT / "nafida"])
    assert sorted(knob for knob in told if knob not in code) == []


def test_every_command_is_told() -> None:
    commands = {path.stem for path in sources() if path.parent.name == "commands" and path.stem != "__init__"}
    assert "run_clock" in commands
    assert sorted(each for each in commands if each not in OPERATE) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"\]\(([^)#\s]+)|src=\"([^\"]+)\"", text)
    places = [place for pair in found for place in pair if place and "://" not in place]
    assert [place for place in places if not (page.parent / place).exists()] == []
