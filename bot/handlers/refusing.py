"""The one function that turns an error into words and next steps. What the outside said is never shown as it came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot import commands as c
from bot.plain_text import plain_text
from bot.replies import Choice, Party, Question, Refused, Reply
from bot.sentences import Sentence, sentence
from bot.wording.people_lines import ROLES, TROUBLES
from bot.words import FreeBusyOnlyWords, HealthWords, MailingWords, OperatingWords, RefusalWords, Words
from calendar_core import errors as e
from calendar_core.availability.bookable import Obstacle

from .asked import Asked, about_match
from .broken_connection import broken_words, reconnect_choices
from .notice import first_by_notice, notice_words
from .talk import button, party_of, slot_button
from .wishes import afresh

LONGEST_TYPED = 80  # bytes of a typed name that a button can carry on


NEED_SOMEBODY = (  # nothing the asker could do alone
    e.UnknownPerson,
    e.NoMatches,
    e.ProgrammeClosed,
    e.NotAllowed,
    e.CalendarRefused,
    e.ProviderRejected,
)
Answer = tuple[tuple[Sentence, ...], tuple[Choice, ...]]


def refusal(error: e.CalendarError, asked: Asked) -> Reply:
    """What happened, and what to do next."""
    if isinstance(error, e.WhichMatch):
        return _which_match(error, asked)
    words = next(WORDS[kind] for kind in type(error).__mro__ if kind in WORDS)
    said, choices = words(error, asked)
    if asked.whom and isinstance(error, NEED_SOMEBODY):
        said = (*said, sentence(OperatingWords.ASK_WHOM, contact=asked.whom))
    partner: Party | None = None
    if isinstance(error, e.SlotTaken) and asked.meant:
        partner = party_of(asked.meant.partner)
    return Refused(error=type(error).__name__, sentences=said, choices=choices, partner=partner)


def _which_match(error: e.WhichMatch, asked: Asked) -> Question:
    """You have two matches. With whom? 1. Sam Okoye (Leadership) 2. Lea Brandt (Data)"""
    choices = []
    for match in error.matches:
        pair = asked.pair(match)
        if pair is not None:
            label = sentence(Words.MATCH_NAMED, name=pair.partner.name, programme=pair.programme.name)
            choices.append(Choice(label, about_match(asked.command, match), numbered=True))
    two = sentence(Words.WITH_WHOM_OF_TWO)
    said = two if len(choices) == 2 else sentence(Words.WITH_WHOM, count=len(choices))
    return Question(sentences=(said,), choices=tuple(choices))


# --- people and programmes -------------------------------------------------------------------------------------------


def _unknown_person(_: e.UnknownPerson, __: Asked) -> Answer:
    return (sentence(RefusalWords.UNKNOWN_PERSON),), (button(Words.CONTACT, c.Contact()),)


def _not_matched(error: e.NotMatched, asked: Asked) -> Answer:
    """The same for unknown, unmatched, left and former matches; a button of somebody else's only leads nowhere."""
    if not error.typed:
        return _old_button(e.OldButton(), asked)
    typed = error.typed.encode()[:LONGEST_TYPED].decode(errors="ignore")
    plain = button(Words.PLAIN_TIMES, c.PlainTimes(partner=typed))
    said = sentence(Words.NOT_MATCHED, typed=plain_text(error.typed))
    return (said,), (plain, button(Words.CONTACT, c.Contact()))


def _no_matches(_: e.NoMatches, asked: Asked) -> Answer:
    if asked.pairs and asked.find and asked.find.role:
        said = sentence(RefusalWords.NO_SUCH_MATCH, role=sentence(ROLES[asked.find.role]))
        choices = (button(Words.FIND_TIMES, replace(asked.find, role=None)), asked.contact)
        return (said,), choices
    return (sentence(RefusalWords.NO_MATCHES),), (asked.contact,)


def _not_open_yet(error: e.MatchNotOpenYet, asked: Asked) -> Answer:
    said = sentence(RefusalWords.NOT_OPEN_YET, partner=error.partner_name, at=error.opens_at)
    return (said,), (asked.contact,)


def _programme_closed(error: e.ProgrammeClosed, asked: Asked) -> Answer:
    name = error.programme_name
    if error.ended:
        said = sentence(RefusalWords.PROGRAMME_ENDED, programme=name, day=error.ended)
    elif error.starts:
        said = sentence(RefusalWords.PROGRAMME_STARTS, programme=name, day=error.starts)
    else:
        said = sentence(RefusalWords.PROGRAMME_CLOSED, programme=name)
    return (said,), (button(Words.PAST_SESSIONS, c.ShowSessions(past=True)), asked.contact)


def _paused(error: e.Paused, asked: Asked) -> Answer:
    return (sentence(RefusalWords.YOU_ARE_PAUSED, day=error.until),), (asked.contact,)


def _not_allowed(_: e.NotAllowed, asked: Asked) -> Answer:
    return (sentence(RefusalWords.NEEDS_ADMIN),), (asked.contact,)


