"""Letters: the way out by SMTP, and the answers that come back, read over IMAP and believed only when signed."""
