from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nafida.cases.life import MOVES, HideReason, NotAllowed, Outcome, State, Verb, WaitingFor, Who
from nafida.cases.models.clocks import Deadline
from nafida.cases.models.columns import DESK, FACE, PUBLIC
from nafida.cases.models.indexes import OF_CASES
from nafida.cases.models.words import WAITING, Attachment, CaseWords, Follower, Message, MessageKind
from nafida.cases.reference import draw_pin, draw_reference, read_reference, show_reference
from nafida.people.models import Role
from nafida.services.models import Publicity

if TYPE_CHECKING:
    from nafida.cases.actor import Actor
    from nafida.people.models import User


class Channel(models.TextChoices):
    WEB = "web", gettext_lazy("Web")
    COUNTER = "counter", gettext_lazy("Counter")
    PHONE = "phone", gettext_lazy("Telephone")
    LETTER = "letter", gettext_lazy("Letter")
    FIELD = "field", gettext_lazy("In the field")
    API = "api", gettext_lazy("Another system")
    IMPORT = "import", gettext_lazy("Import")


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        """Nobody has answered yet."""
        return self.filter(state__in=(State.RECEIVED, State.IN_HAND))

    def public(self) -> CaseQuerySet:
        """Those that have a page of their own for everybody."""
        return self.exclude(service__publicity=Publicity.PRIVATE).filter(held_at=None)

    def to_be_seen(self) -> CaseQuerySet:
        """Something of theirs waits for an officer's look: words and place, an update, or whether they count at all."""
        unseen = self.exclude(service__publicity=Publicity.PRIVATE).filter(WAITING, erased_at=None)
        written = Message.objects.to_be_seen().filter(case__service__publicity=Publicity.FULL)
        held = self.filter(held_at__isnull=False, hidden_at=None)
        return self.filter(
            Q(pk__in=unseen.values("pk")) | Q(pk__in=written.values("case")) | Q(pk__in=held.values("pk"))
        )

    def keys_to_be_seen(self) -> models.QuerySet[Case, dict[str, int]]:
        """The keys of to_be_seen, for counting: each kind from its own index, no case read for it."""
        unseen = self.exclude(service__publicity=Publicity.PRIVATE).filter(WAITING, erased_at=None)
        here = Exists(self.filter(pk=OuterRef("case")))
        written: Any = Message.objects.to_be_seen().filter(here, case__service__publicity=Publicity.FULL)
        held = self.filter(held_at__isnull=False, hidden_at=None)
        keys = (written.order_by().values("case"), held.order_by().values("pk"))
        return unseen.order_by().values("pk").union(*keys)

    def with_something_hidden(self) -> CaseQuerySet:
        """An officer keeps words, an update or a photo of theirs from the public."""
        messages = Message.objects.filter(case=OuterRef("pk"), hidden_at__isnull=False)
        photos = Attachment.objects.filter(case=OuterRef("pk"), hidden_at__isnull=False)
        return self.filter(Q(hidden_at__isnull=False) | Exists(messages) | Exists(photos))

    def overdue(self, at: datetime | None = None) -> CaseQuerySet:
        """A clock that nobody stopped or met has run out."""
        late = Deadline.objects.running().filter(case=OuterRef("pk"), due_at__lt=at or timezone.now())
        return self.open().filter(Exists(late))

    def on_desk_of(self, user: User, held: list[tuple[str, int]] | None = None) -> CaseQuerySet:
        """What a member of staff may see: the cases of their bodies; all of them for who coordinates.

        `held` are role and body of each of today's memberships, where the caller has read them.
        """
        held = list(user.memberships.on(timezone.localdate()).values_list("role", "body_id")) if held is None else held
        if any(role == Role.COORDINATOR for role, _body in held):
            return self.all()
        return self.filter(body__in=[body for role, body in held if role != Role.ADMINISTRATOR])

    def to_be_called(self) -> CaseQuerySet:
        """Their reporter left a telephone number alone, and has not heard by it yet of the question or the answer; or
        somebody who follows them by telephone has not heard yet of the answer."""
        said = Message.objects.filter(case=OuterRef("pk"))
        calls = Message.objects.filter(case=OuterRef("case"), kind=MessageKind.CALL, at__gte=OuterRef("at"))
        asked = Q(waiting_for=WaitingFor.CITIZEN) & Exists(said.filter(~Exists(calls), kind=MessageKind.QUESTION))
        answered = Exists(said.filter(~Exists(calls), kind=MessageKind.ANSWER))
        ended = Q(state__in=(State.ANSWERED, State.CLOSED)) & answered
        reporter = Q(contact__email="") & ~Q(contact__phone="") & (asked | ended)
        unheard = Q(called_at=None, asked_at__lt=OuterRef("answered_at")) | Q(called_at__lt=OuterRef("answered_at"))
        follower = Exists(Follower.objects.by_phone().filter(unheard, case=OuterRef("pk")))
        return self.filter(reporter | Q(state__in=(State.ANSWERED, State.CLOSED)) & follower)

    def in_figures_of_bodies(self) -> CaseQuerySet:
        """Without those a body filed with itself, which would count its own zeal."""
        return self.exclude(filed_by_body=F("body"))

    def closed_without_done(self) -> CaseQuerySet:
        """Answered or closed by its body, but the thing was not done."""
        ended = self.filter(state__in=(State.ANSWERED, State.CLOSED))
        return ended.exclude(outcome__in=(Outcome.DONE, Outcome.GRANTED, Outcome.DUPLICATE, Outcome.WITHDRAWN))

    def worth_showing(self) -> CaseQuerySet:
        """Without those that were taken back, go on in another one, or were too many at a time and wait."""
        return self.exclude(outcome__in=(Outcome.WITHDRAWN, Outcome.DUPLICATE)).filter(held_at=None)

    def matching(self, text: str) -> CaseQuerySet:
        """Public cases that hold all words of `text` in what is public of them now, or have it as their number."""
        return self.public().filter(_holding(self.db, text, public=True))

    def matching_on_desk(self, text: str) -> CaseQuerySet:
        """Those that hold all words of `text` in anything told of them: chain it to on_desk_of, never to public."""
        return self.filter(_holding(self.db, text, public=False))

    def with_names(self) -> CaseQuerySet:
        """With all that a page about one case names, in one query."""
        return self.select_related("service__group", "area", "body", "contact", "merged_into").defer("area__boundary")

    def in_cards(self) -> CaseQuerySet:
        """Latest first, with what a card shows."""
        named = self.select_related("service", "area").defer("area__boundary")
        return named.prefetch_related("attachments").order_by("-pk")

    def by_private_key(self, reference: str, key: str) -> Case | None:
        """The case of whoever holds its private link."""
        case = self.filter(reference=reference).first()
        return case if case and case.opens_with(key) else None

    def by_pin(self, reference: str, pin: str) -> Case | None:
        """The case of whoever knows its reference and its PIN; costs the same when there is no such case."""
        case = self.filter(reference=reference).first()
        right = constant_time_compare(case.pin if case else "none", pin)
        return case if case and right else None

    def by_form_key(self, form_key: UUID) -> Case | None:
        """What the browser that drew this random key has filed with it already."""
        return self.filter(form_key=form_key).first()


