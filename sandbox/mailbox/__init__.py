"""Mail: a server that takes it, what it holds for whom, and what Outlook does with invitations in it."""

from sandbox.mailbox.answering import Answering
from sandbox.mailbox.post import Letter, Post
from sandbox.mailbox.receiving import MailServer

__all__ = ["Answering", "Letter", "MailServer", "Post"]
