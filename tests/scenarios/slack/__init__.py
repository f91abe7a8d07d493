"""Stories told in Slack."""
