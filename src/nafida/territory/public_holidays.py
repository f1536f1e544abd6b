"""The public holidays of the pack's country, from the package `holidays`, under the names used in the country."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache, lru_cache

import holidays

from nafida.packs.pack import Pack, load_pack

LANGUAGES = {"ar": "ar", "fr": "fr", "en": "en_US"}  # ours, and the package's word for it
REMARK = re.compile(r"\s*(\([^()]*\))$")  # "(estimé)": a lunar date not yet announced

type Names = Mapping[str, str]


class CountryHolidays:
    """Worked out year by year, as they are asked for. Lunar dates are estimates: day overrides correct them."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.in_year = lru_cache(maxsize=64)(self._in_year)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and day in self.in_year(day.year)

    def names(self, day: dt.date) -> Names:
        """The names of that holiday by language; empty if the day is none."""
        return self.in_year(day.year).get(day, {})

    def _in_year(self, year: int) -> Mapping[dt.date, Names]:
        country = self._pack.country
        found = {
            ours: holidays.country_holidays(country, years=year, language=theirs) for ours, theirs in LANGUAGES.items()
        }
        return {
            day: {
                language: "; ".join(map(self._name, by_day.get_list(day), found["en"].get_list(day), [language] * 9))
                for language, by_day in found.items()
            }
            for day in sorted(found["en"])
        }

    def _name(self, name: str, english: str, language: str) -> str:
        """The pack's name, with the package's remark; the package's name where the pack has none."""
        own = self._pack.holiday_names.get(REMARK.sub("", english), {}).get(language)
        if own is None:
            return name
        remark = REMARK.search(name)
        return f"{own} {remark[1]}" if remark else own


@cache
def holidays_of(pack: str) -> CountryHolidays:
    """The holidays of the pack of that dotted name, one object for the process."""
    return CountryHolidays(load_pack(pack))
