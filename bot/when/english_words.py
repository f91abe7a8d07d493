"""English words around the time words, as data: what joins them, turns them round, or is left out (see english.py)."""

from __future__ import annotations


def _words(text: str) -> set[str]:
    return set(text.split())


SPELLED_OUT = {
    r"(?<!\w)w/c\b": "week of",
    r"(?<!\w)w/ ?(?=[\w@<])": "with ",
    r"(?<=\b\d{4}-\d\d-\d\d)t(?=\d\d:\d\d)": " ",  # RFC 3339 without a zone
}
PUNCTUATION = {",": "or", "/": "or", "&": "or", ";": "or", "|": "or", "-": "to"}

# Phrases between the time words; what each does stands in bounds.py, grouping.py and leftovers.py.
ROLES = {
    "or": (r"or|and",),
    "to": (r"to|until|till|through",),
    "between": (r"between",),
    "from": (r"(?:any ?time )?(?:from|starting(?: from| on)?|as of)",),
    "after": (r"(?:any ?time )?after",),
    "by": (r"(?:any ?time )?(?:by|until|till|up to|no later than|not later than)",),
    "before": (r"(?:any ?time )?(?:before|ahead of)",),
    "week of": (r"(?:in )?(?:the )?week (?:of|starting|beginning|commencing|from)(?: on)?",),
    "early": (r"(?:at )?(?:the )?(?:early(?: in)?|(?:start|beginning) of)",),
    "middle": (r"(?:in )?(?:the )?(?:mid|middle of)",),
    "late": (r"(?:at |towards )?(?:the )?(?:late(?:r)?(?: in)?|end of)",),
    "except": (
        r"(?:but )?(?:except|excluding|not|other than|apart from)(?: (?:for|on))?",
        r"any ?(?:day|time) but(?: on)?",
    ),
    "any day": (r"(?:any|some) ?(?:time|day)|one day|any ?when|whenever",),
    "nothing": (
        r"as (?:soon|early) as possible|asap|(?:the )?(?:soonest|earliest)(?: possible)?(?: slot| time)?",
        r"(?:the )?(?:next|first) (?:free|available|possible)(?: slot| time)?",
        r"(?:how|what) about|instead(?! of)|either|(?:for )?(?:the )?rest of",
    ),
    "unread": (
        r"(?:this|that|the same|at this) time|one of (?:these|the next)|at the (?:earliest|latest|soonest)|for a day",
    ),
}
LINKS = _words("on at in for of to the a an @ this during")
FILLERS = _words(
    """please pls plz thanks thx kindly session slot meeting call chat time maybe perhaps only also ok okay long lasting
    sometime"""
)
BEFORE_A_DAY = _words("on in next this last by before after until till from of every coming or")
AFTER_WITH = _words("my our the a an")  # "with my mentor": no name follows

# About time, but nothing here gives them a meaning: whoever says them is asked.
TIME_LIKE = _words(
    """day days week weeks month months year years hour hours hrs min mins minute minutes fortnight weekday weekdays
    weekends daily weekly biweekly fortnightly monthly yearly every each twice once recurring am pm a.m p.m o'clock
    today tomorrow overmorrow yesterday tonight weekend morning noon midday afternoon evening midnight
    mondays tuesdays wednesdays thursdays fridays saturdays sundays mornings afternoons evenings
    night nights overnight dawn dusk sunrise sunset breakfast lunch lunchtime teatime dinner arvo noonish
    early earlier late later latest sooner soon shortly bit before after between until till since next following hence
    half quarter quarters couple few several eod eow eom cob eob midweek now immediately ago whenever anytime
    holiday holidays christmas xmas easter thanksgiving halloween ramadan hanukkah diwali eve
    spring summer autumn winter q1 q2 q3 q4 same usual around approximately approx roughly circa ish thereabouts
    ~ + ± < > = % preferably ideally prefer except"""
)
TIME_ENDINGS = ("day", "days")  # "wensday", "payday"
# Words that turn round what is said, wherever they stand in a text with a time in it.
TURNING = _words(
    """not no never nothing neither nor cannot can't cant don't dont doesn't doesnt isn't isnt won't wont but unless if
    without bad busy unavailable impossible instead rather else otherwise avoid skip best better worse than moved
    away"""
)
# The same, directly before or after a time word: "black Friday", "about 3pm".
TURNING_BESIDE = _words(
    """black good ash shrove boxing cyber bank new old birthday again so about both any all some thing last past
    previous other alternate first second third odd even or plus minus over under near close just whole entire full
    max maximum minimum least most less more from by through"""
)
OTHER_LANGUAGES = _words(
    """heute morgen übermorgen gestern montag dienstag mittwoch donnerstag freitag samstag sonntag vormittag mittag
    nachmittag abend uhr woche nächste nächsten stunde stunden
    demain aujourd'hui lundi mardi mercredi jeudi vendredi samedi dimanche matin soir heure heures semaine prochain
    prochaine mañana hoy lunes martes miércoles jueves viernes sábado domingo tarde hora horas semana próximo próxima
    domani oggi lunedì martedì mercoledì giovedì venerdì amanhã hoje jutro dziś"""
)
