"""A service account that guards nothing, made anew for each run."""
