"""A double of Teams: what bots ask of it, what it brings to them, and how it looks to a person."""

from sandbox.teams.control import teams_routes
from sandbox.teams.page import teams_page
from sandbox.teams.state import Bot
from sandbox.teams.vendor import Teams

__all__ = ["Bot", "Teams", "teams_page", "teams_routes"]
