"""Lengths of a session, alone and beside days."""

from __future__ import annotations

from .phrase import phrase

PHRASES = [
    phrase("30 min", minutes=30),
    phrase("for 30 minutes", minutes=30),
    phrase("45m", minutes=45),
    phrase("thirty minutes", minutes=30),
    phrase("forty-five minutes", minutes=45),
    phrase("half an hour", minutes=30),
    phrase("half hour", minutes=30),
    phrase("an hour", minutes=60),
    phrase("1h", minutes=60),
    phrase("for one hour", minutes=60),
    phrase("two hours", minutes=120),
    phrase("an hour and a half", minutes=90),
    phrase("one and a half hours", minutes=90),
    phrase("1.5h", minutes=90),
    phrase("1:30 h", minutes=90),
    phrase("1h30", minutes=90),
    phrase("1 hour 15 minutes", minutes=75),
    phrase("1h15m", minutes=75),
    phrase("90-minute session", minutes=90),
    phrase("three quarters of an hour", minutes=45),
    phrase("a quarter of an hour", minutes=15),
    phrase("tomorrow for 20 mins", "2026-11-23", minutes=20),
    phrase("30 min tomorrow at 15:00", "2026-11-23 15:00", minutes=30),
    phrase("0 min", asks="length"),
    phrase("-30 min", asks="length"),
    phrase("99999999999999999999 minutes", asks="length"),
    phrase("24 hours", asks="length"),
    phrase("30 min or an hour", asks="length"),
    phrase("tomorrow 3pm-3:30pm", "2026-11-23 15:00", minutes=30),
    phrase("45", abstains=True),
    phrase("tomorrow for 45", abstains=True),
    phrase("a couple of hours", abstains=True),
]
