"""Dates of the calendar: "24 Nov", "5.12.", "the 3rd", "December", "first Monday in December"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from .english import MONTHS, ORDINALS, WEEKDAYS
from .pieces import Choice, Days, DaySet
from .today import Today, impossible, one, sure
from .values import Doubt

LATELY = timedelta(days=90)  # a date this long ago was rather mistyped than meant for next year

Found = re.Match[str]


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
    year = groups.get("year") or groups.get("short_year")
    return dated(int(year) if year else None, month, day, today, until)


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
