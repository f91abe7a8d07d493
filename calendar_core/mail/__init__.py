"""Letters: handed to a mail server as MIME; and the answers that come back, read over IMAP, believed when signed."""

from .logging_in import smtp_login
from .smtp import Security, SmtpMailer, SmtpServer
from .txt_records import NameServers

__all__ = ["NameServers", "Security", "SmtpMailer", "SmtpServer", "smtp_login"]
