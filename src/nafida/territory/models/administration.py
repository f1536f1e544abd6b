"""Where things are and who administers: areas, bodies, jurisdictions."""

import datetime as dt
import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def draw_stamp() -> str:
    """A random mark, never drawn twice, that tells one state of the data from another (16 hex digits)."""
    return secrets.token_hex(8)


def valid_on(day: dt.date) -> Q:
    """What `valid_from` and `valid_to` (both included, either may be open) let stand on `day`."""
    starts = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    ends = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return starts & ends


class AreaKind(models.TextChoices):
    REGION = "region", _("region")
    PROVINCE = "province", _("province")
    CERCLE = "cercle", _("cercle")
    COMMUNE = "commune", _("commune")
    CENTRE = "centre", _("centre")


class AreaQuerySet(models.QuerySet["Area"]):
    def communes(self) -> Self:
        return self.filter(kind=AreaKind.COMMUNE)

    def province(self) -> "Area":
        """The installed province. Raises Area.DoesNotExist before set-up."""
        return self.get(kind=AreaKind.PROVINCE)

    def drawn(self) -> Self:
        """Those whose boundary is known."""
        return self.filter(boundary__isnull=False)


class Area(models.Model):
    """A unit of the administrative division; `parent` leads up to the region.

    `code` is the national statistical office's ("02.113.01.03"); `boundary` is a GeoJSON Polygon or MultiPolygon
    in WGS84 degrees, longitude first.
    """

    code = models.CharField(_("code"), max_length=32, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AreaKind)
    name = models.CharField(_("name"), max_length=150)
    name_ar: str | None
    name_fr: str | None
    name_en: str | None
    name_zgh: str | None
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    urban = models.BooleanField(_("urban"), default=False)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class BodyKind(models.TextChoices):
    GOVERNORATE = "governorate", _("governorate")
    PROVINCIAL_COUNCIL = "provincial_council", _("provincial council")
    COMMUNE = "commune", _("commune")
    INTERCOMMUNAL = "intercommunal", _("intercommunal group")
    COMPANY = "company", _("company")
    STATE_DIRECTORATE = "state_directorate", _("state directorate")
    LOCAL_AUTHORITY = "local_authority", _("local authority")
    CALL_ONLY = "call_only", _("to be called, never written to")


class LetterLanguage(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    FRENCH = "fr", _("French")


class BodyQuerySet(models.QuerySet["Body"]):
    def on(self, day: dt.date) -> Self:
        """Those that exist on `day`."""
        return self.filter(valid_on(day))

    def reachable(self) -> Self:
        """Those that letters can reach."""
        return self.exclude(email="")

    def unreachable(self) -> Self:
        """Those that should get letters and have no address yet."""
        return self.filter(email="").exclude(kind=BodyKind.CALL_ONLY)

    def taking_part(self) -> Self:
        """Those that have joined."""
        return self.filter(takes_part=True)

    def competent(self) -> Self:
        """Those a case may be given to: all but the numbers to call."""
        return self.exclude(kind=BodyKind.CALL_ONLY)

    def to_call(self) -> Self:
        """The emergency numbers."""
        return self.filter(kind=BodyKind.CALL_ONLY)

    def of_kind(self, kind: BodyKind) -> Self:
        return self.filter(kind=kind)

    def governorate(self) -> "Body":
        """The body that coordinates and stands in wherever no other answers. Raises Body.DoesNotExist before set-up."""
        return self.get(kind=BodyKind.GOVERNORATE)

    def commune_of(self, area: "Area") -> "Body | None":
        """The commune that governs `area` (of kind commune)."""
        return self.filter(kind=BodyKind.COMMUNE, area=area).first()


class LetterRhythm(models.TextChoices):
    """When a body that works by letters alone is written to; urgent cases always at once."""

    EACH = "each", _("each case at once")
    DAILY = "daily", _("one letter a day, at eight")
    BOTH = "both", _("both")


class Body(models.Model):
    """An administration or utility that cases may be given to, or a number to call in an emergency.

    An empty `email` means that the body cannot be reached by letter yet.
    """

    code = models.SlugField(_("code"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind)
    name = models.CharField(_("name"), max_length=200)
    name_ar: str | None
    name_fr: str | None
    name_en: str | None
    name_zgh: str | None
    area = models.ForeignKey("territory.Area", models.PROTECT, null=True, blank=True, related_name="bodies")
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("telephone"), max_length=30, blank=True, default="")
    emergency_phone = models.CharField(_("emergency telephone"), max_length=30, blank=True, default="")
    takes_part = models.BooleanField(_("takes part"), default=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=LetterLanguage, default=LetterLanguage.ARABIC
    )
    letter_rhythm = models.CharField(
        _("rhythm of letters"), max_length=5, choices=LetterRhythm, default=LetterRhythm.EACH
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, default="")

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="governorate"), name="territory_one_governorate"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="territory_body_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def stands_on(self, day: dt.date) -> bool:
        """Whether it exists on `day`: what `valid_on` asks the tables."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    @property
    def is_call_only(self) -> bool:
        return self.kind == BodyKind.CALL_ONLY


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    def on(self, day: dt.date) -> Self:
        """Those in force on `day`."""
        return self.filter(valid_on(day))

    def drawn(self) -> Self:
        """Those whose area is drawn."""
        return self.filter(boundary__isnull=False)


class Jurisdiction(models.Model):
    """Where one local authority of the State answers, and when.

    These areas carry no statistical code and change by decree. Until `boundary` is drawn (GeoJSON, as of an Area)
    `quarters` says in words what belongs, and the governorate stands in.
    """

    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="jurisdictions")
    boundary = models.JSONField(_("boundary"), null=True, blank=True)
    quarters = models.TextField(_("quarters"), blank=True, default="")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ["body", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="territory_jurisdiction_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.valid_from or '…'}–{self.valid_to or '…'}"


class Territory(models.Model):
    """The one province this installation serves, and the marks by which processes notice a change.

    `places` is drawn again whenever a boundary, a body or who answers for what changes, `days` whenever a working
    week or a day override does, `landmarks` whenever a landmark does.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    province = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    pack = models.CharField(max_length=200)
    places = models.CharField(max_length=16, default=draw_stamp)
    days = models.CharField(max_length=16, default=draw_stamp)
    landmarks = models.CharField(max_length=16, default=draw_stamp)

    class Meta:
        verbose_name_plural = "territories"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="territory_is_one")]

    def __str__(self) -> str:
        return str(self.province)


class Participation(models.Model):
    """From which day a commune takes part; one without a row takes part since always.

    Until `starts_on`, or while it is open, nothing is taken in for the commune: `phone` and `words` stand in.
    """

    area = models.OneToOneField("territory.Area", models.PROTECT, primary_key=True, related_name="participation")
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True, default="")
    words = models.TextField(_("opening words"), blank=True, default="")
    words_ar: str | None
    words_fr: str | None

    class Meta:
        ordering = ["area"]

    def __str__(self) -> str:
        return f"{self.area} {self.starts_on or '…'}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether the commune takes part on that day."""
        return self.starts_on is not None and self.starts_on <= day
