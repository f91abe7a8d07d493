"""Handlers on their own: tables and refusals."""
