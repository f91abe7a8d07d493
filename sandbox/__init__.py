"""The outside world played on 127.0.0.1: calendars, sign-in, a clock that jumps; no code shared with the rest."""
