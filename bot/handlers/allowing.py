"""Permissions beside the least that works, asked for when somebody wants what they give: all else works without."""

from __future__ import annotations

from bot.commands import ShowReceipts
from bot.commands.own import AllowMore, HoursFromCalendar, ShowOwnCalendars
from bot.replies import Choice, Question, Reply, Said
from bot.sentences import Sentence, sentence
from bot.words import AllowingWords, ConnectingWords, SettingsWords, Text
from calendar_core.connecting.outcomes import LinkOffered
from calendar_core.sign_in import Extra

from .broken_connection import VENDORS
from .talk import Talk, button

WILL_ASK: dict[Extra, Text] = {
    Extra.WORKING_HOURS: AllowingWords.WILL_ASK_HOURS,
    Extra.SECONDARY_CALENDARS: AllowingWords.WILL_ASK_CALENDARS,
}
REFUSED: dict[Extra, Text] = {
    Extra.WORKING_HOURS: AllowingWords.HOURS_REFUSED,
    Extra.SECONDARY_CALENDARS: AllowingWords.CALENDARS_REFUSED,
}


async def could_allow(talk: Talk, extra: Extra) -> tuple[Choice, ...]:
    """[Allow it], where the person's own consent leaves it out."""
    suite = await talk.core.connecting.signing_in.could_allow(talk.user, extra)
    return () if suite is None else (button(AllowingWords.ALLOW_IT, AllowMore(extra)),)


async def allow(talk: Talk, command: AllowMore) -> Reply:
    """Google will ask whether I may see the list of your calendars. [Privacy] [Continue to Google]"""
    signing_in = talk.core.connecting.signing_in
    suite = await signing_in.could_allow(talk.user, command.what)
    offered = await signing_in.offer(talk.user, suite, talk.who, (command.what,)) if suite is not None else None
    if suite is None or not isinstance(offered, LinkOffered):
        return _nothing_to_allow(command.what)
    vendor = VENDORS[suite]
    onward = Choice(sentence(ConnectingWords.CONTINUE_TO, vendor=vendor), command, url=offered.url)
    return Question(
        sentences=(
            sentence(WILL_ASK[command.what], vendor=vendor),
            sentence(AllowingWords.ALL_ELSE_STAYS),
            sentence(ConnectingWords.LINK_IS_YOURS),
        ),
        choices=(button(ConnectingWords.PRIVACY, ShowReceipts()), onward),
    )


def _nothing_to_allow(what: Extra) -> Reply:
    """It was allowed, or it is not theirs to allow: what it would give tells which."""
    go_on = button(SettingsWords.CALENDARS, ShowOwnCalendars())
    if what is Extra.WORKING_HOURS:
        go_on = button(SettingsWords.HOURS_FROM_CALENDAR, HoursFromCalendar())
    return Said(sentences=(sentence(AllowingWords.NOTHING_TO_ALLOW),), choices=(go_on,))


def refused_words(refused: tuple[str, ...]) -> list[Sentence]:
    """What was asked for beside and not ticked: said with what becomes of that."""
    return [sentence(REFUSED[extra]) for extra in Extra if extra in refused]
