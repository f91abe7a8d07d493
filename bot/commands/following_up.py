"""What a person may say after a session: of the session to us, and of the next step to themselves or to both."""

from __future__ import annotations

from dataclasses import dataclass, field

from calendar_core.feedback import Happened, Missed
from calendar_core.session import SessionUid
from calendar_core.step import StepUid


@dataclass(frozen=True, slots=True)
class SayHappened:
    """[Yes] [Moved] [No]: whether it happened."""

    session: SessionUid
    happened: Happened


@dataclass(frozen=True, slots=True)
class SayMissed:
    """[I could not] [We missed each other] [Not this time]: why it did not."""

    session: SessionUid
    missed: Missed


@dataclass(frozen=True, slots=True)
class RateSession:
    """[1] ... [5]; 0 is [Skip]."""

    session: SessionUid
    useful: int


@dataclass(frozen=True, slots=True)
class LookLater:
    """[Later], of the next time."""


@dataclass(frozen=True, slots=True)
class WriteStep:
    """A next step, as typed. Empty asks for one."""

    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ShareStep:
    """[Only me] [Both of us]: who reads it."""

    step: StepUid
    shared: bool


@dataclass(frozen=True, slots=True)
class DropStep:
    """[Delete it]."""

    step: StepUid


@dataclass(frozen=True, slots=True)
class ShowStep:
    """One of one's own, with what can become of it."""

    step: StepUid


@dataclass(frozen=True, slots=True)
class ShowSteps:
    """One's own, shared or not."""


@dataclass(frozen=True, slots=True)
class AskAfterSessions:
    """Whether one wants to be asked about sessions that are over."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ShowAverages:
    """An admin's: how useful sessions were."""


FollowUpCommand = (
    SayHappened
    | SayMissed
    | RateSession
    | LookLater
    | WriteStep
    | ShareStep
    | DropStep
    | ShowStep
    | ShowSteps
    | AskAfterSessions
    | ShowAverages
)