def _groups_only(_: e.GroupsOnly, asked: Asked) -> Answer:
    return (sentence(HealthWords.NOBODY_BY_NAME),), (button(HealthWords.HEALTH, c.ShowHealth()), asked.contact)


# --- times -----------------------------------------------------------------------------------------------------------


def _slot_taken(error: e.SlotTaken, asked: Asked) -> Answer:
    """Tuesday 09:00 was just taken; nothing was booked. Nearest that fit both: 1. 09:30 ..."""
    said = [sentence(RefusalWords.JUST_TAKEN, when=error.when)]
    choices: list[Choice] = []
    match asked.command:
        case c.BookSession(match, _):
            choices = [slot_button(Words.BOOK_ON, c.BookSession(match, slot), slot) for slot in error.nearest]
        case c.AskPartner(find, _):
            choices = [slot_button(Words.ASK_FOR, c.AskPartner(find, (slot,)), slot) for slot in error.nearest]
        case c.PickTime(request, _) | c.OfferTimes(request, _) | c.SendOffer(request, _):
            choices = [button(Words.OFFER_OTHER_TIMES, c.OfferTimes(request))]
        case _:
            pass
    if error.nearest and choices and choices[0].numbered:
        said.append(sentence(RefusalWords.NEAREST))
    return tuple(said), (*choices, *_find_again(asked))


def _find_again(asked: Asked) -> tuple[Choice, ...]:
    return (button(Words.FIND_TIMES, afresh(asked.find)),) if asked.find else ()


_OBSTACLES = {
    Obstacle.PAST: RefusalWords.THAT_IS_PAST,
    Obstacle.NOTICE: RefusalWords.NOTICE_TOO_SHORT,
    Obstacle.HORIZON: RefusalWords.BEYOND_HORIZON,
    Obstacle.PROGRAMME: RefusalWords.OUTSIDE_PROGRAMME,
    Obstacle.PAUSED: RefusalWords.NOT_FREE,
    Obstacle.HOLIDAY: RefusalWords.IS_HOLIDAY,
    Obstacle.HOURS: RefusalWords.OUTSIDE_HOURS,
    Obstacle.HELD: RefusalWords.NOT_FREE,
    Obstacle.BUSY: RefusalWords.NOT_FREE,
    Obstacle.UNKNOWN: RefusalWords.NOT_KNOWN,
}


def _not_bookable(error: e.NotBookable, asked: Asked) -> Answer:
    said = sentence(_OBSTACLES[error.obstacle], when=error.when)
    if error.obstacle is Obstacle.NOTICE and asked.meant:
        rules, zone = asked.meant.programme.rules, asked.meant.asker.itinerary
        said = sentence(
            RefusalWords.NOTICE_IS, notice=notice_words(rules.notice), at=first_by_notice(rules, zone, asked.now)
        )
    return (said,), _find_again(asked)


def _approval_needed(error: e.ApprovalNeeded, asked: Asked) -> Answer:
    pair = asked.pair(error.match)
    name = pair.partner.first_name if pair else ""
    ask = c.AskPartner(c.FindSlots(match=error.match, minutes=error.when.minutes), (error.when,))
    return (sentence(RefusalWords.APPROVAL_NEEDED, partner=name),), (button(Words.ASK, ask, name=name),)


def _too_many_lookups(error: e.TooManyLookups, asked: Asked) -> Answer:
    return (sentence(RefusalWords.LOOKUPS_USED_UP, limit=error.limit),), (asked.contact,)


# --- calendars -------------------------------------------------------------------------------------------------------


def _calendar_silent(error: e.CalendarSilent, asked: Asked) -> Answer:
    if asked.user and error.user == asked.user.id:
        own = next((pair.asker_integration for pair in asked.pairs), None)
        broken = broken_words(own) if own else None
        if own and broken:
            return (broken,), (*(reconnect_choices(own) or (asked.again,)), *_ask_instead(asked))
        return (sentence(RefusalWords.CANNOT_SEE_YOURS),), (asked.again, *_ask_instead(asked))
    pair = next((each for each in asked.pairs if each.partner.id == error.user), None)
    if pair is None:
        return (sentence(RefusalWords.CANNOT_SEE_EITHER),), (asked.again,)
    said = sentence(RefusalWords.CANNOT_SEE_THEIRS, partner=pair.partner.first_name)
    return (said,), (asked.again, *_ask_instead(asked))


def _ask_instead(asked: Asked) -> tuple[Choice, ...]:
    """[Ask Sam], unless that is what just failed."""
    if asked.meant is None or asked.find is None or isinstance(asked.command, c.AskPartner):
        return ()
    find = replace(asked.find, match=asked.meant.match.id, partner=None, role=None)
    return (button(Words.ASK, c.AskPartner(find), name=asked.meant.partner.first_name),)


def _not_integrated(error: e.NotIntegrated, asked: Asked) -> Answer:
    pair = next((each for each in asked.pairs if error.user in (each.partner.id, each.asker.id)), None)
    if pair is None:
        return (sentence(RefusalWords.CANNOT_SEE_EITHER),), (asked.contact,)
    words = Words.YOU_NOT_CONNECTED if error.user == pair.asker.id else Words.PARTNER_NOT_CONNECTED
    return (sentence(words, partner=pair.partner.first_name),), _ask_instead(asked)


