"""Entra, as people and administrators meet it."""
