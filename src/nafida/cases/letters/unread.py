"""“Nobody reads this mail”: bodies whose letters come back, or lie unopened for five working days."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone, translation

from nafida.cases.batches import one_by_one
from nafida.cases.letters.bodies import addresses_of, has_officers, members_of
from nafida.cases.letters.writing import absolute, day_words
from nafida.cases.models import BodyLetter, BodyLink, Silence, UnreadBody
from nafida.cases.models.post import UnreadBodyQuerySet
from nafida.mail.actions import queue_letter
from nafida.mail.models import Letter, LetterState
from nafida.mail.render import RenderedLetter, render_letter
from nafida.mail.standing import is_unreachable
from nafida.people.models import Membership, Role
from nafida.territory.calendars import calendar, local_day
from nafida.territory.models import Body

UNREAD_DAYS = 5


def bodies_nobody_reads() -> UnreadBodyQuerySet:
    """The bodies that nobody reads at present, with why and since when, the longest silent first."""
    return UnreadBody.objects.now()


def notice_silences(now: datetime) -> int:
    """For the clock: note which bodies nobody reads and which are read again; the coordination is told of each once."""
    written_to = set(BodyLetter.objects.values_list("body", flat=True).distinct())
    silent = set(UnreadBody.objects.now().values_list("body", flat=True))
    return one_by_one(sorted(written_to | silent), lambda key: notice_silence(Body.objects.get(pk=key), now))


def notice_silence(body: Body, now: datetime) -> bool:
    """Begin or end the silence of one body; True when it has begun."""
    found = silence_of(body, now)
    if found is None:
        UnreadBody.objects.filter(body=body, over_at=None).update(over_at=now)
        return False
    why, since = found
    if UnreadBody.objects.filter(body=body, over_at=None).exists():
        return False
    try:
        with transaction.atomic():
            row = UnreadBody.objects.create(body=body, why=why, since=since, noticed_at=now)
            _tell_coordination(row)
    except IntegrityError:
        return False  # another clock was faster
    return True


def silence_of(body: Body, now: datetime) -> tuple[Silence, datetime] | None:
    """Why nobody reads what a body is written, and since when; None when somebody does, or nothing was written."""
    addresses = addresses_of(body)
    if not addresses:
        return None
    letters = Letter.objects.filter(pk__in=BodyLetter.objects.filter(body=body).values("letter"), to__in=addresses)
    if all(is_unreachable(address) for address in addresses):
        back = letters.filter(bounces__isnull=False).aggregate(last=Max("bounces__at"))["last"]
        return Silence.BOUNCED, back or now
    seen = _last_sign_of_life(body, letters)
    unread = letters.filter(state=LetterState.SENT, opened_at=None)
    first = (unread.filter(sent_at__gt=seen) if seen else unread).order_by("sent_at").first()
    if first is None or first.sent_at is None:
        return None
    end = calendar().add_working_days(local_day(first.sent_at), UNREAD_DAYS)
    return (Silence.UNREAD, first.sent_at) if local_day(now) > end else None


def _last_sign_of_life(body: Body, letters: QuerySet[Letter]) -> datetime | None:
    """When somebody last opened one of its letters, used a link, or signed in for it."""
    signs = [
        letters.aggregate(last=Max("opened_at"))["last"],
        BodyLink.objects.filter(body=body).aggregate(last=Max("used_at"))["last"],
    ]
    if has_officers(body):
        signs.append(members_of(body).aggregate(last=Max("user__last_login"))["last"])
    return max((sign for sign in signs if sign), default=None)


def _tell_coordination(row: UnreadBody) -> None:
    """One letter to each who coordinates."""
    held = Membership.objects.on(timezone.localdate()).with_role(Role.COORDINATOR).filter(user__is_active=True)
    for email, language in dict(held.order_by("pk").values_list("user__email", "user__language")).items():
        rendered = unread_letter(row, language)
        queue_letter(
            key=f"unread-{row.pk}-{email}"[:200],
            to=email,
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            language=language,
            purpose="unread",
        )


def unread_letter(row: UnreadBody, language: str) -> RenderedLetter:
    """What those who coordinate are told."""
    with translation.override(language):
        words = {
            "body": row.body.name,
            "why": row.get_why_display(),
            "since": day_words(row.since),
            "link": absolute("desk:post"),
        }
        return render_letter("cases/letters/unread", language, words)
