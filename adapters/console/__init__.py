"""A third chat: `pairtime chat` in a terminal, and the demo's page."""
