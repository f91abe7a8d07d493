"""When no time fits: what is so, the smallest changes that would help, and behind [Why?] the counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands import AskPartner, FindSlots, WhyNone
from bot.replies import Choice, Question, Said
from bot.sentences import Sentence, WallTime, sentence
from bot.words import RefusalWords, Words
from calendar_core.availability.bookable import Obstacle
from calendar_core.availability.explanation import (
    EarlierStart,
    Explanation,
    LaterEnd,
    LookFurther,
    Relaxation,
    ShorterSession,
)
from calendar_core.interval import instant_of
from calendar_core.scheduling.outcomes import Offer, Pair

from .notice import notice_words
from .talk import button
from .wishes import about, afresh

_COUNTS = {
    Obstacle.PAST: Words.COUNT_PAST,
    Obstacle.NOTICE: Words.COUNT_NOTICE,
    Obstacle.HORIZON: Words.COUNT_HORIZON,
    Obstacle.PROGRAMME: Words.COUNT_PROGRAMME,
    Obstacle.PAUSED: Words.COUNT_PAUSED,
    Obstacle.HOLIDAY: Words.COUNT_HOLIDAY,
    Obstacle.HOURS: Words.COUNT_HOURS,
    Obstacle.HELD: Words.COUNT_HELD,
    Obstacle.BUSY: Words.COUNT_BUSY,
    Obstacle.UNKNOWN: Words.COUNT_UNKNOWN,
}


def nothing_fits(offer: Offer, find: FindSlots) -> Question:
    """Nothing fits both of you in the next 14 days. 30 min instead of 45: 4 times. [Use 30 min] ... [Why?]"""
    find = replace(about(find, offer.pair.match.id), skip=0)
    why = offer.explanation
    said: list[Sentence] = []
    choices: list[Choice] = []
    for relaxation in why.relaxations if why else ():
        helps, choice = _relaxed(relaxation, offer, find)
        said += helps
        choices.append(choice)
    left_out = [sentence(Words.HOLIDAY_LEFT_OUT, day=day, name=name) for day, name in offer.holidays.items()]
    include = include_holidays(offer, find)
    if find.windows:  # a holiday that was asked for comes first: it is the reason
        said, choices = [*left_out, *said], [*include, *choices]
    else:
        said, choices = [*said, *left_out], [*choices, *include]
    said.insert(0, _what_is_so(offer, find))
    if why is None:
        choices.append(button(Words.FIND_TIMES, afresh(find)))
    choices.append(button(Words.ASK, AskPartner(afresh(find)), name=offer.pair.partner.first_name))
    if why:
        choices.append(button(Words.WHY, WhyNone(find)))
    return Question(sentences=tuple(said), choices=tuple(choices))


def include_holidays(offer: Offer, find: FindSlots) -> list[Choice]:
    """[Include it], for each of the reader's holidays that was left out."""
    words = Words.INCLUDE_IT if len(offer.holidays) == 1 else Words.INCLUDE_DAY
    wishes = {day: replace(find, included=(*find.included, day), skip=0) for day in offer.holidays}
    return [button(words, wish, day=day) for day, wish in wishes.items()]


def out_of_reach(find: FindSlots, pair: Pair, now: datetime) -> Question:
    """Nothing asked for lies between now and the programme's horizon."""
    if find.windows[-1].end > now + timedelta(days=pair.programme.rules.horizon_days):
        return too_far(pair)
    return Question(sentences=(sentence(Words.ALL_PAST),), choices=(button(Words.FIND_TIMES, afresh(find)),))


def too_far(pair: Pair) -> Question:
    """Further ahead than anybody may book."""
    said = sentence(Words.ALL_TOO_FAR, days=pair.programme.rules.horizon_days)
    return Question(sentences=(said,), choices=(button(Words.FIND_TIMES, FindSlots(match=pair.match.id)),))


def why_nothing_fits(offer: Offer, find: FindSlots) -> Said:
    """Of 120 starts I looked at: 40 outside your hours, 12 when you are busy, 68 not free for both."""
    choices = tuple(each for each in nothing_fits(offer, find).choices if not isinstance(each.command, WhyNone))
    return Said(sentences=(_counts(offer.explanation),), choices=choices)


def _counts(why: Explanation | None) -> Sentence:
    counted = [(_COUNTS[obstacle], count) for obstacle, count in why.own.items()] if why else []
    if why:
        counted += [(Words.COUNT_NOT_BOTH, why.not_free_for_both), (Words.COUNT_UNKNOWN, why.unknown)]
    counted = [(words, count) for words, count in counted if count]
    if not counted:
        return sentence(Words.WHY_NOTHING_ASKED)
    reasons = tuple(sentence(words, count=count) for words, count in counted)
    return sentence(Words.WHY_COUNTS, count=sum(count for _, count in counted), reasons=reasons)


def _what_is_so(offer: Offer, find: FindSlots) -> Sentence:
    why, rules = offer.explanation, offer.pair.programme.rules
    if why is None:  # something does fit, and all of it was shown
        return sentence(Words.NO_MORE_TIMES)
    if not why.common_hours:
        return sentence(Words.NO_COMMON_HOURS, partner=offer.pair.partner.first_name)
    only = {obstacle for obstacle, count in why.own.items() if count}
    if why.not_free_for_both or why.unknown:
        only = set()
    if Obstacle.NOTICE in only and only <= {Obstacle.NOTICE, Obstacle.PAST}:
        return sentence(RefusalWords.NOTICE_IS, notice=notice_words(rules.notice), at=instant_of(why.first_by_notice))
    if only == {Obstacle.PAST}:
        return sentence(Words.ALL_PAST)
    if only == {Obstacle.HORIZON}:
        return sentence(Words.ALL_TOO_FAR, days=rules.horizon_days)
    if only == {Obstacle.PROGRAMME}:
        return sentence(Words.ALL_OUTSIDE_PROGRAMME, programme=offer.pair.programme.name)
    if find.windows:
        return sentence(Words.NOTHING_THEN)
    return sentence(Words.NO_COMMON_TIME, days=round(offer.window.minutes / (24 * 60)))


def _relaxed(relaxation: Relaxation, offer: Offer, find: FindSlots) -> tuple[list[Sentence], Choice]:
    match relaxation:
        case ShorterSession(minutes, slots):
            helps = [sentence(Words.SHORTER_HELPS, minutes=minutes, usual=offer.minutes, count=len(slots))]
            return helps, button(Words.USE_MINUTES, replace(find, minutes=minutes), minutes=minutes)
        case EarlierStart(by, wall, slots):
            time = WallTime(wall)
            helps = [sentence(Words.FROM_HELPS, time=time, count=len(slots))]
            return helps, button(Words.FROM_TIME, replace(find, earlier=by), time=time)
        case LaterEnd(by, wall, slots):
            time = WallTime(wall)
            helps = [sentence(Words.UNTIL_HELPS, time=time, count=len(slots))]
            return helps, button(Words.UNTIL_TIME, replace(find, later=by), time=time)
        case LookFurther(days, found):
            further = replace(find, windows=(), exact=False, days_ahead=days)
            choice = button(Words.LOOK_AHEAD, further, far=_far(days))
            helps = [] if found is None else [sentence(Words.FURTHER_HELPS, far=_far(days), count=len(found))]
            return helps, choice


def _far(days: int) -> Sentence:
    weeks, rest = divmod(days, 7)
    return sentence(Words.DAYS, days=days) if rest else sentence(Words.WEEKS, weeks=weeks)
