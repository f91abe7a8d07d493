"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .booking import Words
from .ending import EndingWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .text import Text

SUBJECTS: dict[str, type[Text]] = {
    "booking": Words,
    "ending": EndingWords,
    "refusing": RefusalWords,
    "reporting": ReportWords,
}

__all__ = ["SUBJECTS", "EndingWords", "RefusalWords", "ReportWords", "Text", "Words"]
