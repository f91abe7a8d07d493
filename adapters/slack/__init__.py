"""Slack: what comes from there, and what is sent there."""
