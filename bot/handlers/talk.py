"""What every handler is given: who talks, when, and the parts of the core that a conversation may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.commands import Command
from bot.replies import Choice, Party, Reader
from bot.sentences import Field, sentence
from bot.words import Text
from calendar_core.adjusting import Adjusting
from calendar_core.averaging import Averaging
from calendar_core.connecting import Connecting
from calendar_core.counting import Counting
from calendar_core.ending import Ending
from calendar_core.following_up import FollowingUp
from calendar_core.interval import Interval
from calendar_core.linking import Linking
from calendar_core.monitoring import Monitoring
from calendar_core.opting_out import OptingOut
from calendar_core.people import Identity, User
from calendar_core.ports import Clock, Conversations, Integrations, People, PersonalData, Programmes, Receipts
from calendar_core.reporting import Reporting
from calendar_core.scheduling import Scheduling
from calendar_core.scheduling.outcomes import Pair
from calendar_core.wishing import Wishing


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What concerns one person alone: whose account it is, own settings, own data."""

    linking: Linking
    adjusting: Adjusting
    counting: Counting
    opting_out: OptingOut
    personal_data: PersonalData


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The parts of the core that a conversation may ask. `contact` is whom the operator named for everybody."""

    people: People
    programmes: Programmes
    integrations: Integrations
    receipts: Receipts
    conversations: Conversations
    scheduling: Scheduling
    reporting: Reporting
    ending: Ending
    wishes: Wishing
    own: Own
    monitoring: Monitoring
    connecting: Connecting
    following_up: FollowingUp
    averaging: Averaging
    clock: Clock
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """One person's turn. `pairs` is every match, as it stood when the turn began."""

    core: Core
    who: Identity
    user: User
    pairs: tuple[Pair, ...]
    now: datetime

    @property
    def scheduling(self) -> Scheduling:
        """Shorter to say."""
        return self.core.scheduling


def reader_of(user: User) -> Reader:
    """How that person reads."""
    return Reader(language=user.language, zone=user.itinerary)


def party_of(user: User) -> Party:
    """How that person is shown to others."""
    return Party(name=user.name or user.email, first_name=user.first_name, zone=user.itinerary)


def button(words: Text, command: Command, /, **fields: Field) -> Choice:
    """A next step."""
    return Choice(sentence(words, **fields), command)


def slot_button(words: Text, command: Command, when: Interval) -> Choice:
    """A numbered time."""
    return Choice(sentence(words, when=when), command, slot=when, numbered=True)
