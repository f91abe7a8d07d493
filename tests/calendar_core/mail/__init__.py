"""Letters: written, handed to a mail server, taken apart, and believed only when signed."""
