"""Days: what "next Thursday", "in two weeks", "24 Nov", "first Monday in December" are, counted from today."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .english import MONTHS, NUMBERS, ORDINALS, UNITS, WEEKDAYS
from .pieces import Choice, Days, DaySet, DayWords
from .values import Doubt

WEEK = 7
LATELY = timedelta(days=90)  # a date this long ago was rather mistyped than meant for next year
SOME_DAYS = 14  # what "any day" reaches

Found = re.Match[str]


@dataclass(frozen=True, slots=True)
class Today:
    """The day it is for the speaker, and how the speaker writes 3/4."""

    day: date
    day_first: bool | None  # None: not known

    def after(self, days: int) -> date:
        return self.day + timedelta(days=days)

    def week(self, ahead: int) -> Days:
        """Monday to Sunday, so many weeks from this one."""
        monday = self.day + timedelta(days=WEEK * ahead - self.day.weekday())
        return Days(monday, monday + timedelta(days=WEEK))

    def coming(self, weekday: int) -> date:
        """The first such day after today."""
        return self.after((weekday - self.day.weekday() - 1) % WEEK + 1)


def sure(*days: Days) -> Choice[DaySet]:
    return Choice((days,))


def one(day: date) -> Choice[DaySet]:
    return sure(Days.one(day))


def either(doubt: Doubt, *days: Days, must_ask: bool = True) -> Choice[DaySet]:
    distinct = tuple(dict.fromkeys((each,) for each in days))
    return Choice(distinct, doubt if len(distinct) > 1 else None, must_ask=must_ask)


def impossible(doubt: Doubt = Doubt.NO_SUCH_DATE) -> Choice[DaySet]:
    return Choice((), doubt)


def count(found: Found) -> int:
    word = found["count"]
    return NUMBERS[word] if word in NUMBERS else int(word)


# ------------------------------------------------------------------------------------------- weekdays and weeks


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
    if loose and day.weekday() > 4:  # "in two weeks", said on a Sunday, is hardly meant for a Sunday
        week = day - timedelta(days=day.weekday())
        return either(Doubt.VAGUE, Days.one(day), Days(week, week + timedelta(days=WEEK)))
    return one(day)


def the_next_days(found: Found, today: Today) -> Choice[DaySet]:
    return sure(Days(today.day, today.after(count(found) * UNITS[found["unit"]] + 1)))


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
            return sure(Days(monday, monday + timedelta(days=WEEK)))
    return impossible()


def a_weekend(found: Found, today: Today) -> Choice[DaySet]:
    def weekend(ahead: int) -> Days:
        saturday = today.week(ahead).each[5]
        return Days(saturday, saturday + timedelta(days=2))

    inside = today.day.weekday() > 4
    if found["which"] == "next":
        return either(Doubt.WHICH_DAY, weekend(1), weekend(1 if inside else 0))
    if found["which"] == "this":
        return sure(weekend(0))
    return either(Doubt.WHICH_DAY, weekend(1), weekend(0)) if inside else sure(weekend(0))


# --------------------------------------------------------------------------------------------- months and dates


def month_days(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return Days(first, first + timedelta(days=calendar.monthrange(year, month)[1]))


def the_month(found: Found, today: Today) -> Days:
    """The month named, in the year named or in the next year in which it is not over."""
    groups = found.groupdict()
    if groups.get("which"):
        later = groups["which"] == "next"
        year, month = (today.day.year, today.day.month + 1) if later else (today.day.year, today.day.month)
        return month_days(year + (month - 1) // 12, (month - 1) % 12 + 1)
    month = MONTHS.get(groups["month"]) or int(groups["month"])
    if groups.get("year"):
        return month_days(int(groups["year"]), month)
    return month_days(today.day.year + (month < today.day.month), month)


def a_month(found: Found, today: Today) -> Choice[DaySet]:
    days = the_month(found, today)
    return _next_year_perhaps(days, today) if not found.groupdict().get("year") else sure(days)


def months_ahead(found: Found, today: Today) -> Choice[DaySet]:
    years, month = divmod(today.day.month - 1 + count(found), 12)
    month_to = month_days(today.day.year + years, month + 1)
    day = month_to.each[min(today.day.day, len(month_to.each)) - 1]
    return one(day) if day.weekday() < 5 else either(Doubt.VAGUE, Days.one(day), _week_of(day))


def _week_of(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=WEEK))


def _next_year_perhaps(days: Days, today: Today) -> Choice[DaySet]:
    """Days of next year, asked about if the same days of this year are only just over."""
    try:
        before = days.start.replace(year=days.start.year - 1)
    except ValueError:  # 29 February
        return sure(days)
    just_over = before < today.day and today.day - before < LATELY and days.start > today.day
    return Choice(((days,),), Doubt.PAST if just_over else None, must_ask=True)


def dated(year: int | None, month: int, day: int, today: Today, until: int | None = None) -> Choice[DaySet]:
    """A day (or a few up to `until`) of a month; without a year, the next such."""
    if year is not None and year < 100:
        year += 2000
    for candidate in (year,) if year else (today.day.year, today.day.year + 1, today.day.year + 2):
        try:
            days = Days(date(candidate, month, day), date(candidate, month, until or day) + timedelta(days=1))
        except ValueError:
            if (month, day) == (2, 29):
                continue
            return impossible()
        if days.end <= days.start:
            return impossible(Doubt.CONTRADICTION)
        if year:
            return sure(days)
        if days.end > today.day:
            return _next_year_perhaps(days, today)
    return impossible()


def a_date(found: Found, today: Today) -> Choice[DaySet]:
    groups = found.groupdict()
    day = ORDINALS[groups["ordinal"]] if groups.get("ordinal") else int(groups["day"])
    until = int(groups["last_day"]) if groups.get("last_day") else None
    month = MONTHS.get(groups["month"]) or int(groups["month"])
    return dated(int(groups["year"]) if groups.get("year") else None, month, day, today, until)


def dates(found: Found, today: Today) -> Choice[DaySet]:
    year, month = int(found["year"]) if found["year"] else None, MONTHS[found["month"]]
    each = [dated(year, month, int(day), today) for day in re.findall(r"\d+", found["dates"])]
    wrong = next((choice for choice in each if choice.doubt), None)
    return wrong or Choice((tuple(day for choice in each for day in choice.options[0]),))


def a_day_of_the_month(found: Found, today: Today) -> Choice[DaySet]:
    day = int(found["day"])
    if not 1 <= day <= 31:
        return impossible()
    if found.groupdict().get("which"):
        month = the_month(found, today).each
        return one(month[day - 1]) if day <= len(month) else impossible()
    days = (today.after(ahead) for ahead in range(3 * 31))
    return one(next(each for each in days if each.day == day))


def slashes(found: Found, today: Today) -> Choice[DaySet]:
    left, right = int(found["left"]), int(found["right"])
    year = int(found["year"]) if found["year"] else None
    day_first, month_first = dated(year, right, left, today), dated(year, left, right, today)
    if left == right or not (day_first.options and month_first.options):
        return day_first if day_first.options else month_first
    if today.day_first is not None:
        return day_first if today.day_first else month_first
    return Choice((*day_first.options, *month_first.options), Doubt.DAY_OR_MONTH, must_ask=True)


def the_nth_weekday(found: Found, today: Today) -> Choice[DaySet]:
    days = [day for day in the_month(found, today).each if day.weekday() == WEEKDAYS[found["weekday"]]]
    nth = ORDINALS[found["nth"]]
    if nth > len(days):
        return impossible()
    return one(days[nth - 1 if nth > 0 else -1])


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
    "a month": a_month,
    "a date": a_date,
    "dates": dates,
    "a range of dates": a_date,
    "a day of the month": a_day_of_the_month,
    "year first": a_date,
    "day first": a_date,
    "slashes": slashes,
    "the nth weekday": the_nth_weekday,
}
FROM_TODAY = {"today", "tonight", "tomorrow", "the day after tomorrow", "yesterday", "so far ahead", "the next days"}


def meaning(words: DayWords, today: Today) -> Choice[DaySet]:
    """What the words mean alone."""
    return MEANINGS[words.name](words.found, today)
