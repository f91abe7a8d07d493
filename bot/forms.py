"""One form of words and the command it means: the rows of the grammar table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from .commands import Command
from .words import Text


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


class Audience(Enum):
    """Who can use it."""

    EVERYBODY = "everybody"
    MATCHED = "mentors and mentees"
    ADMINS = "admins"


class Form(NamedTuple):
    """`word` is what help shows, and a chat's command list; `pattern` what is recognised, `rest` being left over. One
    that is not `listed` is told of beside another: its opposite, or `settings`. `audience`: whom help shows it to."""

    word: str
    about: Text
    pattern: re.Pattern[str]
    command: Callable[[str, Speaker], Command]
    listed: bool = True
    audience: Audience = Audience.EVERYBODY
