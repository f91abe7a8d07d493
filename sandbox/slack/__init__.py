"""A double of Slack: its Web API, what it delivers to the application, Socket Mode, and how it looks to a person."""

from sandbox.slack.control import slack_routes
from sandbox.slack.installed import Fresh
from sandbox.slack.page import page_routes
from sandbox.slack.vendor import Slack

__all__ = ["Fresh", "Slack", "page_routes", "slack_routes"]
