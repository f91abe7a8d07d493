"""English words for days, as data: what they mean, and the phrases they occur in.

A phrase is a regular expression over lower-case text with single spaces; a word in CAPITALS stands for any word of
that table and is a group of that name. Another language is another module with the same names.
"""

from __future__ import annotations

WEEKDAYS = {
    "monday": 0,
    "mon": 0,
    "tuesday": 1,
    "tues": 1,
    "tue": 1,
    "wednesday": 2,
    "weds": 2,
    "wed": 2,
    "thursday": 3,
    "thurs": 3,
    "thur": 3,
    "thu": 3,
    "friday": 4,
    "fri": 4,
    "saturday": 5,
    "sat": 5,
    "sunday": 6,
    "sun": 6,
}
MONTHS = {
    "january": 1,
    "jan": 1,
    "february": 2,
    "feb": 2,
    "march": 3,
    "mar": 3,
    "april": 4,
    "apr": 4,
    "may": 5,
    "june": 6,
    "jun": 6,
    "july": 7,
    "jul": 7,
    "august": 8,
    "aug": 8,
    "september": 9,
    "sept": 9,
    "sep": 9,
    "october": 10,
    "oct": 10,
    "november": 11,
    "nov": 11,
    "december": 12,
    "dec": 12,
}
NAMELIKE_MONTHS = {"april", "may", "june", "august", "march", "mar", "jan", "jun"}  # alone they may be a person
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "thirty-five": 35,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "last": -1,
}
UNITS = {"day": 1, "week": 7, "fortnight": 14}  # in days

_DAY = r"DAY(?:st|nd|rd|th)?"
_YEAR = r"(?:,? YEAR)?"
_MONTH = rf"MONTH\.?{_YEAR}"
_NO_HOUR = r"(?! ?[ap]\.?m)"

# What each means stands in days.py, under the same name.
DAYS = {
    "today": (r"today", r"this(?= PART)"),
    "tonight": (r"tonight",),
    "tomorrow": (r"tomorrow|tommorow|tommorrow|tomorow|tomorrw|tmrw|tmr|tmrrw|2moro",),
    "the day after tomorrow": (r"(?:the )?day after tomorrow",),
    "yesterday": (r"yesterday",),
    "a weekday": (r"(?:(?P<which>(?:this |the )?coming|upcoming|this|next|last|past) )?WEEKDAY\.?",),
    "weeks after a weekday": (r"COUNT (?P<unit>week|fortnight)s? (?:from|after|on) WEEKDAY", r"WEEKDAY UNIT"),
    "a weekday in weeks": (
        r"WEEKDAY in COUNT week(?:'s|s'|s)?(?: time)?",
        r"in COUNT week(?:'s|s'|s)?(?: time)?,? (?:on )?WEEKDAY",
    ),
    "so far ahead": (
        r"in COUNT UNIT(?:'s|s'|s)?(?: time)?",
        r"COUNT UNITs? (?:(?:from )?(?P<base>now|today|tomorrow)|hence)",
        r"(?P<base>tomorrow|today) UNIT",
    ),
    "months ahead": (r"in COUNT month(?:'s|s'|s)?(?: time)?", r"COUNT months? from (?:now|today)"),
    "the next days": (
        r"(?:with)?in (?:the )?next COUNT UNITs?",
        r"within COUNT UNITs?",
        r"(?:(?:over|during) )?(?:the )?next COUNT UNITs",
    ),
    "a week": (r"(?P<which>this|next|(?<=of )the) week", r"(?:in )?the week after (?P<which>next)(?: week)?"),
    "a numbered week": (r"(?:calendar week|week|cw|kw|wk) ?(?P<number>\d{1,2})",),
    "a weekend": (r"(?:(?:at|on|over|during) )?(?:(?P<which>this coming|coming|this|next|the) )?weekend",),
    "a month": (
        r"(?:(?:in|during|of) )?(?P<which>this|next) month",
        r"(?<=of )(?P<which>the) month",
        r"(?:in|during|of) MONTH(?: YEAR)?",
        r"MONTH(?: YEAR)?",
    ),
    "a date": (
        rf"(?:the )?{_DAY}(?: of)? {_MONTH}",
        rf"MONTH\.?,? (?:the )?{_DAY}{_YEAR}{_NO_HOUR}",
        rf"(?:the )?ORDINAL of {_MONTH}",
        rf"MONTH (?:the )?ORDINAL{_YEAR}",
    ),
    "dates": (rf"(?:the )?DATES(?: of)? {_MONTH}", rf"MONTH\.? DATES{_YEAR}{_NO_HOUR}"),
    "a range of dates": (
        rf"(?:from |between )?(?:the )?{_DAY} ?(?:-|to|until|till|through|and) ?(?:the )?LAST_DAY(?: of)? {_MONTH}",
        rf"MONTH\.? {_DAY} ?(?:-|to|until|till|through) ?LAST_DAY{_YEAR}{_NO_HOUR}",
    ),
    "a day of the month": (r"(?:the )?DAY(?:st|nd|rd|th)(?: of (?P<which>this|next) month)?",),
    "year first": (r"YEAR[-/.](?P<month>\d{1,2})[-/.]DAY",),
    "day first": (
        r"DAY\. ?(?P<month>0?[1-9]|1[0-2])\.(?: ?(?P<year>\d{4})|(?P<short_year>\d{2}))?",
        r"(?P<day>2[5-9]|3[01])\.(?P<month>0?[1-9]|1[0-2])",
    ),
    "slashes": (
        r"(?P<left>\d{1,2})/(?P<right>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?",
        r"(?P<left>\d{1,2})-(?P<right>\d{1,2})-(?P<year>\d{4})",
    ),
    "the nth weekday": (r"(?:the )?NTH WEEKDAY (?:of|in) (?:(?P<which>next|this) month|(?:the )?MONTH(?: YEAR)?)",),
}
