"""The tables of the engine, one file a noun."""

from nafida.cases.models.case import Case, CaseQuerySet, Channel, Contact
from nafida.cases.models.clocks import Deadline, DeadlineName, Pause
from nafida.cases.models.history import Checkpoint, CheckpointHead, Event
from nafida.cases.models.jobs import ClockJob
from nafida.cases.models.post import BodyLetter, BodyLink, CaseLetter, Digest, Silence, UnreadBody
from nafida.cases.models.templates import AnswerTemplate
from nafida.cases.models.words import Attachment, AttachmentRole, CaseWords, Follower, Message, MessageKind, Support

__all__ = [
    "AnswerTemplate",
    "Attachment",
    "AttachmentRole",
    "BodyLetter",
    "BodyLink",
    "Case",
    "CaseLetter",
    "CaseQuerySet",
    "CaseWords",
    "Channel",
    "Checkpoint",
    "CheckpointHead",
    "ClockJob",
    "Contact",
    "Deadline",
    "DeadlineName",
    "Digest",
    "Event",
    "Follower",
    "Message",
    "MessageKind",
    "Pause",
    "Silence",
    "Support",
    "UnreadBody",
]
