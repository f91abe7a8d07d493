"""The way out to people's mailboxes: letters as MIME, handed to a mail server."""

from .smtp import Security, SmtpMailer, SmtpServer

__all__ = ["Security", "SmtpMailer", "SmtpServer"]
