"""What a person is told when a picture is not taken."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY_NOT: dict[str, str | Promise] = {
    "too_big": _("This photo is larger than 20 MB. Send a smaller one."),
    "too_many_pixels": _("This photo has too many pixels. Send a smaller one."),
    "unreadable": _("This photo is damaged or did not arrive whole. Choose it again or take another."),
    "not_supported": _("This file is not a photo that we can read. Send a JPEG, PNG, WebP or HEIC photo."),
    "took_too_long": _("We could not read this photo in time. Try again or send a smaller one."),
}
