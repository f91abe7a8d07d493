"""Stories told through Slack: requests signed by the sandbox's Slack, into the real front."""
