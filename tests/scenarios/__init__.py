"""Each story once, from the first word to the calendars."""
