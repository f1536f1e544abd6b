"""Finding cases by what somebody types."""

from __future__ import annotations

from django.db.models import Q

from nafida.cases.models.case import CaseQuerySet
from nafida.cases.reference import read_reference


def find(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """Those of a reference as people type it, of the body's own, or with all these words in what is told of them."""
    reference = read_reference(words)
    own = Q(body_reference__iexact=words)
    if reference:
        return cases.filter(Q(reference=reference) | own)
    return cases.filter(Q(pk__in=cases.matching_on_desk(words).values("pk")) | own)
