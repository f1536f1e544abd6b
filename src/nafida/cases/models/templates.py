from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nafida.cases.models.case import Case


class AnswerTemplateQuerySet(models.QuerySet["AnswerTemplate"]):
    def fit_for(self, case: Case) -> AnswerTemplateQuerySet:
        """Those of its body or of all bodies, for its service or for all services."""
        ours = self.filter(Q(body=None) | Q(body=case.body_id))
        return ours.filter(Q(services=None) | Q(services=case.service_id)).distinct()


class AnswerTemplate(models.Model):
    """Words that officers need again and again, with variables in braces: see cases.filling. Without body for all."""

    title = models.CharField(_("title"), max_length=120)
    text_ar = models.TextField(_("text in Arabic"), max_length=4000)
    text_fr = models.TextField(_("text in French"), max_length=4000)
    body = models.ForeignKey("territory.Body", models.PROTECT, null=True, blank=True, related_name="+")
    services = models.ManyToManyField("services.Service", blank=True, related_name="+")

    objects = AnswerTemplateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        return self.title
