"""Letters taken apart, and believed only when signed."""
