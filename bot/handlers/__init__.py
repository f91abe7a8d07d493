"""What each command does: ask the core, and dress what comes back as a reply."""
