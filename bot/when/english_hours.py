"""English words for times of day, lengths and zones, and the words around them, as data (see english.py)."""

from __future__ import annotations

PARTS = {"morning": (480, 720), "afternoon": (720, 1080), "evening": (1020, 1260)}  # minutes of the day
NAMED_TIMES = {"noon": 720, "midday": 720, "midnight": 1440}
SPOKEN_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}

_ANY = r"(?:but )?(?:any ?time )?"
_UNTIL = r" ?(?:-|to|until|till|til|through) ?"

# What each means stands in hours.py, under the same name.
HOURS = {
    "a part of the day": (
        r"(?:(?:in|during) )?(?:the )?PART",
        r"(?:(?:in|during|on) )?(?:the )?(?P<any_day>PARTs)(?: only)?",
        r"(?P<any_day>any) PART",
    ),
    "at": (
        r"(?:(?:at|@|for|starting at|starting|exactly at) ?)?FIRM(?: sharp)?",
        r"(?:at|@|starting at|exactly at) ?LOOSE(?: sharp)?",
        r"HOUR(?= (?:in the )PART)",
    ),
    "between": (r"(?:any ?time )?between LOOSE and LATER", rf"(?:from )?LOOSE{_UNTIL}LATER"),
    "after": (
        rf"{_ANY}(?:after|from|not before|no(?:t)? (?:earlier|sooner) than|starting (?:from|after)|past) LOOSE",
        r"(?:from )?LOOSE (?:or|and) (?:later|after)",
        r"(?:from )?LOOSE onwards?",
        r"from LOOSE on",
        r"(?:at the )?earliest(?: at| from)? LOOSE",
        r"(?:at )?LOOSE (?:at the )?earliest",
    ),
    "before": (
        rf"{_ANY}(?:before|until|till|til|by|no(?:t)? later than|not after|up to) LOOSE",
        r"LOOSE (?:or|and) (?:earlier|before)",
        r"(?:at the )?latest(?: at| by)? LOOSE",
        r"(?:at |by )?LOOSE (?:at the )?latest",
    ),
    "after and before": (r"after LOOSE,? (?:and |but )?before LATER", r"before LATER,? (?:and |but )?after LOOSE"),
    "at one of": (r"(?:at |@)?LOOSE or LATER", r"(?:at |@)?LOOSE, LOOSE_TOO,? or LATER"),
}

LENGTHS = {
    "minutes": (r"(?P<minus>-)?MINUTES[ -]?(?:minutes?|mins?|m|min\.)",),
    "hours": (
        r"(?P<minus>-)?HOURS[ -]?(?:hours?|hrs?|h)(?: ?(?:and )?(?P<minutes>\d{1,2}) ?(?:minutes?|mins?|m))?",
        r"HOURS ?h ?(?P<minutes>\d\d)(?! ?[ap]\.?m)",
        r"HOURS:(?P<minutes>\d\d) ?(?:hours?|hrs?|h)",
    ),
    "half an hour": (r"(?:a )?half(?: an?)?[ -]hour", r"1/2 ?(?:an )?(?:hours?|hrs?|h)"),
    "and a half": (r"HOURS hours? and a half", r"HOURS and a half hours?", r"HOURS(?: ?½| 1/2)[ -]?(?:hours?|hrs?|h)"),
    "and a quarter": (r"HOURS hours? and a quarter",),
    "quarters": (r"(?:a )?quarter (?:of )?an hour", r"(?P<three>three|3)[ -]quarters of an hour"),
    "one or the other": (r"MINUTES ?(?:or|-|/) ?(?:\d+|WORD) ?(?:minutes?|mins?|hours?)",),
}
