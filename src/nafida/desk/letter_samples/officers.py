"""What officers are written."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases.letters.unread import unread_letter
from nafida.cases.models import Silence, UnreadBody
from nafida.desk.letter_samples.scene import BODY, Sample, Scene
from nafida.mail.render import letter_frame, render_letter
from nafida.people.adapter import ACCESS_CHANGES, AccountAdapter
from nafida.people.models import Role


def invited(scene: Scene) -> Sample:
    link = f"{settings.SITE_URL}/{scene.language}/desk/invitation/sample/"
    inviter, role = _("A sample administrator"), Role.AGENT.label
    words = {"link": link, "role": role, "body": scene.case.body.name, "inviter": inviter}
    return Sample(*render_letter("desk/letters/invitation", scene.language, words))


def signing_in(prefix: str, **facts: str) -> Sample:
    context = {**facts, "site_url": settings.SITE_URL, **letter_frame()}
    message = AccountAdapter().render_mail(f"account/email/{prefix}", BODY, context)
    html = str(message.alternatives[0].content)  # type: ignore[attr-defined]
    return Sample(str(message.subject), str(message.body), html)


def code(scene: Scene) -> Sample:
    return signing_in("login_code", code="1234-5678")


def access_changed(scene: Scene) -> Sample:
    return signing_in("access_changed", said=str(ACCESS_CHANGES["webauthn_added"]))


def nobody_reads(scene: Scene) -> Sample:
    row = UnreadBody(body=scene.case.body, why=Silence.UNREAD, since=timezone.now())
    return Sample(*unread_letter(row, scene.language))
