"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .booking import Words
from .connecting import ConnectingWords
from .monitoring import HealthWords
from .pages import PageWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .text import Text

SUBJECTS: dict[str, type[Text]] = {
    "booking": Words,
    "connecting": ConnectingWords,
    "monitoring": HealthWords,
    "pages": PageWords,
    "refusing": RefusalWords,
    "reporting": ReportWords,
}

__all__ = ["SUBJECTS", "ConnectingWords", "HealthWords", "PageWords", "RefusalWords", "ReportWords", "Text", "Words"]
