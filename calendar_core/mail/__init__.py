"""Letters: handed to a mail server as MIME; and the answers that come back, read over IMAP, believed when signed."""

from .smtp import Security, SmtpMailer, SmtpServer

__all__ = ["Security", "SmtpMailer", "SmtpServer"]
