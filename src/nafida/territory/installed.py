"""The province this installation serves, kept in each process until a boundary or a name changes."""

from django.conf import settings
from django.utils.translation import get_language

from nafida.packs.pack import load_pack

from .fresh import Fresh
from .models import Area, Territory
from .names import called


def _build_names() -> dict[str, str]:
    territory = Territory.objects.select_related("province").first()
    if territory is None:
        return {}
    pack = load_pack(settings.PACK)
    form = next(row.form for row in pack.source.provinces() if row.code == territory.province.code)
    return {
        language: called(pattern, _name(territory.province, language))
        for language, pattern in pack.place_names[form].items()
    }


def _name(area: Area, language: str) -> str:
    return getattr(area, f"name_{language}") or area.name


_names = Fresh("places", _build_names)


def site_place() -> str:
    """What the province calls itself, in the active language; "" before set-up."""
    names = _names.get()
    return names.get(get_language() or settings.LANGUAGE_CODE, names.get(settings.LANGUAGE_CODE, ""))


def forget_names() -> None:
    """Look at the tables again at the next call."""
    _names.forget()
