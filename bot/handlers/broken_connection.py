"""Where a calendar of one's own is missing, or broke: what is said of it, and what can be done."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import Connect, PlainTimes
from bot.replies import Choice, Question
from bot.sentences import Sentence, sentence
from bot.wording.people_lines import TROUBLES
from bot.words import ConnectingWords, HealthWords, RefusalWords, Words
from calendar_core.connecting.accounts import is_own
from calendar_core.health import Repairer, repairer
from calendar_core.integration import Integration, Suite, Trouble
from calendar_core.scheduling.outcomes import Pair, PairCase

from .talk import Talk, button

VENDORS = {Suite.GOOGLE: "Google", Suite.MICROSOFT: "Microsoft"}
CALENDARS = {Suite.GOOGLE: "Google", Suite.MICROSOFT: "Outlook"}
REPAIRERS = {
    Repairer.IT: HealthWords.BY_IT,
    Repairer.OPERATOR: HealthWords.BY_OPERATOR,
    Repairer.NOBODY: HealthWords.BY_NOBODY,
}


async def with_way_to_connect(talk: Talk, pair: Pair, said: Question) -> Question:
    """What is said where the asker's own calendar is missing, with [Connect] where this person can do that."""
    if pair.asker_integration.kind is not None or not await talk.core.connecting.signing_in.suites(talk.user):
        return said
    if pair.case is PairCase.ONLY_PARTNER:
        may = sentence(ConnectingWords.YOU_MAY_CONNECT, partner=pair.partner.first_name)
        return replace(said, sentences=(may,), choices=(*said.choices, button(ConnectingWords.CONNECT, Connect())))
    connect_mine = button(ConnectingWords.CONNECT_MY_CALENDAR, Connect())
    return replace(said, choices=(*said.choices, connect_mine))


def neither_seen(pair: Pair) -> Question:
    """Your Outlook connection stopped working ... Noor has not connected a calendar. [Reconnect] [Plain times]"""
    own, plain = pair.asker_integration, button(Words.PLAIN_TIMES, PlainTimes(match=pair.match.id))
    theirs = sentence(ConnectingWords.NEITHER_SEEN, partner=pair.partner.first_name)
    mine = broken_words(own) or sentence(RefusalWords.CANNOT_SEE_YOURS)
    return Question(sentences=(mine, theirs), choices=(*reconnect_choices(own), plain))


async def own_choices(talk: Talk, integration: Integration) -> tuple[Choice, ...]:
    """[Connect my calendar], or [Reconnect] what broke; nothing where all is well, or nothing can be done here: a
    domain that lets nobody in is repaired by others, and works for everybody then."""
    if is_own(integration) and not integration.usable:
        return reconnect_choices(integration)
    if integration.kind is not None or not await talk.core.connecting.signing_in.suites(talk.user):
        return ()
    return (button(ConnectingWords.CONNECT_MY_CALENDAR, Connect()),)


def reconnect_choices(integration: Integration) -> tuple[Choice, ...]:
    """[Reconnect], straight to the vendor's page, where that helps."""
    if not can_reconnect(integration):
        return ()
    return (button(ConnectingWords.RECONNECT, Connect(integration.suite, again=True)),)


def broken_words(integration: Integration) -> Sentence | None:
    """Your Google connection stopped working on 20 Nov (access was withdrawn), and who can repair it. None where
    nothing is connected, or nothing broke."""
    if integration.usable or integration.since is None or integration.suite is None:
        return None
    trouble = integration.trouble or Trouble.NOT_ANSWERING
    why, suite = sentence(TROUBLES[trouble]), CALENDARS[integration.suite]
    if trouble is Trouble.ACCESS_WITHDRAWN:
        why = sentence(ConnectingWords.ACCESS_WAS_WITHDRAWN)
    if can_reconnect(integration):
        return sentence(ConnectingWords.OWN_BROKEN, suite=suite, day=integration.since, why=why)
    who = sentence(REPAIRERS.get(repairer(integration.kind, trouble), HealthWords.BY_NOBODY))
    return sentence(ConnectingWords.OTHERS_BROKEN, suite=suite, day=integration.since, why=why, who=who)


def can_reconnect(integration: Integration) -> bool:
    """The person's own consent is what is missing, or may be."""
    trouble = integration.trouble or Trouble.NOT_ANSWERING
    by_others = (Repairer.IT, Repairer.OPERATOR)
    return is_own(integration) and not integration.usable and repairer(integration.kind, trouble) not in by_others
