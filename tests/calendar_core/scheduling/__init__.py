"""Scheduling on the real store and the sandbox."""
