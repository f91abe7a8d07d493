"""A request for a session: times one person offers another to choose from, or plain times to a stranger."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from .interval import Interval
from .people import MatchId, ProgrammeId, UserId

RequestId = NewType("RequestId", int)

TIMES_IN_A_REQUEST = 3


class RequestState(StrEnum):
    """OPEN waits for `chooser`. ACCEPTED led to `session` (or, without calendars, to an agreement). CLOSED: the match
    ended before anybody answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"
    CLOSED = "closed"


class Basis(StrEnum):
    """What the offered times rest on: it decides what may be said about them."""

    BOTH_FREE = "both free"
    PROPOSER_FREE = "proposer free"
    PLAIN = "plain times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`times` are up to three starts for a session of `minutes`; none while the chooser is asked to offer some.

    `match` is None between strangers, where neither look-up, hold nor link exists (decision 11); there `chooser` is
    None when the request reached nobody. The one who asked first stays `asker`, and is the booker in the end, while
    offers go back and forth; `chooser` is whose turn it is. `topic` is what `asker` wrote that it is to be about.
    """

    id: RequestId
    programme: ProgrammeId
    match: MatchId | None
    asker: UserId
    proposer: UserId
    chooser: UserId | None
    minutes: int
    times: tuple[Interval, ...]
    basis: Basis
    state: RequestState
    made_at: datetime
    chosen: Interval | None = None
    topic: str = field(default="", repr=False)

    def offered_by(self, proposer: UserId, chooser: UserId, times: tuple[Interval, ...], basis: Basis) -> Request:
        """The other side offers times instead."""
        return replace(self, proposer=proposer, chooser=chooser, times=times, basis=basis)
