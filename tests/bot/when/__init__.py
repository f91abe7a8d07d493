"""Time words: every labelled phrase, and any text at all."""
