"""What every calendar provider promises: FreeBusySource and EventWriter, over real HTTP against the sandbox.

A provider's tests inherit CalendarProviderContract and say how its calendars are opened.
"""

from .access import AccessContract
from .changing import AnsweringContract, CancellingContract, MovingContract, ReadingContract
from .creating import ConferenceContract, CreatingContract
from .free_busy import FreeBusyContract
from .ground import Operations, ProviderGround
from .standing import StandingContract

__all__ = ["CalendarProviderContract", "FreeBusyContract", "Operations", "ProviderGround", "StandingContract"]


class CalendarProviderContract(
    FreeBusyContract,
    StandingContract,
    CreatingContract,
    ConferenceContract,
    ReadingContract,
    MovingContract,
    CancellingContract,
    AnsweringContract,
    AccessContract,
):
    """All of it, for a provider that reads and writes."""
