"""What may be answered: about a dozen shapes of facts and next steps. A new sentence is not a new shape.

Nothing here is drawn or worded: `bot.wording` makes words of it, and each chat draws it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from calendar_core.availability.shared_view import SharedView
from calendar_core.integration import IntegrationKind, Suite, Trouble
from calendar_core.interval import Interval
from calendar_core.people import MatchId, Role
from calendar_core.ports import Unreached
from calendar_core.request import Basis, RequestId
from calendar_core.session import Session, SessionState, SessionUid

from .commands import Command, TakeStatuses
from .commands.own import DownloadData
from .sentences import Sentence, sentence
from .words import ReportWords


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose eyes a reply is for: its BCP 47 language and IANA zone."""

    language: str = "en-GB"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Party:
    """Another person, as far as a reply may show one: a name to call them by, and their clock."""

    name: str
    first_name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A next step. `numbered` ones come first and are also taken by typing their number, counted from 1.

    `label` is what stands on the button, or in the numbered line; `slot` is the time it stands for, if any. With a
    `url` it is a link, for the reader alone, and the command leads to a new one.
    """

    label: Sentence
    command: Command
    slot: Interval | None = None
    numbered: bool = False
    url: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood of a wish: shown, so that a misreading is noticed before it is booked."""

    partner: str | None
    windows: tuple[Interval, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """Something to be handed over as a file, to the one who asked and to nobody else. `again` has it made anew."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    again: DownloadData | TakeStatuses


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the booking of a session ended; from `sequence` 1 on, what became of it afterwards."""

    session: SessionUid
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What every reply has. `note` is said before anything else. `outcomes` are what whoever has read it need not be
    told once more (`Conversation.brought`). `names_people`: for an admin's eyes alone, in any channel (decision 10)."""

    choices: tuple[Choice, ...] = ()
    read: Read | None = None
    note: tuple[Sentence, ...] = ()
    names_people: bool = False
    file: File | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def ends_a_booking(self) -> bool:
        """Whether it says how one ended, and nothing of any other session."""
        return len(self.outcomes) == 1 and self.outcomes[0].sequence == 0


# --- plain statements ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Shape):
    """Something is so, or was done."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Shape):
    """Something has to be decided or told before it goes on."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Shape):
    """Nothing was done: what happened, and what to do next. `error` is the class name of what was refused.

    `partner` is there where times are among the choices.
    """

    error: str
    sentences: tuple[Sentence, ...]
    partner: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Shape):
    """Several things that are so: paragraphs, and then points, each of them whole; and, where the next session is among
    them, where it is joined."""

    paragraphs: tuple[tuple[Sentence, ...], ...]
    points: tuple[Sentence, ...] = ()
    join: str | None = None


# --- times -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsOffered(Shape):
    """Times at which a session can be had; each numbered choice carries its `slot`.

    `holidays` are the reader's own among the days asked for, which were left out.
    """

    partner: Party
    minutes: int
    suite: Suite | None
    basis: Basis
    checked_at: datetime
    by_request: bool = False
    holidays: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarsShown(Shape):
    """Both calendars of some days; the text is made from `view`, and so is the picture of a chat that can show one.
    A picture is shown no longer than the `match` stands (decision 13)."""

    match: MatchId
    partner: Party
    view: SharedView
    minutes: int
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesToSend(Shape):
    """Times of which up to three may be chosen and sent; each numbered choice adds its `slot` to `chosen`.

    `partner` is None between strangers, where `basis` is PLAIN.
    """

    partner: Party | None
    minutes: int
    basis: Basis
    chosen: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown(Shape):
    """Somebody would like a session, at one of the numbered times. `instead`: they are an answer to other times.

    `matched` is False between strangers, where nobody's calendar was looked at.
    """

    request: RequestId
    proposer: Party
    minutes: int
    basis: Basis
    matched: bool = True
    instead: bool = False
    topic: str = field(default="", repr=False)


# --- sessions --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShown(Shape):
    """One session: just booked, told of, or about to begin; `headline` says which, `after` what follows from it.
    `from_last_time`: the steps with which the two wanted to go on, for their eyes alone."""

    headline: Sentence
    session: Session
    partner: Party
    from_last_time: tuple[str, ...] = field(default=(), repr=False)
    after: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list."""

    session: Session
    partner: Party


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsListed(Shape):
    """The reader's sessions, in order."""

    past: bool
    sessions: tuple[SessionLine, ...]


# --- what is known about people --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """`viewer` was shown the reader's times on so many days, for `first` to `last`."""

    viewer: str
    role: Role
    days: int
    first: date
    last: date
    automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsShown(Shape):
    """Who was shown the reader's times in the last 90 days (decision 9). `groups_only`: admins there are told of groups
    alone (decision 22)."""

    receipts: tuple[ReceiptLine, ...]
    groups_only: bool = False


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person whose calendar cannot be used. `reachable` is the chat that reaches them; where none does, `unreached`
    says why."""

    name: str
    role: Role
    kind: IntegrationKind | None
    trouble: Trouble | None
    since: datetime | None
    reachable: str | None
    unreached: Unreached | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleListed(Shape):
    """Who hasn't integrated, for an admin's eyes alone (decision 10)."""

    programme: str
    people: int
    working: tuple[tuple[IntegrationKind, int], ...]
    lines: tuple[PersonLine, ...]
    not_working: int
    skipped: int
    matches_missing_one: int
    completed_by: tuple[tuple[Suite, int], ...] = ()
    groups_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpShown(Shape):
    """What can be said. Each entry: the words to type, and what they do."""

    opening: Sentence
    entries: tuple[tuple[str, Sentence], ...]


Reply = (
    Said
    | Question
    | Refused
    | Summary
    | SlotsOffered
    | CalendarsShown
    | TimesToSend
    | RequestShown
    | SessionShown
    | SessionsListed
    | ReceiptsShown
    | PeopleListed
    | HelpShown
)


def join_url(reply: Reply) -> str | None:
    """What [Join] opens, below whatever tells of a session that has a link and goes ahead as it stands; whether the
    words name it, too, is theirs to say."""
    match reply:
        case Summary():
            return reply.join
        case SessionShown(session=session) if session.state is SessionState.BOOKED:
            return session.conference.url if session.conference else None
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply and whom it is for: enough for a chat to draw it, and for a terminal to print it."""

    reply: Reply
    reader: Reader

    def among_others(self) -> Answer:
        """As it is given in a channel: whoever asks about people is told why nobody else sees it (decision 10)."""
        if not self.reply.names_people:
            return self
        note = (sentence(ReportWords.SENT_PRIVATELY), *self.reply.note)
        return replace(self, reply=replace(self.reply, note=note))
