"""How a citizen reports: the subject, one form, a receipt; and what a script asks while it is filled in.

No session and no cookie; without a script the server takes the same steps.
"""

from nafida.reports.views.form import draft_photo, form, receipt, start, tile
from nafida.reports.views.news import news

__all__ = ["draft_photo", "form", "news", "receipt", "start", "tile"]
