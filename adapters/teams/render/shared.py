"""A session's card that one of its two people puts before others, and what the two see in its place.

Everybody reads when it is and with whom, as its sender has chosen to tell. For those named the card asks for their own
view as soon as they see it: by their clock, as it stands now, with the link into the call. What they get is decided by
who they are, not by what the card carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from adapters.teams.message_link import addresses_in
from bot.replies import Reader, SessionLine, SessionsListed
from bot.sentences import sentence
from bot.wording import PLAIN, Voice, worded
from bot.words import TeamsWords

from .actions import SHOW, opened
from .drawn import Drawn
from .elements import Element, adaptive_card, text_block
from .markdown import MARKDOWN, linked

SESSION = "session"  # in what the card asks with: which one it shows
MOST_VIEWERS = 60  # Teams'
HEADING = sentence(TeamsWords.MENTORING_SESSION)


def for_everybody(line: SessionLine, viewers: Sequence[str], reader: Reader) -> Drawn:
    """`viewers` are the chat's ids ("29:...") of those who have a view of their own. What it is about is theirs."""
    bare = replace(line, session=replace(line.session, topic=""))
    return _card(bare, viewers, reader, [])


def for_one_of_the_two(line: SessionLine, viewers: Sequence[str], reader: Reader) -> Drawn:
    """The same to one of them."""
    conference = line.session.conference
    join = [opened(Voice(reader).unmarked(sentence(TeamsWords.JOIN_NOW)), conference.url)] if conference else []
    return _card(line, viewers, reader, join)


def for_others(reader: Reader) -> Drawn:
    """To whoever asks for a view and has none, whoever that is."""
    said = sentence(TeamsWords.NO_VIEW)
    text = f"{Voice(reader).unmarked(HEADING)}\n{Voice(reader).unmarked(said)}"
    voice = Voice(reader, MARKDOWN)
    body = [text_block(voice.say(HEADING), heading=True), text_block(voice.say(said))]
    return Drawn(adaptive_card(body, [], reader.language, text), text)


def _card(line: SessionLine, viewers: Sequence[str], reader: Reader, actions: Sequence[Element]) -> Drawn:
    listed = SessionsListed(past=False, sessions=(line,))
    [shown], [said] = worded(listed, Voice(reader, MARKDOWN)).lines, worded(listed, Voice(reader, PLAIN)).lines
    text = "\n".join([Voice(reader).unmarked(HEADING), said, *(f"[{each['title']}]" for each in actions)])
    body = [
        text_block(Voice(reader, MARKDOWN).say(HEADING), heading=True),
        text_block(linked(shown, addresses_in(line.session.topic))),
    ]
    card = adaptive_card(body, actions, reader.language, text)
    show = {
        "type": "Action.Execute",
        "verb": SHOW,
        "title": Voice(reader).unmarked(sentence(TeamsWords.SHOW_MINE)),
        "data": {"verb": SHOW, SESSION: line.session.uid},
    }
    card["refresh"] = {"type": "Refresh", "action": show, "userIds": list(viewers[:MOST_VIEWERS])}
    return Drawn(card, text)
