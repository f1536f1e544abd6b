"""How often may this be tried? Exact under concurrency, shared by all processes, and never asked in a transaction."""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

DEVICE_COOKIE = "device"
"""A random mark, set only when somebody says “me too”."""


def take_turn(purpose: str, who: str, *, limit: int, seconds: int) -> bool:
    """Take one of `limit` turns that `who` has in each window of `seconds`; False when all are taken."""
    return draw_turn(purpose, who, limit=limit, seconds=seconds) is not None


def draw_turn(purpose: str, who: str, *, limit: int, seconds: int) -> str | None:
    """The name of one of those turns, taken; None when all are. `give_back` lets somebody else have it.

    Each turn is a cache entry made with `add`, which only one caller can win: a counter would be read
    by two at once and let both through.
    """
    window = int(time.time() // seconds)
    key = hashlib.sha256(f"{purpose}:{who}".encode()).hexdigest()[:32]
    turns = [f"turn:{key}:{window}:{turn}" for turn in range(limit)]
    taken = cache.get_many(turns)
    free = (turn for turn in turns if turn not in taken)
    return next((turn for turn in free if cache.add(turn, 1, timeout=seconds)), None)


def give_back(turns: Iterable[str]) -> None:
    """Turns that turned out to need no limit."""
    cache.delete_many(turns)


HOUR = 3600
FOLLOWED_BY_NETWORK, FOLLOWED_BY_ADDRESS = 300, 5
"""Letters an hour to addresses that anybody may type: these protect their owners, and are no limit to reporting."""


def may_write_to(email: str, request: HttpRequest) -> bool:
    """Take a turn of the address and one of the network."""
    of_address = take_turn("follow", email.lower(), limit=FOLLOWED_BY_ADDRESS, seconds=HOUR)
    return of_address and take_turn("follow-network", network_of(request), limit=FOLLOWED_BY_NETWORK, seconds=HOUR)


def device_of(request: HttpRequest) -> str:
    """Which device asks, as well as can be told: its own mark, or its network and kind of browser."""
    mark = request.COOKIES.get(DEVICE_COOKIE, "")[:64]
    return mark or f"{network_of(request)} {request.headers.get('User-Agent', '')[:300]}"


def is_flood(request: HttpRequest, purpose: str) -> bool:
    """Whether more comes from one device or network than people send in an hour.

    It is taken all the same, and waits for an officer's look: a whole town may share one address.
    """
    network = take_turn(f"{purpose}-network", network_of(request), limit=settings.HOLD_ABOVE_NETWORK, seconds=HOUR)
    device = take_turn(f"{purpose}-device", device_of(request), limit=settings.HOLD_ABOVE_DEVICE, seconds=HOUR)
    return not (network and device)


def _sender(request: HttpRequest) -> str:
    """The visitor's address; behind `settings.PROXIES` proxies the one that the outermost of ours has seen."""
    if not settings.PROXIES:
        return str(request.META.get("REMOTE_ADDR", ""))
    told = [address.strip() for address in request.headers.get("X-Forwarded-For", "").split(",")]
    return told[-settings.PROXIES] if len(told) >= settings.PROXIES else ""


def network_of(request: HttpRequest, *, wide: bool = False) -> str:
    """Where a request comes from, as limits count it: an IPv4 address, or the /64 of one household or phone (IPv6).

    `wide` is what one subscriber may be given many of: the /24 or the /48.
    """
    try:
        address = ipaddress.ip_address(_sender(request))
    except ValueError:
        return "unknown"
    # A server that listens on both writes an IPv4 visitor as ::ffff:192.0.2.1: all of them lie in one /64.
    address = getattr(address, "ipv4_mapped", None) or address
    if isinstance(address, ipaddress.IPv4Address):
        return str(ipaddress.ip_network((address, 24), strict=False)) if wide else str(address)
    return str(ipaddress.ip_network((address, 48 if wide else 64), strict=False))
