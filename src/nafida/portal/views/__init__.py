"""The pages of citizens, a file for each who looks: everybody, everybody at one case, its reporter."""

from nafida.portal.views.everybody import credits, home, journal, privacy
from nafida.portal.views.public import case, confirm_following, picture
from nafida.portal.views.reporter import find, mine

__all__ = ["case", "confirm_following", "credits", "find", "home", "journal", "mine", "picture", "privacy"]
