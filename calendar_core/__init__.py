"""People, calendars and sessions: nouns compute, gerunds act, and the outside is met only at the ports."""
