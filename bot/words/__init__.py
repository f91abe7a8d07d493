"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .booking import Words
from .connecting import ConnectingWords
from .mailing import MailingWords
from .pages import PageWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .text import Text

SUBJECTS: dict[str, type[Text]] = {
    "booking": Words,
    "connecting": ConnectingWords,
    "mailing": MailingWords,
    "pages": PageWords,
    "refusing": RefusalWords,
    "reporting": ReportWords,
}

__all__ = ["SUBJECTS", "ConnectingWords", "MailingWords", "PageWords", "RefusalWords", "ReportWords", "Text", "Words"]
