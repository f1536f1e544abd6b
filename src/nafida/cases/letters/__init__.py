"""What people are written about a case."""

from nafida.cases.letters.bodies import ask_body, pass_to_body, warn_of_deadline
from nafida.cases.letters.citizens import acknowledge, confirm_following, tell_step
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
    "warn_of_deadline",
]
