"""What is made from the sources before anything runs. No Django."""

import os
from pathlib import Path

import polib

from nafida.launch.environment import ROOT


def compile_translations(root: Path = ROOT) -> int:
    """Compile each locale/*/LC_MESSAGES/*.po that is newer than its .mo; gives how many were."""
    compiled = 0
    for source in root.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = source.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)  # a process that reads the old one keeps a whole file
        compiled += 1
    return compiled
