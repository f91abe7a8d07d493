"""Time-zone names as Microsoft Graph takes and gives them: Windows' own, and the IANA ones its reference lists."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tzlocal.windows_tz import tz_win, win_tz

# graph/api/resources/datetimetimezone; without its entries of two names in one ("Europe/Kyiv (Kiev)").
LISTED = frozenset(
    f"{area}/{place}"
    for area, places in {
        "Africa": "Cairo Casablanca Johannesburg Lagos Nairobi Windhoek",
        "America": "Anchorage Argentina/Buenos_Aires Asuncion Bahia Bogota Caracas Cayenne Chicago Chihuahua Cuiaba"
        " Denver Godthab Guatemala Halifax Indiana/Indianapolis La_Paz Los_Angeles Mexico_City Montevideo New_York"
        " Phoenix Regina Santa_Isabel Santiago Sao_Paulo St_Johns",
        "Asia": "Amman Baghdad Baku Bangkok Beirut Colombo Damascus Dhaka Dubai Irkutsk Jerusalem Kabul Karachi"
        " Kathmandu Kolkata Krasnoyarsk Magadan Novosibirsk Riyadh Seoul Shanghai Singapore Taipei Tbilisi Tehran"
        " Tokyo Ulaanbaatar Vladivostok Yakutsk Yekaterinburg Yerevan",
        "Atlantic": "Azores Cape_Verde Reykjavik",
        "Australia": "Adelaide Brisbane Darwin Hobart Perth Sydney",
        "Etc": "GMT GMT+11 GMT+12 GMT+2 GMT-12",
        "Europe": "Berlin Bucharest Budapest Istanbul Kaliningrad London Moscow Paris Warsaw",
        "Indian": "Mauritius",
        "Pacific": "Apia Auckland Fiji Guadalcanal Honolulu Kiritimati Port_Moresby Tongatapu",
    }.items()
    for place in places.split()
)
UTC = "UTC"


def zone_named(name: str, *, windows_only: bool = False) -> ZoneInfo | None:
    """The zone Graph understands by this name, or None if it refuses it. For all-day events it refuses IANA's."""
    if name.upper() == UTC:
        return ZoneInfo(UTC)
    if name in win_tz:
        return ZoneInfo(win_tz[name])
    return ZoneInfo(name) if name in LISTED and not windows_only else None


def windows_name(iana: str) -> str:
    """How Outlook calls an IANA zone; UTC where it has no name for it."""
    return UTC if iana == UTC else tz_win.get(iana, UTC)
