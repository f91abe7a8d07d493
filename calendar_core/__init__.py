"""Pairtime knows people, calendars and sessions here: nouns compute, gerunds act through ports (docs/architecture.md)."""
