"""Tests, in the shape of the packages they ask about."""
