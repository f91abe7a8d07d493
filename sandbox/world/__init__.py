"""The outside world's state, neutral between suites: mailboxes, copies of events, how changes travel, and disk."""

from sandbox.world.invitations import Tell
from sandbox.world.minting import Minting
from sandbox.world.state import World
from sandbox.world.values import (
    AllDay,
    Attendee,
    Conference,
    Event,
    Json,
    Mailbox,
    Person,
    Purpose,
    Response,
    Role,
    Shows,
    Status,
    Suite,
    Timed,
    When,
    WorkingHours,
)

__all__ = [
    "AllDay",
    "Attendee",
    "Conference",
    "Event",
    "Json",
    "Mailbox",
    "Minting",
    "Person",
    "Purpose",
    "Response",
    "Role",
    "Shows",
    "Status",
    "Suite",
    "Tell",
    "Timed",
    "When",
    "WorkingHours",
    "World",
]
