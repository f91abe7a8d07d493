"""Public holidays of a person's region (decision 16). Only the person whose holiday it is may be told its name.

The library is imported when it is first asked, which takes half a second; `read_tables` does it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType


def read_tables() -> None:
    """So that the first question is answered as quickly as the next. In a thread, for whoever serves meanwhile."""
    check_region("US")


def days_off(region: str, first: date, last: date, language: str = "en-US") -> Mapping[date, str]:
    """Holidays from first to last, both inclusive, with their names (in the language where the tables have it).

    `region` is an ISO 3166 code, optionally with a subdivision ("US", "DE-BE"); empty: nobody said, so none.
    Raises ValueError for an unknown region.
    """
    if not region:
        return {}
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in _holidays(region, year, language).items()
        if first <= day <= last
    }


def check_region(region: str) -> None:
    """Raises ValueError, saying which part is unknown. Empty is fine. For whoever enrols a person."""
    if not region:
        return
    from holidays import list_supported_countries

    country, _, subdivision = region.partition("-")
    known = list_supported_countries(include_aliases=False)
    if country not in known:
        raise ValueError(f"{country!r} is not a country code of ISO 3166 with known holidays, such as US or DE")
    if (subdivision or region.endswith("-")) and subdivision not in known[country]:
        raise ValueError(f"{subdivision!r} is not a subdivision of {country} with holidays of its own")


_AS_PEOPLE_SAY = {"Thanksgiving Day": "Thanksgiving"}


@lru_cache(maxsize=1024)
def _holidays(region: str, year: int, language: str) -> Mapping[date, str]:
    check_region(region)
    from holidays import country_holidays, list_localized_countries

    country, _, subdivision = region.partition("-")
    spoken = list_localized_countries(include_aliases=False).get(country, [])
    wanted = (language.replace("-", "_"), language.split("-", maxsplit=1)[0], "en_US")
    named = country_holidays(
        country,
        subdiv=subdivision or None,
        years=year,
        expand=False,
        language=next((tag for tag in wanted if tag in spoken), None),
    )
    return MappingProxyType({day: _AS_PEOPLE_SAY.get(name, name) for day, name in named.items()})
