"""The sandbox's Teams."""
