"""Names that look like times, words that turn a phrase round, other scripts, and hostile text."""

from __future__ import annotations

from .phrase import phrase

NAMES = [
    phrase("with May", rest="with May"),
    phrase("with May tomorrow", "2026-11-23", rest="with May"),
    phrase("with April next Friday", "2026-11-27", rest="with April"),
    phrase("with Sam on Sat", "2026-11-28", rest="with Sam"),
    phrase("with Sam Friday", "2026-11-27", rest="with Sam"),
    phrase("for Mark", rest="for Mark"),
    phrase("with Sun on Sunday week", asks="which day", rest="with Sun"),
    phrase("with Wed Adams on Wed", "2026-11-25", rest="with Wed Adams", names=["Wed Adams"]),
    phrase("with June Park in June", "2027-06-01..2027-06-30", rest="with June Park", names=["June Park"]),
    phrase("may lin tomorrow", "2026-11-23", rest="may lin", names=["May Lin"]),
    phrase("with my mentor", rest="with my mentor"),
    phrase("with Sam next Friday morning 30 min", "2026-11-27 08:00-12:00", minutes=30, rest="with Sam"),
    phrase("with Sam Okoye tomorrow 3pm please", "2026-11-23 15:00", rest="with Sam Okoye"),
    phrase("tomorrow at 3pm with Sam", "2026-11-23 15:00", rest="with Sam"),
    phrase("second thoughts", rest="second thoughts"),
    phrase("with Summer Noon", rest="with Summer Noon", names=["Summer Noon"]),
    phrase("with August on 3 August", "2027-08-03", rest="with August"),
    phrase("April", abstains=True),
]

TURNED = [
    phrase("I cannot do Friday", abstains=True),
    phrase("anything but Friday", abstains=True),
    phrase("Friday does not work", abstains=True),
    phrase("not in the morning", abstains=True),
    phrase("every Monday", abstains=True),
    phrase("Mondays at 9am", abstains=True),
    phrase("Black Friday", abstains=True),
    phrase("Easter Monday", abstains=True),
    phrase("second half of December", abstains=True),
    phrase("preferably tomorrow", abstains=True),
    phrase("tomorrow or thereabouts", abstains=True),
    phrase("the Friday after Thanksgiving", abstains=True),
    phrase("same time next week", abstains=True),
    phrase("tomorrow unless it rains", abstains=True),
    phrase("first thing tomorrow", abstains=True),
    phrase("end of day Thursday", abstains=True),
    phrase("next thrusday", abstains=True),
]

STRANGE = [
    phrase(""),
    phrase("   "),
    phrase("???"),
    phrase("TOMORROW 3PM", "2026-11-23 15:00"),
    phrase("tommorow 3pm", "2026-11-23 15:00"),
    phrase("tmrw 3pm", "2026-11-23 15:00"),
    phrase("tomorrow\t\n 3pm", "2026-11-23 15:00"),
    phrase("tomorrow\x00\x07 3pm", "2026-11-23 15:00"),
    phrase("tomorrow\u200f 3pm\u200e", "2026-11-23 15:00"),
    phrase("tomorrow \u202e3pm", abstains=True),
    phrase("tomorrow １５：００", "2026-11-23 15:00"),
    phrase("tomorrow ٣pm", "2026-11-23 15:00"),
    phrase("2026-12-01T10:00", "2026-12-01 10:00"),
    phrase("2026-12-01T10:00+01:00", abstains=True),
    phrase("morgen 15 Uhr", abstains=True),
    phrase("завтра в 15:00", abstains=True),
    phrase("明天下午三点", abstains=True),
    phrase("tomorrow " * 1200, asks="too long"),
    phrase("9" * 10_000, asks="too long"),
    phrase("tomorrow 3pm 🎉", "2026-11-23 15:00"),
    phrase("**tomorrow** at _3pm_", "2026-11-23 15:00"),
]

PHRASES = [*NAMES, *TURNED, *STRANGE]
