"""The tables of the territory."""

from .administration import (
    Area,
    AreaKind,
    AreaQuerySet,
    Body,
    BodyKind,
    BodyQuerySet,
    Jurisdiction,
    JurisdictionQuerySet,
    LetterLanguage,
    LetterRhythm,
    Participation,
    Territory,
    draw_stamp,
    valid_on,
)
from .days import DayOverride, WorkingWeek
from .landmarks import Landmark, LandmarkKind, LandmarkQuerySet, LandmarkSource, LandmarkState
from .notices import Notice

__all__ = [
    "Area",
    "AreaKind",
    "AreaQuerySet",
    "Body",
    "BodyKind",
    "BodyQuerySet",
    "DayOverride",
    "Jurisdiction",
    "JurisdictionQuerySet",
    "Landmark",
    "LandmarkKind",
    "LandmarkQuerySet",
    "LandmarkSource",
    "LandmarkState",
    "LetterLanguage",
    "LetterRhythm",
    "Notice",
    "Participation",
    "Territory",
    "WorkingWeek",
    "draw_stamp",
    "valid_on",
]
