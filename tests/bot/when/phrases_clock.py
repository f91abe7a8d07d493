"""Times of day: given, bounded, ambiguous, in another zone, and on days when the clocks change."""

from __future__ import annotations

from .phrase import WEDNESDAY, Moment, phrase

GIVEN = [
    phrase("tomorrow 3pm", "2026-11-23 15:00"),
    phrase("tomorrow at 3 pm", "2026-11-23 15:00"),
    phrase("tomorrow at 15:00", "2026-11-23 15:00"),
    phrase("tomorrow 3:30pm", "2026-11-23 15:30"),
    phrase("tomorrow 3.30 p.m.", "2026-11-23 15:30"),
    phrase("tomorrow 15.30", "2026-11-23 15:30"),
    phrase("tomorrow 15h", "2026-11-23 15:00"),
    phrase("tomorrow at 15h30", "2026-11-23 15:30"),
    phrase("Wednesday at 09:00", "2026-11-25 09:00"),
    phrase("Wed 10:00 for an hour", "2026-11-25 10:00", minutes=60),
    phrase("3pm tomorrow", "2026-11-23 15:00"),
    phrase("at noon on Thursday", "2026-11-26 12:00"),
    phrase("tomorrow midday", "2026-11-23 12:00"),
    phrase("tomorrow at three in the afternoon", "2026-11-23 15:00"),
    phrase("Thursday afternoon at 3", "2026-11-26 15:00"),
    phrase("tomorrow morning at 9", "2026-11-23 09:00"),
    phrase("half past three in the afternoon on Tuesday", "2026-11-24 15:30"),
    phrase("Monday 9am, Tuesday 10am", "2026-11-23 09:00", "2026-11-24 10:00"),
    phrase("tomorrow 3pm or 4pm", "2026-11-23 15:00", "2026-11-23 16:00"),
    phrase("tomorrow 3 or 4pm", "2026-11-23 15:00", "2026-11-23 16:00"),
    phrase("today at 3", "2026-11-22 15:00"),
    phrase("in 2 hours", "2026-11-22 13:02"),
    phrase("in half an hour", "2026-11-22 11:32"),
]

BOUNDED = [
    phrase("tomorrow between 2 and 4pm", "2026-11-23 14:00-16:00"),
    phrase("tomorrow 2-4pm", "2026-11-23 14:00-16:00"),
    phrase("tomorrow 14:00 - 16:00", "2026-11-23 14:00-16:00"),
    phrase("Wednesday from 10am to 2pm", "2026-11-25 10:00-14:00"),
    phrase("Wednesday from 9 to 5", "2026-11-25 09:00-17:00"),
    phrase("Wednesday after 3pm", "2026-11-25 15:00-24:00"),
    phrase("Thursday before noon", "2026-11-26 00:00-12:00"),
    phrase("Thursday until 11am", "2026-11-26 00:00-11:00"),
    phrase("tomorrow not before 10am", "2026-11-23 10:00-24:00"),
    phrase("after 3pm on Thursday and Friday", "2026-11-26 15:00-24:00", "2026-11-27 15:00-24:00"),
    phrase("Thursday afternoon after 2", "2026-11-26 14:00-18:00"),
    phrase("after 10am but before 1pm on Friday", "2026-11-27 10:00-13:00"),
    phrase("from 9 to 11 on Wednesday", asks="which half"),
    phrase("Thursday or Friday after 2", asks="which half"),
    phrase("tomorrow not before 10", asks="which half"),
    phrase("tomorrow between 4pm and 2pm", asks="contradiction"),
    phrase("any day after 3pm next week", *(f"2026-11-{day} 15:00-24:00" for day in range(23, 30))),
]

