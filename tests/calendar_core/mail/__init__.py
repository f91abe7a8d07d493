"""Letters, and the mail server they are handed to."""
