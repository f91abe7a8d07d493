"""Tests of availability: hours, bookable slots, explanations, and the view of both calendars."""
