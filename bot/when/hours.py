"""Times of day: what "3pm", "half past three", "from 9 to 11", "afternoon" mean in minutes of a day."""

from __future__ import annotations

import re
from collections.abc import Callable

from .english import NUMBERS
from .english_hours import HOURS, NAMED_TIMES, PARTS, SPOKEN_MINUTES
from .patterns import patterns
from .pieces import Choice, Hours, HourWords, Role, Word
from .values import Doubt

NOON, MIDNIGHT = 720, 1440
WORKING_DAY = 8 * 60  # a bare hour before eight is likelier in the afternoon

Options = tuple[tuple[Hours, ...], ...]


def clock(words: str) -> tuple[int, ...]:
    """The minutes of the day that a time may be, the likeliest first; none if there is no such time.

    A number from 1 to 12 without am, pm or a leading zero may be in either half of the day.
    """
    if half := re.search(r"([ap])\.?m\.?$", words):
        return _halved(words[: half.start()].strip(), half[1])
    for name, minute in NAMED_TIMES.items():
        if words.endswith(name):
            return (minute,)
    if spoken := re.fullmatch(r"(.+) (past|to) (.+)", words):
        hour, minutes = _number(spoken[3]), SPOKEN_MINUTES[spoken[1]]
        return _either_half(hour * 60 + (minutes if spoken[2] == "past" else -minutes)) if 1 <= hour <= 12 else ()
    hour, minute, as_on_a_24_hour_clock = _parts(words)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return ()
    if hour > 12 or as_on_a_24_hour_clock:
        return (hour * 60 + minute,)
    return _either_half(hour * 60 + minute)


def _halved(words: str, half: str) -> tuple[int, ...]:
    if spoken := re.fullmatch(r"(.+) (past|to) (.+)", words):
        options = clock(spoken[0])
        return tuple(option for option in options if (option >= NOON) == (half == "p"))
    hour, minute, _ = _parts(words)
    if not 1 <= hour <= 12 or minute > 59:
        return ()
    if (hour, minute, half) == (12, 0, "a"):
        return (MIDNIGHT,)
    return ((hour % 12 + (12 if half == "p" else 0)) * 60 + minute,)


def _parts(words: str) -> tuple[int, int, bool]:
    """Hour, minute, and whether they were written as on a 24-hour clock: 09, 10:30, 0930."""
    if len(words) == 4 and words.isdigit():
        return int(words[:2]), int(words[2:]), True
    digits = re.match(r"(\d{1,2})(?:[:.h](\d\d))?", words)
    if digits is None:
        return NUMBERS[words.split(maxsplit=1)[0]], 0, False
    hour, minute = digits[1], digits[2]
    two_digits = len(hour) == 2 and (hour[0] == "0" or minute is not None)
    return int(hour), int(minute or 0), two_digits or hour == "0"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _either_half(minute: int) -> tuple[int, int]:
    early, late = minute % NOON, minute % NOON + NOON
    return (early, late) if early >= WORKING_DAY else (late, early)


def _span(first: str, last: str) -> Options:
    """Every reading of "from first to last" that ends after it starts, on the same day."""
    starts, ends = clock(first), clock(last)
    if len(ends) == 1 and len(starts) == 2:  # "2 to 4pm": the same half if it can be
        starts = _fitting(starts, [start for start in starts if start < ends[0]], nearest=ends[0])
    pairs = [(start, [end for end in ends if end > start]) for start in starts]
    spans = [Hours(start, min(later), marks=(start, min(later))) for start, later in pairs if later]
    return tuple((span,) for span in spans if span.end - span.start <= NOON or len(spans) == 1)


def _fitting(every: tuple[int, ...], fitting: list[int], nearest: int) -> tuple[int, ...]:
    return (min(fitting, key=lambda start: nearest - start),) if fitting else every


def _from(minute: int) -> tuple[Hours, ...]:
    return (Hours(minute, MIDNIGHT, marks=(minute,)),)


def _until(minute: int) -> tuple[Hours, ...]:
    return (Hours(0, minute, marks=(minute,)),) if minute else ()


def _at(words: str) -> Options:
    minutes = clock(words)
    return tuple(_starts([minute]) for minute in ((MIDNIGHT, 0) if minutes == (MIDNIGHT,) else minutes))


def _one_of(words: list[str]) -> Options:
    """ "3 or 4pm": a bare hour takes the half of the last, if it is then before it."""
    times = [clock(word) for word in words]
    if not all(times):
        return ()
    if len(times[-1]) == 1:
        last = times[-1][0]
        return (_starts([_nearest(options, last) for options in times]),)
    return tuple(_starts([options[n % len(options)] for options in times]) for n in (0, 1))


def _nearest(options: tuple[int, ...], last: int) -> int:
    before = [minute for minute in options if minute <= last and (minute >= WORKING_DAY or last < WORKING_DAY)]
    return max(before) if before else options[0]


def _starts(minutes: list[int]) -> tuple[Hours, ...]:
    return tuple(Hours(minute, minute, exact=True, marks=(minute,)) for minute in minutes)


def _groups(found: re.Match[str]) -> list[str]:
    return [value for key, value in found.groupdict().items() if key in ("loose", "loose_too", "later") and value]


MEANINGS: dict[str, Callable[[re.Match[str]], Options]] = {
    "a part of the day": lambda found: ((Hours(*PARTS[found["part"]]),),),
    "between": lambda found: _span(found["loose"], found["later"]),
    "after": lambda found: tuple(_from(minute) for minute in clock(found["loose"]) if minute != MIDNIGHT),
    "before": lambda found: tuple(_until(minute) for minute in clock(found["loose"]) if minute),
    "after and before": lambda found: _span(found["loose"], found["later"]),
    "at": lambda found: _at(next(value for value in found.groupdict().values() if value)),
    "at one of": lambda found: _one_of(_groups(found)),
}
RULES = patterns(HOURS)


def _is_bare(words: str) -> bool:
    return len(clock(words)) > 1


def hour_words(name: str, found: re.Match[str]) -> HourWords | Word:
    """What one phrase of HOURS says. "10.12" alone may be a date as well, and is left unread."""
    text = found[0]
    if re.fullmatch(r"\d\d\.(?:0[1-9]|1[0-2])", text):
        return Word(text, Role.UNREAD)
    options = MEANINGS[name](found)
    possible = all(clock(words) for key, words in found.groupdict().items() if words and key not in ("part", "any_day"))
    doubt = None if len(options) == 1 else Doubt.WHICH_HALF
    if not options:
        doubt = Doubt.CONTRADICTION if possible else Doubt.NO_SUCH_TIME
    elif options[0][0].start == MIDNIGHT:
        doubt = Doubt.VAGUE
    part = name == "a part of the day"
    night = name == "between" and len(options) == 1 and options[0][0].start < WORKING_DAY and _is_bare(found["loose"])
    if night:  # "5 to 4" has one reading, and that is hardly meant
        doubt = Doubt.WHICH_HALF
    any_day = part and found.groupdict().get("any_day") is not None
    return HourWords(text, Choice(options, doubt, text, must_ask=night), part, any_day)
