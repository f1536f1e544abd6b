"""How often the PIN of a case may be tried wrong: guessing is stopped, and no stranger shuts its owner out.

See docs/decisions/pin-and-private-link.md.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nafida.cases.models import Case
from nafida.mail.proofs import is_proved
from nafida.people.throttle import HOUR, draw_turn, give_back, network_of

DAY = 86400
OF_A_NETWORK, OF_A_NETWORK_AT_ONE = 30, 5
"""Wrong tries an hour from one network: at all cases, and at one."""
AT_ONE = 30
"""Wrong tries a day at one case from everywhere: above, each wide network (/24, /48) has one a day left."""


class TooManyTries(Exception):
    """Says in a sentence what still opens the case."""


def draw_tries(request: HttpRequest, reference: str) -> list[str]:
    """The turns that this try takes, to be given back if the PIN is right. Raises TooManyTries.

    None are taken of a browser that has opened the case before: whoever tries there has the key already.
    """
    case = Case.objects.filter(reference=reference).first()
    if case and is_proved(request, case.private_key):
        return []
    near = f"{network_of(request)} {reference}"
    turns = [
        draw_turn("pin-network", network_of(request), limit=OF_A_NETWORK, seconds=HOUR),
        draw_turn("pin", near, limit=OF_A_NETWORK_AT_ONE, seconds=HOUR),
        draw_turn("pin-everywhere", reference, limit=AT_ONE, seconds=DAY) or _last_turn(request, reference),
    ]
    taken = [turn for turn in turns if turn]
    if len(taken) < len(turns):
        give_back(taken)
        raise TooManyTries(
            _(
                "Too many wrong attempts from your connection. Your private link still opens the report; "
                "with the PIN, try again later or over another connection."
            )
        )
    return taken


def _last_turn(request: HttpRequest, reference: str) -> str | None:
    far = f"{network_of(request, wide=True)} {reference}"
    return draw_turn("pin-besieged", far, limit=1, seconds=DAY)
