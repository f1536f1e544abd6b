"""What everybody may see of a report: it follows the service, and an officer's leave."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from nafida.cases.masking import mask
from nafida.cases.models import Attachment, AttachmentRole, Case
from nafida.reports.models import Report
from nafida.services.models import Datatype, Publicity, Service
from nafida.territory.place import BITS, cell_of, point_of

COARSE = 500  # metres
_EQUATOR = 40_075_017  # metres
_BAND = 10  # zoom of the tiles within which all coarse squares are of one size


@dataclass(frozen=True)
class Told:
    """One question of the form and what was answered, in the active language."""

    question: str
    answer: str


@dataclass(frozen=True)
class PublicFace:
    """What a report shows; everything may be missing. `point` is (longitude, latitude) in WGS84 degrees."""

    place: str = ""
    description: str = ""
    reporter: str = ""
    point: tuple[float, float] | None = None
    is_coarse: bool = False
    answers: Sequence[Told] = ()
    pictures: Sequence[tuple[int, Attachment]] = field(default=())


def public_face(case: Case) -> PublicFace:
    """What everybody may see of a public case (Case.objects.public), beside its service, commune, state and clock."""
    report: Report | None = getattr(case, "report", None)
    if report is None:
        return PublicFace()
    if case.service.publicity == Publicity.COARSE:
        return PublicFace(point=coarse_point(report) if case.shown_at else None, is_coarse=True)
    if not case.words_are_public:
        return PublicFace(pictures=public_pictures(case))
    return PublicFace(
        place=mask(report.place),
        description=mask(report.description),
        reporter=mask(case.contact.name) if case.contact.name_is_public else "",
        point=_point(report),
        answers=[Told(told.question, mask(told.answer)) for told in answers_in_words(report, case.service)],
        pictures=public_pictures(case),
    )


def numbered(case: Case) -> list[tuple[int, Attachment]]:
    """The pictures of a case with the numbers that their addresses carry, from 1."""
    return list(enumerate(case.attachments.all(), start=1))


def public_pictures(case: Case) -> list[tuple[int, Attachment]]:
    """Those that everybody may see: what a reporter took, with their words; what came later, by itself."""
    return [(number, photo) for number, photo in numbered(case) if is_public(photo, case)]


def is_public(photo: Attachment, case: Case) -> bool:
    if case.service.publicity != Publicity.FULL or not photo.is_shown:
        return False
    return case.words_are_public or photo.role != AttachmentRole.BEFORE


def _point(report: Report) -> tuple[float, float] | None:
    return None if report.lon is None or report.lat is None else (report.lon, report.lat)


def coarse_point(report: Report) -> tuple[float, float] | None:
    """The middle of the square of some 500 m in which the report lies: the same for all that lie in it."""
    point = _point(report)
    if point is None:
        return None
    cell = cell_of(*point)
    bits = square_bits(cell)
    return middle_of(cell >> bits, bits)


def square_bits(cell: int) -> int:
    """How many low bits of a cell the coarse square leaves out; the same within each map tile of zoom 10.

    The square is a map tile whose side is nearest to 500 m there, so that counting by tiles tells no more than it does.
    """
    whole = 2 * (BITS - _BAND)
    _lon, lat = middle_of(cell >> whole, whole)
    return 2 * (BITS - round(math.log2(_EQUATOR * math.cos(math.radians(lat)) / COARSE)))


def middle_of(square: int, bits: int) -> tuple[float, float]:
    """Longitude and latitude (degrees, to 10 cm) of the middle of a square: a cell without its `bits` low bits."""
    lon, lat = point_of(middle_cell(square, bits))
    return round(lon, 6), round(lat, 6)


def middle_cell(square: int, bits: int) -> int:
    """The cell just beyond the middle of a square."""
    return square << bits | 3 << bits - 2


def answers_in_words(report: Report, service: Service) -> list[Told]:
    """The answers to the service's questions as they stand today; an answer to a question since removed is left out."""
    told = []
    for question in service.questions.prefetch_related("choices") if report.answers else ():
        value = report.answers.get(question.code)
        if value is None:
            continue
        names = {choice.code: choice.name for choice in question.choices.all()}
        told.append(Told(question.text, _in_words(value, question.datatype, names)))
    return told


def _in_words(value: Any, datatype: str, names: dict[str, str]) -> str:
    if datatype in (Datatype.SINGLE, Datatype.MULTI):
        codes = value if isinstance(value, list) else [value]
        return _(", ").join(names.get(code, str(code)) for code in codes)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
