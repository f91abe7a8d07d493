"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .booking import Words
from .monitoring import HealthWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .text import Text

SUBJECTS: dict[str, type[Text]] = {
    "booking": Words,
    "refusing": RefusalWords,
    "reporting": ReportWords,
    "monitoring": HealthWords,
}

__all__ = ["SUBJECTS", "HealthWords", "RefusalWords", "ReportWords", "Text", "Words"]
