"""The card that everybody of a group chat or channel may see, and that draws itself anew for the people it is about.

It says who is finding a time, and nothing else: no times, no pictures, no reasons. For those named it
asks for their own view as soon as they see it; what they then get is decided by who they are, not by what it carries.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import token_of
from bot.commands import Command
from bot.replies import Reader
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import TeamsWords

from .actions import SHOW, executed
from .drawn import Drawn
from .elements import adaptive_card, text_block
from .markdown import MARKDOWN

MOST_VIEWERS = 60  # Teams': whoever is beyond presses the button


def shared_card(booker: str, partner: str, viewers: Sequence[str], command: Command, reader: Reader) -> Drawn:
    """`viewers` are the chat's ids ("29:...") of those who have a view of their own; `command` leads to it, and changes
    nothing. Raises ValueError if it does not fit a button."""
    said = sentence(TeamsWords.FINDING_A_TIME, booker=booker, partner=partner)
    voice = Voice(reader, MARKDOWN)
    show = executed(SHOW, voice.unmarked(sentence(TeamsWords.SHOW_MINE)), {"token": token_of(command)})
    text = f"{voice.unmarked(said)}\n[{show['title']}]"
    card = adaptive_card([text_block(voice.say(said))], [show], reader.language, text)
    card["refresh"] = {
        "type": "Refresh",
        "action": {key: value for key, value in show.items() if key != "fallback"},
        "userIds": list(viewers[:MOST_VIEWERS]),
    }
    return Drawn(card, text)
