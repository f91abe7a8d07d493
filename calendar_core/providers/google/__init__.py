"""Google Calendar, called as Google's own discovery document describes it."""
