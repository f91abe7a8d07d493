"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .booking import Words
from .connecting import ConnectingWords
from .ending import EndingWords
from .operating import OperatingWords
from .pages import PageWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .text import Text

SUBJECTS: dict[str, type[Text]] = {
    "booking": Words,
    "connecting": ConnectingWords,
    "ending": EndingWords,
    "operating": OperatingWords,
    "pages": PageWords,
    "refusing": RefusalWords,
    "reporting": ReportWords,
}

__all__ = [
    "SUBJECTS",
    "ConnectingWords",
    "EndingWords",
    "OperatingWords",
    "PageWords",
    "RefusalWords",
    "ReportWords",
    "Text",
    "Words",
]
