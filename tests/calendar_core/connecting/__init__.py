"""Connecting calendars, on the real store and the sandbox."""
