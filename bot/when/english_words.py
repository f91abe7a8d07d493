"""English words around the time words, as data: what joins them, turns them round, or is left out (see english.py)."""

from __future__ import annotations

# What each does stands in joining.py.
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
    "except": (r"(?:but )?(?:except|excluding|not|other than|apart from)(?: (?:for|on))?",),
    "any day": (r"any ?time|any day|any ?when|whenever|some ?time",),
    "nothing": (
        r"as soon as possible|asap|(?:the )?(?:soonest|earliest)(?: possible)?(?: slot| time)?",
        r"(?:the )?(?:next|first) (?:free|available|possible)(?: slot| time)?",
    ),
}
PUNCTUATION = {",": "or", "/": "or", "&": "or", ";": "or", "|": "or", "-": "to"}
LINKS = {"on", "at", "in", "for", "of", "to", "the", "a", "an", "@", "this"}
FILLERS = {
    *("please", "pls", "plz", "thanks", "thx", "kindly", "session", "slot", "meeting", "call", "chat", "time", "maybe"),
    *(
        "perhaps",
        "just",
        "only",
        "also",
        "ok",
        "okay",
        "long",
        "lasting",
        "sometime",
        "-",
        ".",
        "!",
        "?",
        ":",
        "(",
        ")",
    ),
    *("'", '"', "…"),
}
AFTER_WITH = {"my", "our", "the", "a", "an"}  # "with my mentor": no name follows

# About time, but no word of ours gives them a meaning: whoever says them is asked.
TIME_LIKE = {
    *("day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "min", "mins", "minute"),
    *("minutes", "hrs", "weekday", "weekdays", "weekends", "weekly", "daily", "monthly", "biweekly", "fortnight"),
    *("fortnightly", "yearly", "every", "each", "twice", "once", "recurring", "am", "pm", "a.m", "p.m", "o'clock"),
    *("night", "nights", "overnight", "dawn", "dusk", "sunrise", "sunset", "lunch", "lunchtime", "breakfast", "dinner"),
    *(
        "teatime",
        "noonish",
        "early",
        "earlier",
        "late",
        "later",
        "latest",
        "before",
        "after",
        "between",
        "until",
        "till",
    ),
    *("since", "next", "following", "half", "quarter", "couple", "few", "several", "eod", "eow", "eom", "cob", "eob"),
    *("midweek", "holiday", "holidays", "christmas", "xmas", "easter", "thanksgiving", "halloween", "ramadan", "eve"),
    *(
        "hanukkah",
        "diwali",
        "spring",
        "summer",
        "autumn",
        "winter",
        "q1",
        "q2",
        "q3",
        "q4",
        "now",
        "soon",
        "immediately",
    ),
    *("same", "usual", "around", "approximately", "approx", "roughly", "ish", "~", "circa", "ago", "except"),
    *("preferably", "ideally", "prefer", "today", "yesterday", "tonight", "morning", "afternoon", "evening", "noon"),
    *("midday", "midnight", "tomorrow", "weekend", "overmorrow", "whenever", "anytime", "thereabouts", "hence"),
    *("tuesdays", "mondays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "quarters"),
}
# Words that turn round what is said, wherever they stand beside a time.
TURNING = {
    *("not", "no", "never", "cannot", "can't", "cant", "don't", "dont", "doesn't", "doesnt", "isn't", "isnt", "won't"),
    *(
        "wont",
        "but",
        "unless",
        "if",
        "without",
        "bad",
        "busy",
        "unavailable",
        "impossible",
        "instead",
        "rather",
        "else",
    ),
    *("otherwise", "avoid", "skip", "neither", "nor", "nothing", "best", "better", "worse", "than", "moved", "away"),
}
# The same, only directly before or after a time word: "black Friday", "about 3pm".
TURNING_BESIDE = {
    *("black", "good", "ash", "shrove", "boxing", "cyber", "bank", "new", "old", "birthday", "again", "so", "about"),
    *("both", "any", "all", "thing", "last", "past", "previous", "other", "alternate", "first", "second", "third"),
    *("from", "by", "through", "some", "odd", "even", "or", "plus", "minus", "over", "under", "near", "close"),
}
OTHER_LANGUAGES = {
    *("heute", "morgen", "übermorgen", "gestern", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag"),
    *(
        "sonntag",
        "nachmittag",
        "abend",
        "vormittag",
        "mittag",
        "uhr",
        "woche",
        "nächste",
        "nächsten",
        "stunde",
        "minuten",
    ),
    *(
        "demain",
        "aujourd'hui",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "matin",
        "soir",
    ),
    *("heure", "heures", "semaine", "prochain", "prochaine", "mañana", "hoy", "lunes", "martes", "miércoles", "jueves"),
    *("viernes", "sábado", "domingo", "tarde", "hora", "horas", "semana", "próximo", "próxima", "domani", "oggi"),
    *("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "amanhã", "hoje", "jutro", "dziś"),
}
