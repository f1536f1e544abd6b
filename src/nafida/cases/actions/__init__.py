"""Every verb that touches a case: one function, one transaction, one event."""

from nafida.cases.actions.afterwards import add_update, confirm_fixed, rate_case
from nafida.cases.actions.citizens import (
    confirm_follower,
    follow_case,
    leave_case,
    reopen_case,
    reply_to_question,
    support_case,
    withdraw_case,
)
from nafida.cases.actions.desk import (
    assign_case,
    attach_picture,
    call_citizen,
    extend_limit,
    give_body_reference,
    note_case,
)
from nafida.cases.actions.holding import Faster, hold
from nafida.cases.actions.intake import Filing, file_once, receive_case
from nafida.cases.actions.moderation import (
    blur_photo,
    hide_photo,
    hide_update,
    hide_words,
    show_photo,
    show_update,
    show_words,
)
from nafida.cases.actions.routing import change_service, merge_case, split_case, transfer_case
from nafida.cases.actions.work import (
    answer_case,
    ask_citizen,
    close_case,
    plan_works,
    take_in_hand,
    wait_for_works,
)

__all__ = [
    "Faster",
    "Filing",
    "add_update",
    "answer_case",
    "ask_citizen",
    "assign_case",
    "attach_picture",
    "blur_photo",
    "call_citizen",
    "change_service",
    "close_case",
    "confirm_fixed",
    "confirm_follower",
    "extend_limit",
    "file_once",
    "follow_case",
    "give_body_reference",
    "hide_photo",
    "hide_update",
    "hide_words",
    "hold",
    "leave_case",
    "merge_case",
    "note_case",
    "plan_works",
    "rate_case",
    "receive_case",
    "reopen_case",
    "reply_to_question",
    "show_photo",
    "show_update",
    "show_words",
    "split_case",
    "support_case",
    "take_in_hand",
    "transfer_case",
    "wait_for_works",
    "withdraw_case",
]
