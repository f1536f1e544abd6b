"""What people report most, here and lately: a figure that is counted once an hour."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from nafida.cases.models import Case
from nafida.services.models import Danger, Service

PERIOD = timedelta(days=90)
FRESH = 3600  # seconds
SHOWN = 6


def most_reported(services: list[Service], area: int | None = None, limit: int = SHOWN) -> list[Service]:
    """Those of `services` that were reported most in three months, in a commune or everywhere.

    Where little was reported, the first of each group follows.
    """
    formed = [service for service in services if service.danger != Danger.STOP]
    key = f"reports.popular.{area or 0}"
    counted: list[int] | None = cache.get(key)
    if counted is None:
        counted = _count(area)
        cache.set(key, counted, FRESH)
    by_key = {service.pk: service for service in formed}
    chosen = [by_key[pk] for pk in counted if pk in by_key]
    first_of_group = {service.group_id: service for service in reversed(formed) if not service.group.local}
    chosen += [service for service in formed if first_of_group.get(service.group_id) == service]
    return list(dict.fromkeys(chosen))[:limit]


def _count(area: int | None) -> list[int]:
    lately = Case.objects.worth_showing().filter(day__gte=timezone.localdate() - PERIOD)
    if area is not None:
        lately = lately.filter(area=area)
    counts = lately.values("service").annotate(times=Count("pk")).order_by("-times", "service")
    return list(counts.values_list("service", flat=True)[: 3 * SHOWN])