ASKED = [
    phrase("tomorrow at 3", asks="which half"),
    phrase("tomorrow half past three", asks="which half"),
    phrase("tomorrow at 3:30", asks="which half"),
    phrase("tomorrow at 3 o'clock", asks="which half"),
    phrase("quarter to four on Thursday", asks="which half"),
    phrase("at 3", asks="which day"),
    phrase("3pm", asks="which day"),
    phrase("afternoon", asks="which day"),
    phrase("midnight on Friday", asks="vague"),
    phrase("tomorrow 25:00", asks="no such time"),
    phrase("tomorrow 10:75", asks="no such time"),
    phrase("tomorrow 13pm", asks="no such time"),
    phrase("tomorrow morning at 3pm", asks="contradiction"),
    phrase("tomorrow around 3pm", abstains=True),
    phrase("tomorrow 3ish", abstains=True),
    phrase("Thursday night", abstains=True),
    phrase("lunchtime on Thursday", abstains=True),
    phrase("late afternoon on Thursday", abstains=True),
    phrase("Wed 10", abstains=True),
]

ZONES = [
    phrase("tomorrow 3pm Berlin", "2026-11-23 15:00", zone="Europe/Berlin"),
    phrase("tomorrow 3pm Berlin time", "2026-11-23 15:00", zone="Europe/Berlin"),
    phrase("tomorrow in Berlin time", "2026-11-23", zone="Europe/Berlin"),
    phrase("Tuesday 15:00 UTC", "2026-11-24 15:00", zone="UTC"),
    phrase("Tuesday 15:00 CET", "2026-11-24 15:00", zone="Europe/Berlin"),
    phrase("Tuesday 10am ET", "2026-12-01 10:00", spoken=WEDNESDAY, zone="America/New_York"),
    phrase("Tuesday 3pm Sydney time", "2026-11-24 15:00", zone="Australia/Sydney"),
    phrase("Tuesday 3pm in San Francisco", "2026-11-24 15:00", zone="America/Los_Angeles"),
    phrase("3pm Berlin", asks="which day", zone="Europe/Berlin"),
    phrase("Tuesday 3pm Atlantis time", abstains=True),
    phrase("Tuesday 3pm IST", abstains=True),
    phrase("Tuesday 3pm his time", abstains=True),
    phrase("tomorrow 3pm Sydney time", asks="which day", zone="Australia/Sydney"),
]

NEW_YORK_SPRING = Moment("2027-03-12 12:00", "America/New_York")  # a Friday; clocks change on Sunday 14 March
BERLIN_SPRING = Moment("2027-03-26 12:00", "Europe/Berlin")
BERLIN_AUTUMN = Moment("2026-10-23 12:00", "Europe/Berlin")
LORD_HOWE = Moment("2027-04-02 12:00", "Australia/Lord_Howe")  # half an hour back on Sunday 4 April, 02:00

CHANGES = [
    phrase("Sunday 2:30am", asks="no such time", spoken=NEW_YORK_SPRING),
    phrase("28 March 02:30", asks="no such time", spoken=BERLIN_SPRING),
    phrase("28 March 03:30", "2027-03-28 03:30", spoken=BERLIN_SPRING),
    phrase("28 March at 01:30 for 1h", "2027-03-28 01:30", minutes=60, spoken=BERLIN_SPRING),
    phrase("25 Oct 02:30", asks="twice", spoken=BERLIN_AUTUMN),
    phrase("25 Oct", "2026-10-25", spoken=BERLIN_AUTUMN),
    phrase("Sunday 01:45", asks="twice", spoken=LORD_HOWE),
    phrase("Sunday morning", "2027-04-04 08:00-12:00", spoken=LORD_HOWE),
    phrase("1 Nov 1:30am", asks="twice", spoken=Moment("2026-10-30 09:00", "America/New_York")),
    phrase("Monday 09:00", "2026-11-30 09:00", spoken=Moment("2026-11-27 23:50", "Asia/Kathmandu")),
]

PHRASES = [*GIVEN, *BOUNDED, *ASKED, *ZONES, *CHANGES]
