"""What was asked when something went wrong, and what may be named in the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot import commands as c
from bot.buttons import fits
from bot.replies import Choice
from bot.words import Words
from calendar_core.people import MatchId, User
from calendar_core.scheduling.outcomes import Pair

from .talk import button


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked what, and the matches that may be named in the answer. `user` is None for an unknown account; `whom` is
    who could help, if anybody is named."""

    command: c.Command
    user: User | None
    pairs: tuple[Pair, ...]
    now: datetime
    whom: str | None = None

    @property
    def find(self) -> c.FindSlots | None:
        """The wish behind the command, if it was about times of one match."""
        match self.command:
            case c.FindSlots():
                return self.command
            case c.ShowMore() | c.WhyThese() | c.WhyNone() | c.ShowCalendars() | c.AskPartner() | c.ShowOwnTimes():
                return self.command.find
            case c.ChooseDay() | c.AskBack():
                return self.command.find
            case c.BookSession():
                return c.FindSlots(match=self.command.match, minutes=self.command.when.minutes)
            case c.PlainTimes():
                return c.FindSlots(match=self.command.match) if self.command.match is not None else None
            case _:
                return None

    def pair(self, match: MatchId | None) -> Pair | None:
        """One of the asker's own matches; the only one there is, where none was named."""
        if match is None:
            return self.pairs[0] if len(self.pairs) == 1 else None
        return next((pair for pair in self.pairs if pair.match.id == match), None)

    @property
    def meant(self) -> Pair | None:
        """The match that the command is about, as far as it is known."""
        return self.pair(self.find.match) if self.find else None

    @property
    def again(self) -> Choice:
        """[Try again]: the same command, if a button can carry all that was typed."""
        if not fits(self.command):
            return button(Words.FIND_TIMES, c.FindSlots())
        return button(Words.TRY_AGAIN, self.command)

    @property
    def contact(self) -> Choice:
        """[Contact], of the programme in question where there is one."""
        return button(Words.CONTACT, c.Contact(self.meant.programme.id if self.meant else None))


def without_topic(command: c.Command) -> c.Command:
    """What was asked, whatever it is to be about."""
    match command:
        case c.BookAbout(book, _):
            return book
        case c.AskAbout(ask, _):
            return ask
        case _:
            return command


def with_topic_of(command: c.Command, choice: Choice) -> Choice:
    """The same next step, still about what was typed; without that where a button cannot carry it."""
    if not isinstance(command, c.BookAbout | c.AskAbout):
        return choice
    match choice.command:
        case c.BookSession():
            about: c.Command = c.BookAbout(choice.command, command.topic)
        case c.AskPartner():
            about = c.AskAbout(choice.command, command.topic)
        case _:
            return choice
    return replace(choice, command=about) if fits(about) else choice


def about_match(command: c.Command, match: MatchId) -> c.Command:
    """The same command, with the match said."""
    if isinstance(command, c.FindSlots):
        return replace(command, match=match, partner=None, role=None)
    wishes = (c.ShowCalendars, c.ChooseDay, c.ShowMore, c.WhyThese, c.WhyNone, c.AskPartner, c.ShowOwnTimes)
    if isinstance(command, wishes):
        return replace(command, find=replace(command.find, match=match, partner=None, role=None))
    return command
