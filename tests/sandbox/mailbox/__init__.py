"""The mail server, and what becomes of what it took."""
