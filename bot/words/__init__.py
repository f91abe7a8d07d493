"""Every sentence and button name, in English, by subject. Other languages are catalogues keyed by these texts."""

from .allowing import AllowingWords
from .booking import Words
from .chatting import ChattingWords
from .connecting import ConnectingWords
from .ending import EndingWords
from .following_up import FollowUpWords
from .free_busy_only import FreeBusyOnlyWords
from .groups import GroupWords
from .linking import LinkingWords
from .mailing import MailingWords
from .monitoring import HealthWords
from .operating import OperatingWords
from .pages import PageWords
from .privacy import PrivacyWords
from .reaching import ReachingWords
from .refusing import RefusalWords
from .reporting import ReportWords
from .settings import SettingsWords
from .slack import SlackWords
from .slack_pages import SlackPageWords
from .statuses import StatusesWords
from .teams import TeamsWords
from .teams_files import TeamsFileWords
from .text import Text
from .topic import TopicWords

SUBJECTS: dict[str, type[Text]] = {
    "allowing": AllowingWords,
    "booking": Words,
    "chatting": ChattingWords,
    "connecting": ConnectingWords,
    "ending": EndingWords,
    "following_up": FollowUpWords,
    "free_busy_only": FreeBusyOnlyWords,
    "groups": GroupWords,
    "linking": LinkingWords,
    "mailing": MailingWords,
    "monitoring": HealthWords,
    "operating": OperatingWords,
    "pages": PageWords,
    "privacy": PrivacyWords,
    "reaching": ReachingWords,
    "refusing": RefusalWords,
    "reporting": ReportWords,
    "settings": SettingsWords,
    "slack": SlackWords,
    "slack_pages": SlackPageWords,
    "statuses": StatusesWords,
    "teams": TeamsWords,
    "teams_files": TeamsFileWords,
    "topic": TopicWords,
}

__all__ = [
    "SUBJECTS",
    "AllowingWords",
    "ChattingWords",
    "ConnectingWords",
    "EndingWords",
    "FollowUpWords",
    "FreeBusyOnlyWords",
    "GroupWords",
    "HealthWords",
    "LinkingWords",
    "MailingWords",
    "OperatingWords",
    "PageWords",
    "PrivacyWords",
    "ReachingWords",
    "RefusalWords",
    "ReportWords",
    "SettingsWords",
    "SlackPageWords",
    "SlackWords",
    "StatusesWords",
    "TeamsFileWords",
    "TeamsWords",
    "Text",
    "TopicWords",
    "Words",
]
