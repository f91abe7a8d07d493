"""One phrase and the command it means: a row of the grammar's table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from bot.commands import Command
from bot.commands.own import ShowSettings
from bot.words import Text
from calendar_core.wall_clock import zone_at


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it, as far as words depend on it. `zone` is an IANA key or an itinerary; `names` are the speaker's
    matches', so that "May" can be a person."""

    now: datetime
    zone: str
    language: str = "en-GB"
    region: str = ""
    names: tuple[str, ...] = ()
    default_minutes: int = 45

    @property
    def here(self) -> str:
        """The zone they are in now."""
        return zone_at(self.zone, self.now)


class Audience(Enum):
    """Who can use it."""

    EVERYBODY = "everybody"
    MATCHED = "mentors and mentees"
    ADMINS = "admins"


Meaning = Callable[[str, Speaker], Command]
"""What it means, from what the pattern left over."""


class Phrase(NamedTuple):
    """`word` is what help shows, and a chat's command list; `pattern` what is recognised, `rest` being left over. One
    that is not `listed` is told of beside another: its opposite, or `settings`. `audience`: whom help shows it to."""

    word: str
    about: Text
    pattern: re.Pattern[str]
    command: Meaning
    listed: bool = True
    audience: Audience = Audience.EVERYBODY


def says(pattern: str) -> re.Pattern[str]:
    """In capitals or not, and over several lines."""
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def sets(pattern: str) -> re.Pattern[str]:
    """The same of a setting, as `settings` shows it: "set my ..."."""
    return says(rf"(?:settings? |set |my )*(?:{pattern})")


def always(command: Command) -> Meaning:
    """Whatever was left over."""
    return lambda _, __: command


ON = frozenset({"on", "yes"})
OFF = frozenset({"off", "no", "none", "stop", "remove", "forget"})


def switch(turned: Callable[[bool], Command]) -> Meaning:
    """On or off, in any word for it; without one, all settings are shown."""

    def command(rest: str, _: Speaker) -> Command:
        word = rest.lower()
        return turned(word in ON) if word in ON | OFF else ShowSettings()

    return command


LONGEST_ABOUT = 60  # of what is asked about: a word, or somebody
MARKED_NAME = re.compile(r'@"([^"]{1,100})"')  # a name that a chat has marked as one, whatever it says
