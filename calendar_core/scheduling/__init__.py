"""Finding times, asking, booking: what people do with each other's calendars."""

from dataclasses import dataclass

from .asking import Asking
from .booking import Booking
from .cancelling import Cancelling
from .clearing import Clearing
from .looking import Looking
from .mailed_sessions import MailedSessions
from .pairs import Pairs
from .settling import Settling

__all__ = [
    "Asking",
    "Booking",
    "Cancelling",
    "Clearing",
    "Looking",
    "MailedSessions",
    "Pairs",
    "Scheduling",
    "Settling",
]


@dataclass(frozen=True, slots=True)
class Scheduling:
    """Everything a conversation may ask of it, and the job that finishes what was begun."""

    pairs: Pairs
    looking: Looking
    booking: Booking
    asking: Asking
    cancelling: Cancelling
    settling: Settling
    mailed: MailedSessions
