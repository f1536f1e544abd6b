"""What people are written about a case."""

from nafida.cases.letters.bodies import ask_body, pass_to_body, tell_without_link, warn_of_deadline
from nafida.cases.letters.citizens import acknowledge, confirm_following, tell_step, tell_withdrawal
from nafida.cases.letters.writing import Fact, Words, day_words

__all__ = [
    "Fact",
    "Words",
    "acknowledge",
    "ask_body",
    "confirm_following",
    "day_words",
    "pass_to_body",
    "tell_step",
    "tell_withdrawal",
    "tell_without_link",
    "warn_of_deadline",
]