def _holding(database: str, text: str, *, public: bool) -> Q:
    """What a case must be to answer to `text`; nothing does when there is no word in it."""
    reference = read_reference(text)
    if reference:
        return Q(reference=reference)
    vendor = connections[database].vendor
    found = (PUBLIC if public else DESK).keys(text, vendor)
    if found is None:
        return Q(pk__in=[])
    if not public:
        return Q(pk__in=found)
    shown = Q(shown_at__isnull=False, service__publicity=Publicity.FULL)
    if vendor == "postgresql":  # it would look for all rows with these words on their face, to find a few among them
        face = Q(Exists(CaseWords.objects.filter(FACE.holds(text), pk=OuterRef("pk"))))
    else:
        face = Q(pk__in=FACE.keys(text, vendor))
    return Q(pk__in=found) & (shown | face)


class Case(models.Model):
    """Anything a citizen files: one reference, one competent body, one life."""

    reference = models.CharField(max_length=9, unique=True, default=draw_reference, editable=False)
    pin = models.CharField(max_length=4, default=draw_pin, editable=False)
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    service = models.ForeignKey("services.Service", models.PROTECT, related_name="cases")
    # Those without an index of their own are the first of another below, or never looked for.
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="cases", db_index=False)
    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="cases", db_index=False)
    body_reference = models.CharField(max_length=60, blank=True)
    officer = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="assigned_cases", db_index=False)
    filed_by_body = models.ForeignKey("territory.Body", models.PROTECT, null=True, related_name="+", db_index=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    waiting_for = models.CharField(max_length=10, choices=WaitingFor, default=WaitingFor.NOBODY)
    planned_on = models.DateField(null=True)
    urgent = models.BooleanField(default=False)
    channel = models.CharField(max_length=7, choices=Channel, default=Channel.WEB)
    language = models.CharField(max_length=5)

    received_at = models.DateTimeField(default=timezone.now)
    day = models.DateField(help_text="Local day of receipt: figures group by it, the database converts no zones.")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True, help_text="Since when an officer lets words and photos be public.")
    hidden_at = models.DateTimeField(
        null=True, help_text="Since when an officer keeps words and photos from the public."
    )
    hidden_for = models.CharField(max_length=9, choices=HideReason, blank=True)
    held_at = models.DateTimeField(null=True, help_text="One of too many at a time: counts nowhere until it is seen.")
    erased_at = models.DateTimeField(null=True, help_text="Since when nothing of what people told is left.")
    cell = models.BigIntegerField(null=True, help_text="Morton code of its place, see territory.place.")
    version = models.PositiveIntegerField(default=1, help_text="Number of its last event.")
    next_due_at = models.DateTimeField(null=True, help_text="When the first of its running clocks runs out.")
    sealed = models.PositiveIntegerField(default=0, help_text="Last event that a checkpoint holds.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = OF_CASES

    def __str__(self) -> str:
        return show_reference(self.reference)

    @property
    def shown_reference(self) -> str:
        return show_reference(self.reference)

    @property
    def private_key(self) -> str:
        """The secret half of the private link; whoever has it acts as the reporter."""
        return salted_hmac("nafida.case.private", f"{self.pk}:{self.pin}", algorithm="sha256").hexdigest()[:32]

    def opens_with(self, key: str) -> bool:
        """Whether `key` is the secret half of its private link."""
        return constant_time_compare(self.private_key, key)

    @property
    def is_public(self) -> bool:
        """Whether it has a page of its own for everybody."""
        return self.service.publicity != Publicity.PRIVATE and self.held_at is None

    @property
    def waits_for_a_look(self) -> bool:
        """Whether no officer has said yet what of it the public sees."""
        return self.shown_at is None and self.hidden_at is None

    @property
    def words_are_public(self) -> bool:
        return self.shown_at is not None and self.service.publicity == Publicity.FULL

    @cached_property
    def followers_by_phone(self) -> list[Follower]:
        return list(self.followers.by_phone())

    def allow(self, verb: Verb, by: Actor) -> None:
        """Raises NotAllowed unless the page of life lets `by` do this now."""
        move = MOVES[verb]
        if by.who not in move.who:
            raise NotAllowed(_("You may not do this."))
        if self.state not in move.start:
            raise NotAllowed(
                _("The case is “%(state)s”: this can no longer be done.") % {"state": self.get_state_display()}
            )
        if by.who in (Who.OFFICER, Who.BODY) and (by.body is None or by.body.pk != self.body_id):
            raise NotAllowed(_("This case is with another administration."))
        if by.link is not None and by.link.case_id != self.pk:
            raise NotAllowed(_("This link is for another case."))

    def move(self, verb: Verb, by: Actor) -> None:
        """Do what the page of life says of `verb` to the state; the caller saves. Raises NotAllowed."""
        self.allow(verb, by)
        self.state = MOVES[verb].end or self.state


class Contact(models.Model):
    """How to reach whoever filed a case, for its body only. Erased by retention, the case stays."""

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="contact")
    name = models.CharField(max_length=120, blank=True)
    name_is_public = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")

    class Meta:
        # For the rule of trust: what the same address or telephone has brought before.
        indexes: ClassVar = [
            models.Index(fields=["email"], condition=~Q(email=""), name="contact_email"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="contact_phone"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or "—"
