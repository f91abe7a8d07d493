"""Processes killed, calendars that fail: nothing acknowledged is lost, nothing happens twice."""
