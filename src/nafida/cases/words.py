"""The words a case is found by, as whoever knows its kind tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import F

from nafida.cases.models.words import CaseWords
from nafida.search.text import index_text

if TYPE_CHECKING:
    from nafida.cases.models import Case


def keep_words(case: Case, *, face: Iterable[str], public: Iterable[str], desk: Iterable[str]) -> None:
    """Let a case be found by these texts, and by no other from now on; in the transaction that holds the case.

    `public` are words that everybody may read once they are shown, `desk` those that only its desk may.
    """
    told = [*face], [*public], [*desk]
    columns = {
        "face": index_text("\n".join(told[0])),
        "public": index_text("\n".join([*told[0], *told[1]])),
        "desk": index_text("\n".join([*told[0], *told[1], *told[2]])),
    }
    CaseWords.objects.update_or_create(case_id=case.pk, defaults=columns)


def forget_words(case: Case) -> None:
    """Leave nothing of what people told."""
    CaseWords.objects.filter(case=case).update(public=F("face"), desk=F("face"))
