"""Letters: handed to a mail server, and taken apart, believed only when signed."""
