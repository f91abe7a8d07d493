"""Examining an installation: each permission proved by using it, refusals proved too, and what mail stands on."""

from .finding import Finding, Verdict
from .mail_records import mail_records
from .mailboxes import Examining
from .own_consents import own_consent

__all__ = ["Examining", "Finding", "Verdict", "mail_records", "own_consent"]
