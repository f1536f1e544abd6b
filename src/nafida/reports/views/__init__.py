"""How a citizen reports: the subject, one form, a receipt; and what a script asks while it is filled in.

No session; without a script the server takes the same steps.
"""

from nafida.reports.views.form import form, receipt, tile
from nafida.reports.views.news import news
from nafida.reports.views.photos import add_photo, draft_photo
from nafida.reports.views.place import around, joined, picker
from nafida.reports.views.start import start, subjects

__all__ = [
    "add_photo",
    "around",
    "draft_photo",
    "form",
    "joined",
    "news",
    "picker",
    "receipt",
    "start",
    "subjects",
    "tile",
]
