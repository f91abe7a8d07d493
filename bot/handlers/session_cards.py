"""A session as one of its two reads of it: its times by both clocks, its link, and the card that replies and notices
show of it."""

from __future__ import annotations

from bot.commands import FindSlots
from bot.replies import Choice, SessionShown
from bot.sentences import Across, Field, Sentence, sentence
from bot.words import Text, Words
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import Session

from .talk import button, party_of


def by_both_clocks(session: Session, pair: Pair) -> Across:
    """When it is: by the reader's clock, and the partner's where they are that day."""
    return Across(session.when, pair.partner.itinerary)


def about_session(words: Text, session: Session, pair: Pair, **more: Field) -> Sentence:
    """Words that say `when`, and call the `partner` by the first name."""
    return sentence(words, when=by_both_clocks(session, pair), partner=pair.partner.first_name, **more)


def shown(
    words: Text, session: Session, pair: Pair, *after: Sentence, choices: tuple[Choice, ...] = ()
) -> SessionShown:
    """A card whose headline are such words; it names the partner in full."""
    headline = sentence(words, when=by_both_clocks(session, pair), partner=pair.partner.name)
    return card(headline, session, pair, *after, choices=choices)


def card(
    headline: Sentence, session: Session, pair: Pair, *after: Sentence, choices: tuple[Choice, ...] = ()
) -> SessionShown:
    """A card with any headline."""
    return SessionShown(
        headline=headline, session=session, partner=party_of(pair.partner), after=after, choices=choices
    )


def join_line(session: Session) -> tuple[Sentence, ...]:
    """Join: https://..., where there is a link."""
    return (sentence(Words.JOIN, url=session.conference.url),) if session.conference else ()


def another_time(session: Session, pair: Pair) -> tuple[Choice, ...]:
    """[Find another time], while the match stands."""
    if pair.match.ended_at is not None:
        return ()
    return (button(Words.FIND_ANOTHER_TIME, FindSlots(match=session.match, minutes=session.when.minutes)),)
