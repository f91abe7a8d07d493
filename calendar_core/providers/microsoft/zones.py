"""Time zones between their IANA names and those of Windows, which Outlook thinks in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import tz_win, win_tz

UTC = "UTC"

# Names that Windows' own table (CLDR's) leaves out, and those that old mailboxes still hold.
WINDOWS: Mapping[str, str] = {
    **tz_win,
    "CST6CDT": "Central Standard Time",
    "EST5EDT": "Eastern Standard Time",
    "Europe/Uzhgorod": "FLE Standard Time",
    "Europe/Zaporozhye": "FLE Standard Time",
    "GMT": UTC,
    "MST7MDT": "Mountain Standard Time",
    "PST8PDT": "Pacific Standard Time",
    "US/East-Indiana": "US Eastern Standard Time",
    UTC: UTC,
}
IANA: Mapping[str, str] = {
    name.lower(): zone
    for name, zone in {
        **win_tz,
        "Kamchatka Standard Time": "Asia/Kamchatka",
        "Mid-Atlantic Standard Time": "Etc/GMT+2",
        "tzone://Microsoft/Utc": UTC,
        UTC: UTC,
    }.items()
}


def name_for(zone: str, *instants: datetime) -> str:
    """How Outlook calls an IANA zone: its Windows name, or UTC where the name would not mean just these instants:
    no such name, other rules on that day, or a wall time that comes twice and is sent without an offset."""
    name = WINDOWS.get(zone, UTC)
    if name == UTC:
        return UTC
    here, theirs = ZoneInfo(zone), ZoneInfo(IANA[name.lower()])
    for instant in instants:
        local = instant.astimezone(here)
        if local.utcoffset() != instant.astimezone(theirs).utcoffset():
            return UTC
        if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
            return UTC
    return name


def zone_named(name: str) -> ZoneInfo:
    """The zone of a name as Outlook writes it: Windows' in any case, or IANA's. Raises ValueError for one whose rules
    the name does not tell ("Customized Time Zone", tzone://Microsoft/Custom)."""
    wanted = name.strip()
    try:
        return ZoneInfo(IANA.get(wanted.lower(), wanted))
    except (ZoneInfoNotFoundError, OSError) as unknown:
        raise ValueError("no zone of that name") from unknown
