"""The pages of citizens, a file for each who looks: everybody, everybody at one case or many, its reporter."""

from nafida.portal.views.everybody import credits, journal, privacy
from nafida.portal.views.home import home
from nafida.portal.views.installing import favicon, manifest
from nafida.portal.views.letters import stop_letters
from nafida.portal.views.listing import cases, feed
from nafida.portal.views.map import card, ground, province_map
from nafida.portal.views.places import body, commune
from nafida.portal.views.posters import poster, posters
from nafida.portal.views.public import case, confirm_following, picture, short
from nafida.portal.views.reporter import find, mine
from nafida.portal.views.searching import search

__all__ = [
    "body",
    "card",
    "case",
    "cases",
    "commune",
    "confirm_following",
    "credits",
    "favicon",
    "feed",
    "find",
    "ground",
    "home",
    "journal",
    "manifest",
    "mine",
    "picture",
    "poster",
    "posters",
    "privacy",
    "province_map",
    "search",
    "short",
    "stop_letters",
]
