"""The ways in (Slack, Teams, web, terminal, clock) and the one place where everything is wired."""
