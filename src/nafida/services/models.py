"""The catalogue: what anybody can be asked, within which limit, and who answers for it where."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nafida.territory.models import BodyKind, valid_on


class Danger(models.TextChoices):
    NONE = "none", _("No question of danger")
    ASK = "ask", _("Ask whether somebody is in danger")
    STOP = "stop", _("Call, never a form")


class Publicity(models.TextChoices):
    FULL = "full", _("Page and map")
    COARSE = "coarse", _("Place rounded to 500 m, no photo, no words")
    PRIVATE = "private", _("Counted in figures only")


class ServiceGroup(models.Model):
    """A shelf of the catalogue. `only_in` names the communes that offer it; none means all."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    local = models.BooleanField(default=False, help_text=_("Offered only in the communes named"))
    only_in = models.ManyToManyField("territory.Area", blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def active(self) -> ServiceQuerySet:
        return self.filter(active=True)

    def of_kind(self, kind: str) -> ServiceQuerySet:
        return self.filter(kind=kind)

    def offered_in(self, area_id: int) -> ServiceQuerySet:
        """What can be asked in one commune: a local shelf shows only where it is named."""
        return self.active().filter(Q(group__local=False) | Q(group__only_in=area_id)).distinct()

    def in_order(self) -> ServiceQuerySet:
        return self.select_related("group").order_by("group__position", "position", "pk")


class Service(models.Model):
    """Anything a body offers over an area within a time limit, in working days."""

    code = models.SlugField(max_length=40, unique=True)
    group = models.ForeignKey("services.ServiceGroup", models.PROTECT, related_name="services")
    kind = models.CharField(max_length=12, default="report")
    name = models.CharField(_("name"), max_length=160)
    hint = models.CharField(_("hint"), max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    working_days = models.PositiveSmallIntegerField(_("limit in working days"))
    limit_source = models.CharField(_("source of the limit"), max_length=200, blank=True)
    danger = models.CharField(max_length=4, choices=Danger, default=Danger.NONE)
    danger_question = models.CharField(_("question of danger"), max_length=240, blank=True)
    call = models.JSONField(default=list, help_text=_("Codes of the bodies to call, first first"))
    publicity = models.CharField(max_length=7, choices=Publicity, default=Publicity.PRIVATE)
    form_version = models.PositiveIntegerField(default=1)
    words = models.TextField(
        _("search words"), blank=True, help_text=_("What else people call it, in whatever language, apart by spaces")
    )

    icon = models.CharField(
        _("drawing"), max_length=20, blank=True, help_text=_("A name of ui.icons; empty for its shelf’s")
    )

    objects = ServiceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def takes_a_form(self) -> bool:
        return self.danger != Danger.STOP

    def shows_more_than(self, other: Service) -> bool:
        """Whether the public sees more of its cases than of the other's."""
        steps = (Publicity.PRIVATE, Publicity.COARSE, Publicity.FULL)
        return steps.index(Publicity(self.publicity)) > steps.index(Publicity(other.publicity))


class Datatype(models.TextChoices):
    """Attribute types of Open311 GeoReport v2."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLE = "singlevaluelist"
    MULTI = "multivaluelist"


class QuestionQuerySet(models.QuerySet["Question"]):
    def active(self) -> QuestionQuerySet:
        return self.filter(active=True)


class Question(models.Model):
    """One extra question of a service's form; its answers are kept with the form's version.

    One that is not active is asked no more, and the answers it got can still be read with it.
    """

    service = models.ForeignKey("services.Service", models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=30)
    datatype = models.CharField(max_length=16, choices=Datatype)
    text = models.CharField(_("question"), max_length=240)
    required = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "code"], name="one_question_a_code"),
        ]

    def __str__(self) -> str:
        return self.text


class Choice(models.Model):
    """One value that a list question offers."""

    question = models.ForeignKey("services.Question", models.CASCADE, related_name="choices")
    code = models.SlugField(max_length=30)
    name = models.CharField(_("name"), max_length=160)
    name_ar: str | None
    name_fr: str | None
    name_en: str | None
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "code"], name="one_choice_a_code"),
        ]

    def __str__(self) -> str:
        return self.name


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    def on(self, day: date) -> ResponsibilityQuerySet:
        return self.filter(valid_on(day))


class Responsibility(models.Model):
    """Who answers for a service over an area, from when to when: a named body, or the body of a kind there.

    Without area it holds everywhere. Among rows that hold, the smallest area is asked first, then `rank`.
    """

    service = models.ForeignKey("services.Service", models.CASCADE, related_name="responsibilities")
    area = models.ForeignKey("territory.Area", models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey("territory.Body", models.PROTECT, null=True, blank=True, related_name="+")
    body_kind = models.CharField(max_length=20, choices=BodyKind, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, body_kind="") | (Q(body__isnull=True) & ~Q(body_kind="")),
                name="a_body_or_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} → {self.body or self.body_kind}"
