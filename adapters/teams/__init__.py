"""Microsoft Teams: what is said and pressed there comes in, and replies go out as Adaptive Cards."""
