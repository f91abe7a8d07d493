"""Tests of people, calendars and sessions."""