def _calendar_refused(error: e.CalendarRefused, asked: Asked) -> Answer:
    if asked.user and error.user == asked.user.id:
        return (sentence(RefusalWords.YOURS_REFUSED),), (asked.again, asked.contact)
    name = asked.meant.partner.first_name if asked.meant else ""
    said = sentence(RefusalWords.THEIRS_REFUSED, partner=name) if name else sentence(RefusalWords.CALENDAR_REFUSED)
    return (said,), (asked.again, asked.contact)


def _consent_revoked(error: e.ConsentRevoked, asked: Asked) -> Answer:
    return (sentence(RefusalWords.CONSENT_GONE, why=sentence(TROUBLES[error.trouble])),), (asked.again, asked.contact)


def _provider_unavailable(_: e.ProviderError, asked: Asked) -> Answer:
    return (sentence(RefusalWords.CALENDAR_AWAY),), (asked.again, *_ask_instead(asked))


def _provider_rejected(_: e.ProviderRejected, asked: Asked) -> Answer:
    return (sentence(RefusalWords.CALENDAR_REFUSED),), (asked.again, asked.contact)


def _too_slow(_: e.TooSlow, asked: Asked) -> Answer:
    return (sentence(RefusalWords.TOO_SLOW),), (asked.again, button(Words.PLANNED_SESSIONS, c.ShowSessions()))


def _store_unavailable(_: e.StoreUnavailable, asked: Asked) -> Answer:
    return (sentence(RefusalWords.STORE_AWAY),), (asked.again,)


# --- requests, buttons, sessions -------------------------------------------------------------------------------------


def _too_many_requests(error: e.TooManyRequests, asked: Asked) -> Answer:
    return (sentence(RefusalWords.REQUESTS_USED_UP, limit=error.limit),), (asked.contact,)


def _request_closed(_: e.RequestClosed, __: Asked) -> Answer:
    return (sentence(RefusalWords.REQUEST_CLOSED),), (button(Words.PLANNED_SESSIONS, c.ShowSessions()),)


def _open_request(error: e.OpenRequestExists, asked: Asked) -> Answer:
    return (sentence(RefusalWords.REQUEST_IS_OPEN, partner=error.partner_name),), (asked.contact,)


def _old_button(_: e.OldButton, __: Asked) -> Answer:
    return (sentence(RefusalWords.OLD_BUTTON),), (button(Words.FIND_TIMES, c.FindSlots()), button(Words.HELP, c.Help()))


def _session_is_frozen(_: e.SessionIsFrozen, asked: Asked) -> Answer:
    return (sentence(FreeBusyOnlyWords.IS_FROZEN),), (button(Words.PLANNED_SESSIONS, c.ShowSessions()), asked.contact)


def _session_gone(_: e.SessionGone, __: Asked) -> Answer:
    return (sentence(RefusalWords.SESSION_GONE),), (button(Words.PLANNED_SESSIONS, c.ShowSessions()),)


def _no_link(_: e.NoLink, __: Asked) -> Answer:
    return (sentence(MailingWords.NOT_A_LINK),), (button(Words.PLANNED_SESSIONS, c.ShowSessions()),)


def _link_stands(_: e.LinkStands, __: Asked) -> Answer:
    return (sentence(MailingWords.LINK_STANDS),), (button(Words.PLANNED_SESSIONS, c.ShowSessions()),)


def _nothing_done(_: e.CalendarError, asked: Asked) -> Answer:
    return (sentence(RefusalWords.NOTHING_DONE),), (asked.contact,)


# Each function takes the error it stands beside; the values could not be typed more closely without a cast each.
WORDS: Mapping[type[e.CalendarError], Callable[[Any, Asked], Answer]] = {
    e.UnknownPerson: _unknown_person,
    e.NotMatched: _not_matched,
    e.NoMatches: _no_matches,
    e.MatchNotOpenYet: _not_open_yet,
    e.ProgrammeClosed: _programme_closed,
    e.Paused: _paused,
    e.NotAllowed: _not_allowed,
    e.SlotTaken: _slot_taken,
    e.NotBookable: _not_bookable,
    e.ApprovalNeeded: _approval_needed,
    e.GroupsOnly: _groups_only,
    e.TooManyLookups: _too_many_lookups,
    e.CalendarSilent: _calendar_silent,
    e.CalendarRefused: _calendar_refused,
    e.NotIntegrated: _not_integrated,
    e.ConsentRevoked: _consent_revoked,
    e.ProviderUnavailable: _provider_unavailable,
    e.ProviderRejected: _provider_rejected,
    e.TooSlow: _too_slow,
    e.StoreUnavailable: _store_unavailable,
    e.TooManyRequests: _too_many_requests,
    e.RequestClosed: _request_closed,
    e.OpenRequestExists: _open_request,
    e.OldButton: _old_button,
    e.SessionGone: _session_gone,
    e.SessionIsFrozen: _session_is_frozen,
    e.NoLink: _no_link,
    e.LinkStands: _link_stands,
    e.CalendarError: _nothing_done,
}
