"""The Google provider against the sandbox's Google, and its pure parts alone."""
