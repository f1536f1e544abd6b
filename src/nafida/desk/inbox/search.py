"""Finding cases by what somebody types."""

from __future__ import annotations

from django.db.models import Q

from nafida.cases.models.case import CaseQuerySet
from nafida.cases.reference import read_reference


def find(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """Those of a reference as people type it, or of the body's own."""
    reference = read_reference(words)
    own = Q(body_reference__iexact=words)
    return cases.filter(Q(reference=reference) | own if reference else own)
