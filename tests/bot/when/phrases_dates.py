"""Dates of the calendar, and those that do not exist or contradict themselves."""

from __future__ import annotations

from .phrase import MONDAY, WEDNESDAY, YEARS_END, phrase

DATES = [
    phrase("24 Nov", "2026-11-24"),
    phrase("24 November", "2026-11-24"),
    phrase("November 24", "2026-11-24"),
    phrase("Nov 24th", "2026-11-24"),
    phrase("the 24th of November", "2026-11-24"),
    phrase("24th", "2026-11-24"),
    phrase("on the 20th", "2026-12-20"),
    phrase("24.11.", "2026-11-24"),
    phrase("24.11.2026", "2026-11-24"),
    phrase("24/11", "2026-11-24"),
    phrase("24/11/2026", "2026-11-24"),
    phrase("24/11/26", "2026-11-24"),
    phrase("2026-11-24", "2026-11-24"),
    phrase("2026-11-24 15:00", "2026-11-24 15:00"),
    phrase("24 Nov at 15:00", "2026-11-24 15:00"),
    phrase("24 Nov 2026 at 3pm for 30 min", "2026-11-24 15:00", minutes=30),
    phrase("Tuesday 24 Nov", "2026-11-24"),
    phrase("Tue, 24 November", "2026-11-24"),
    phrase("Tuesday the 24th", "2026-11-24"),
    phrase("24 or 25 Nov", "2026-11-24", "2026-11-25"),
    phrase("24-26 Nov", "2026-11-24..2026-11-26"),
    phrase("from 30 Nov to 2 Dec", "2026-11-30..2026-12-02"),
    phrase("3 Jan", "2027-01-03"),
    phrase("1 Jan", "2027-01-01", spoken=YEARS_END),
    phrase("2 Jan 2027 in the morning", "2027-01-02 08:00-12:00", spoken=YEARS_END),
    phrase("5/12", "2026-12-05", region="GB"),
    phrase("5.12.", "2026-12-05", spoken=WEDNESDAY),
    phrase("12/5", asks="day or month", region="US"),
    phrase("11/24", "2026-11-24", region="US"),
]

IMPOSSIBLE = [
    phrase("31 Nov", asks="no such date"),
    phrase("Feb 30", asks="no such date"),
    phrase("29 Feb 2027", asks="no such date"),
    phrase("2026-13-45", asks="no such date"),
    phrase("0 Dec", asks="no such date"),
    phrase("45.11.", asks="no such date"),
    phrase("Tuesday 24 Dec", asks="contradiction"),
    phrase("Monday the 24th", asks="contradiction"),
    phrase("tomorrow Wednesday", asks="contradiction"),
    phrase("yesterday", asks="past"),
    phrase("yesterday 3pm", asks="past"),
    phrase("last Friday", asks="past"),
    phrase("24 Nov 2025", asks="past"),
    phrase("20 Nov", asks="past"),
    phrase("today at 9am", asks="past"),
    phrase("Thursday this week", asks="past"),
    phrase("this morning", asks="past", spoken=WEDNESDAY),
    phrase("2019-01-01 10:00", asks="past", spoken=MONDAY),
]

PHRASES = [*DATES, *IMPOSSIBLE]
