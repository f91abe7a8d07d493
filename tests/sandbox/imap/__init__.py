"""The mailbox that is read over IMAP."""
