"""Invitations: what they are, and how they are written."""
