"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .booking import Words
from .chatting import ChattingWords
from .connecting import ConnectingWords
from .ending import EndingWords
from .free_busy_only import FreeBusyOnlyWords
from .linking import LinkingWords
from .mailing import MailingWords
from .monitoring import HealthWords
from .operating import OperatingWords
from .pages import PageWords
from .privacy import PrivacyWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .settings import SettingsWords
from .slack_pages import SlackPageWords
from .teams import TeamsWords
from .text import Text

SUBJECTS: dict[str, type[Text]] = {
    "booking": Words,
    "chatting": ChattingWords,
    "connecting": ConnectingWords,
    "ending": EndingWords,
    "free_busy_only": FreeBusyOnlyWords,
    "linking": LinkingWords,
    "mailing": MailingWords,
    "monitoring": HealthWords,
    "operating": OperatingWords,
    "pages": PageWords,
    "privacy": PrivacyWords,
    "refusing": RefusalWords,
    "reporting": ReportWords,
    "settings": SettingsWords,
    "slack_pages": SlackPageWords,
    "teams": TeamsWords,
}

__all__ = [
    "SUBJECTS",
    "ChattingWords",
    "ConnectingWords",
    "EndingWords",
    "FreeBusyOnlyWords",
    "HealthWords",
    "LinkingWords",
    "MailingWords",
    "OperatingWords",
    "PageWords",
    "PrivacyWords",
    "RefusalWords",
    "ReportWords",
    "SettingsWords",
    "SlackPageWords",
    "TeamsWords",
    "Text",
    "Words",
]
