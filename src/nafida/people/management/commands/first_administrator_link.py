from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone, translation

from nafida.people.models import Invitation, Membership, Role
from nafida.territory.models import Body


class Command(BaseCommand):
    help = "Print a one-time link that makes the first administrator; nothing when there is one already."

    def handle(self, *args: Any, **options: Any) -> None:
        if Membership.objects.on(timezone.localdate()).with_role(Role.ADMINISTRATOR).exists():
            return
        open_ones = Invitation.objects.usable(timezone.now()).filter(role=Role.ADMINISTRATOR)
        open_ones.update(expires_at=timezone.now())  # only the link printed last works
        _row, token = Invitation.draw(role=Role.ADMINISTRATOR, body_id=Body.objects.governorate().pk, days=30)
        with translation.override(settings.LANGUAGE_CODE):
            link = settings.SITE_URL + reverse("desk:invitation", args=[token])
        self.stdout.write(f"To become the first administrator, open this link once: {link}")
