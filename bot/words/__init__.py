"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .booking import Words
from .free_busy_only import FreeBusyOnlyWords
from .mailing import MailingWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .text import Text

SUBJECTS: dict[str, type[Text]] = {
    "booking": Words,
    "free_busy_only": FreeBusyOnlyWords,
    "mailing": MailingWords,
    "refusing": RefusalWords,
    "reporting": ReportWords,
}

__all__ = ["SUBJECTS", "FreeBusyOnlyWords", "MailingWords", "RefusalWords", "ReportWords", "Text", "Words"]
