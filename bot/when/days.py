"""Days counted from today: "next Thursday", "in two weeks", "the weekend"; and the table of all day words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from . import dates
from .english import NUMBERS, UNITS, WEEKDAYS
from .pieces import Choice, Days, DaySet, DayWords
from .today import WEEK, Today, either, impossible, one, sure
from .values import Doubt

FRIDAY = 4

Found = re.Match[str]


def count(found: Found) -> int:
    word = found["count"]
    return NUMBERS[word] if word in NUMBERS else int(word)


def a_weekday(found: Found, today: Today) -> Choice[DaySet]:
    weekday, which = WEEKDAYS[found["weekday"]], found["which"]
    coming = today.coming(weekday)
    if which == "next":  # decision 27: of the next Monday-to-Sunday week
        return either(Doubt.WHICH_DAY, Days.one(today.week(1).each[weekday]), Days.one(coming))
    if which in ("last", "past"):
        return one(coming - timedelta(days=WEEK))
    if weekday == today.day.weekday() and which in (None, "this"):
        return either(Doubt.WHICH_DAY, Days.one(coming), Days.one(today.day), must_ask=False)
    return one(coming)


def weeks_after_a_weekday(found: Found, today: Today) -> Choice[DaySet]:
    weekday = WEEKDAYS[found["weekday"]]
    weeks = (count(found) if "count" in found.re.groupindex else 1) * UNITS[found["unit"]] // WEEK
    firsts = [today.coming(weekday)] + ([today.day] if weekday == today.day.weekday() else [])
    return either(Doubt.WHICH_DAY, *(Days.one(first + timedelta(days=WEEK * weeks)) for first in firsts))


def a_weekday_in_weeks(found: Found, today: Today) -> Choice[DaySet]:
    weekday, weeks = WEEKDAYS[found["weekday"]], count(found)
    that_week = today.week(weeks).each[weekday]
    counted = today.coming(weekday) + timedelta(days=WEEK * weeks)
    return either(Doubt.WHICH_DAY, Days.one(that_week), Days.one(counted))


def so_far_ahead(found: Found, today: Today) -> Choice[DaySet]:
    groups = found.groupdict()
    number = count(found) if groups.get("count") else 1
    day = today.after(number * UNITS[found["unit"]] + (1 if groups.get("base") == "tomorrow" else 0))
    loose = found["unit"] != "day" and not groups.get("base")
    if loose and day.weekday() > FRIDAY:  # "in two weeks", said on a Sunday, is hardly meant for a Sunday
        return either(Doubt.VAGUE, Days.one(day), Days.week_of(day))
    return one(day)


def the_next_days(found: Found, today: Today) -> Choice[DaySet]:
    return sure(Days(today.day, today.after(count(found) * UNITS[found["unit"]] + 1)))


def months_ahead(found: Found, today: Today) -> Choice[DaySet]:
    years, month = divmod(today.day.month - 1 + count(found), 12)
    each = dates.month_days(today.day.year + years, month + 1).each
    day = each[min(today.day.day, len(each)) - 1]
    return one(day) if day.weekday() <= FRIDAY else either(Doubt.VAGUE, Days.one(day), Days.week_of(day))


def a_week(found: Found, today: Today) -> Choice[DaySet]:
    if found[0].startswith(("in the week after", "the week after")):
        return sure(today.week(2))
    return sure(today.week(1 if found["which"] == "next" else 0))


def a_numbered_week(found: Found, today: Today) -> Choice[DaySet]:
    for year in (today.day.isocalendar().year, today.day.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, int(found["number"]), 1)
        except ValueError:
            continue
        if monday + timedelta(days=WEEK) > today.day:
            return sure(Days.week_of(monday))
    return impossible()


def a_weekend(found: Found, today: Today) -> Choice[DaySet]:
    def weekend(ahead: int) -> Days:
        saturday = today.week(ahead).each[5]
        return Days(saturday, saturday + timedelta(days=2))

    inside = today.day.weekday() > FRIDAY
    if found["which"] == "next":
        return either(Doubt.WHICH_DAY, weekend(1), weekend(1 if inside else 0))
    if found["which"] == "this":
        return sure(weekend(0))
    return either(Doubt.WHICH_DAY, weekend(1), weekend(0)) if inside else sure(weekend(0))


MEANINGS: dict[str, Callable[[Found, Today], Choice[DaySet]]] = {
    "today": lambda _, today: one(today.day),
    "tonight": lambda _, today: one(today.day),
    "tomorrow": lambda _, today: one(today.after(1)),
    "the day after tomorrow": lambda _, today: one(today.after(2)),
    "yesterday": lambda _, today: one(today.after(-1)),
    "a weekday": a_weekday,
    "weeks after a weekday": weeks_after_a_weekday,
    "a weekday in weeks": a_weekday_in_weeks,
    "so far ahead": so_far_ahead,
    "months ahead": months_ahead,
    "the next days": the_next_days,
    "a week": a_week,
    "a numbered week": a_numbered_week,
    "a weekend": a_weekend,
    "a month": dates.a_month,
    "a date": dates.a_date,
    "dates": dates.dates,
    "a range of dates": dates.a_date,
    "a day of the month": dates.a_day_of_the_month,
    "year first": dates.a_date,
    "day first": dates.a_date,
    "slashes": dates.slashes,
    "the nth weekday": dates.the_nth_weekday,
}
FROM_TODAY = {"today", "tonight", "tomorrow", "the day after tomorrow", "yesterday", "so far ahead", "the next days"}


def meaning(words: DayWords, today: Today) -> Choice[DaySet]:
    """What the words mean alone."""
    return MEANINGS[words.name](words.found, today)
