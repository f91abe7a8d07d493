"""Tests of what is particular to one vendor; what all promise is in tests/contracts."""
