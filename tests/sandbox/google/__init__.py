"""What the sandbox's Google answers, over real HTTP."""
