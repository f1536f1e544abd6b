"""Letters come from templates: <base>.subject.txt, <base>.txt and <base>.html, in the reader's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from nafida.ui.context import Site


class RenderedLetter(NamedTuple):
    """The words of a letter: one line, plain text, and a whole HTML page."""

    subject: str
    text: str
    html: str


def render_letter(template_base: str, language: str, context: Mapping[str, Any]) -> RenderedLetter:
    """Render the three templates of a letter, such as ``cases/letters/receipt``, in ``language``.

    The templates get ``context`` and: ``place`` (the province, or ""), ``language``, ``direction`` (rtl or ltr),
    ``start`` and ``end`` (the sides a line starts and ends on, for style attributes), ``site_url``, and ``subject``
    in the other two.
    In the .txt templates nothing is escaped. Raises TemplateDoesNotExist.
    """
    with translation.override(language):
        words = {"site_url": settings.SITE_URL, **context, **letter_frame()}
        words["subject"] = subject = _subject(_render(f"{template_base}.subject.txt", words, escape=False))
        text = _paragraphs(_render(f"{template_base}.txt", words, escape=False))
        html = _render(f"{template_base}.html", words, escape=True)
    return RenderedLetter(subject, text, html)


def letter_frame() -> dict[str, str]:
    """What every letter's template gets of the active language."""
    rtl = translation.get_language_bidi()
    return {
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if rtl else "ltr",
        "start": "right" if rtl else "left",
        "end": "left" if rtl else "right",
        "place": Site().place,
    }


def _render(name: str, words: Mapping[str, Any], *, escape: bool) -> str:
    template = get_template(name).template  # type: ignore[attr-defined]
    return str(template.render(Context(dict(words), autoescape=escape)))


def _subject(rendered: str) -> str:
    """One line: what a citizen typed into a title must not break the head of the letter."""
    line = re.sub(r"[^\S\u00a0]+", " ", rendered).strip()  # a space that does not break is meant
    return "".join(char for char in line if unicodedata.category(char) != "Cc")


def _paragraphs(rendered: str) -> str:
    """Tags of templates leave blank lines behind: at most one in a row, none at the ends."""
    lines = [line.rstrip() for line in rendered.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
