"""Stories told through Teams: activities signed by the sandbox's Teams, into the real edge."""
