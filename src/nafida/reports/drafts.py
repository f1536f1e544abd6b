"""A form between two sendings: its key, and the photos that wait until it is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nafida.cases.attachments import KeptPicture, keep_picture
from nafida.cases.pictures import MAX_BYTES, NotAPicture
from nafida.cases.pictures.words import WHY_NOT
from nafida.reports.actions import add_to_draft
from nafida.reports.forms import MOST_PHOTOS
from nafida.reports.models import Draft, DraftPicture
from nafida.territory.landmarks import said
from nafida.territory.locate import locate


def pictures_of_drafts() -> frozenset[str]:
    """Names of all files that drafts name."""
    rows = DraftPicture.objects.values_list("picture", "thumbnail")
    return frozenset(name for row in rows for name in row)


def read_form_key(text: str | None) -> UUID | None:
    """The random key a form carries; None when it carries none that a page of ours can have drawn."""
    try:
        key = UUID(text or "")
    except ValueError:
        return None
    return key if key.version == 4 else None


class PhotoPlace(NamedTuple):
    """Where a photo was taken: in words, and as one writes a position."""

    words: str
    position: str


class Sheet:
    """One form as it travels to and fro: `form_key` goes with it unchanged, `token` opens its draft if it has one.

    A page that is only looked at writes nothing: the draft is made when photos must wait.
    """

    def __init__(self, form_key: UUID | None = None, token: str = "") -> None:
        self.is_whole = form_key is not None
        self.form_key = form_key or uuid4()
        self.draft = Draft.objects.by_token(token) if token else None
        self.token = token if self.draft else ""
        self.lost_photos = bool(token) and self.draft is None
        self.fresh: list[KeptPicture] = []
        if self.draft:
            self.form_key = self.draft.form_key

    @classmethod
    def read(cls, data: QueryDict | Mapping[str, str]) -> Sheet:
        """The sheet that a form was sent with."""
        return cls(read_form_key(data.get("form_key")), (data.get("draft") or "")[:100])

    @property
    def waiting(self) -> list[DraftPicture]:
        """The photos that wait, in the order they came."""
        return list(self.draft.pictures.all()) if self.draft else []

    def remove(self, keys: Sequence[str]) -> None:
        """Drop photos of this draft whose box was ticked; what is no key is nobody's."""
        wanted = [int(key) for key in keys[:50] if key.isascii() and key.isdigit() and len(key) < 18]
        if self.draft and wanted:
            self.draft.pictures.filter(pk__in=wanted).delete()

    def take(self, files: Sequence[UploadedFile]) -> list[str]:
        """Prepare and keep photos just sent, up to the limit; returns what to tell of those not taken."""
        room = max(0, MOST_PHOTOS - len(self.waiting))
        told = []
        if self.lost_photos:
            told.append(_("Your photos were kept for 24 hours only. Please choose them again."))
        if len(files) > room:
            most = ngettext(
                "A report holds at most %(count)d photo: the others were left out.",
                "A report holds at most %(count)d photos: the others were left out.",
                MOST_PHOTOS,
            )
            told.append(most % {"count": MOST_PHOTOS})
        for file in files[:room]:
            try:
                self.fresh.append(_prepared(file))
            except NotAPicture as refusal:
                told.append(str(WHY_NOT[refusal.code]))
        return told

    def pictures(self) -> list[KeptPicture]:
        """All photos of the report, for filing."""
        waited = [KeptPicture(row.picture, row.thumbnail, row.width, row.height) for row in self.waiting]
        # A photo sent in the background whose answer got lost comes again with the form.
        there = {kept.picture for kept in waited}
        return [*waited, *(kept for kept in self.fresh if kept.picture not in there)][:MOST_PHOTOS]

    def wait(self) -> None:
        """The form could not be accepted yet: let its new photos wait in the draft."""
        if self.fresh and self.draft is None:
            self._open_draft()
        if self.draft:
            for kept in self.fresh:
                add_to_draft(self.draft, kept)
        self.fresh = []

    def _open_draft(self) -> None:
        try:
            with transaction.atomic():
                self.draft, self.token = Draft.open(self.form_key)
        except IntegrityError:  # a double tap: the other one has just taken this key
            self.draft, self.token = Draft.open()
        self.form_key = self.draft.form_key


def place_of_photo(sheet: Sheet) -> PhotoPlace | None:
    """Where the first of its photos was taken that tells so, if that lies in the territory."""
    for taken_at in [*(row.taken_at for row in sheet.waiting), *(kept.place for kept in sheet.fresh)]:
        if taken_at and locate(*taken_at):
            lon, lat = taken_at
            return PhotoPlace(said(lon, lat), f"{lat:.6f}, {lon:.6f}")
    return None


def _prepared(file: UploadedFile) -> KeptPicture:
    if (file.size or 0) > MAX_BYTES:
        raise NotAPicture("too_big")
    return keep_picture(file.read())
