"""What Slack sends, and what is sent there."""
