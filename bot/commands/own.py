"""What a person may ask about themselves: whose chat account this is, own settings, own data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calendar_core.sign_in import Extra

# --- the chat account ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkAccount:
    """Have a code sent to the address in one's profile; or say whose account this is, where it is somebody's."""


@dataclass(frozen=True, slots=True)
class UnlinkAccount:
    """This chat account is nobody's any more. Asked first, unless `sure`."""

    sure: bool = False


# --- own settings ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Everything one can set, with the words that change it."""


@dataclass(frozen=True, slots=True)
class UseCalendar:
    """Use my calendar, or do not, whoever has consented (decision 22)."""

    use: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """No sessions before a day. Without one the `words` said for it were not understood, or mean several `days`."""

    until: date | None = None
    words: str = ""
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Resume:
    """The pause is over."""


@dataclass(frozen=True, slots=True)
class SetHours:
    """Own working hours, as `calendar_core.hours_text` reads them. Empty shows them."""

    hours: str = ""


@dataclass(frozen=True, slots=True)
class HoursFromCalendar:
    """Working hours, and the zone unless one was said, as the own calendar has them."""


@dataclass(frozen=True, slots=True)
class SetZone:
    """The zone one lives in, an IANA key. Without one the `words` said for it are no place that is known, or there were
    none and it is shown."""

    zone: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Travel:
    """Days in another zone, both inclusive. Without them, or the zone, the `words` were not understood."""

    zone: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ForgetTrips:
    """No trip is planned any more."""


@dataclass(frozen=True, slots=True)
class ShowOwnCalendars:
    """Which of one's own calendars count."""


@dataclass(frozen=True, slots=True)
class AllowMore:
    """Be asked for that as well, at the vendor's page of the calendar that one has connected oneself."""

    what: Extra


@dataclass(frozen=True, slots=True)
class CountCalendar:
    """A calendar of one's own, by the provider's id, counts or counts no more."""

    calendar: str
    counts: bool


@dataclass(frozen=True, slots=True)
class SetRoom:
    """A standing room's address, as typed. Empty shows it; `forget` removes it."""

    address: str = ""
    forget: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmInGroup:
    """New sessions are confirmed in a group message with the partner, too, if both want it (decision 24)."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class PrivateEvents:
    """Own sessions' events are marked private, or as the calendar usually does."""

    private: bool


# --- own data --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DownloadData:
    """Everything that is stored about oneself, as a file."""


@dataclass(frozen=True, slots=True)
class DeleteData:
    """All of it is deleted. Asked first, unless `sure`. `cancel`: planned sessions are cancelled before it is asked."""

    sure: bool = False
    cancel: bool = False


OwnCommand = (
    LinkAccount
    | UnlinkAccount
    | ShowSettings
    | UseCalendar
    | Pause
    | Resume
    | SetHours
    | HoursFromCalendar
    | SetZone
    | Travel
    | ForgetTrips
    | ShowOwnCalendars
    | AllowMore
    | CountCalendar
    | SetRoom
    | PrivateEvents
    | ConfirmInGroup
    | DownloadData
    | DeleteData
)
