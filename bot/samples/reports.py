"""What admins are told."""

from __future__ import annotations

from datetime import UTC, datetime

from bot import commands as c
from bot.replies import Answer, PeopleListed, PersonLine, Said, Summary
from bot.sentences import sentence
from bot.words import HealthWords, ReportWords, StatusesWords, Words
from calendar_core.integration import IntegrationKind, Suite, Trouble
from calendar_core.people import Role

from .cast import CHECKED, PRIYA_READS, button

REPORTS: dict[str, Answer] = {
    "people": Answer(
        PeopleListed(
            programme="Leaders 2026",
            people=128,
            working=(
                (IntegrationKind.GOOGLE_DOMAIN, 61),
                (IntegrationKind.GOOGLE_INDIVIDUAL, 12),
                (IntegrationKind.OUTLOOK_DOMAIN, 33),
                (IntegrationKind.OUTLOOK_INDIVIDUAL, 6),
            ),
            lines=(
                PersonLine("Lea Brandt", Role.MENTOR, None, Trouble.NEVER_CONNECTED, None, "Teams"),
                PersonLine(
                    "Tom Vance",
                    Role.MENTEE,
                    IntegrationKind.OUTLOOK_INDIVIDUAL,
                    Trouble.ACCESS_WITHDRAWN,
                    datetime(2026, 11, 20, 9, tzinfo=UTC),
                    "Slack",
                ),
                PersonLine("Noor Aziz", Role.MENTOR, None, Trouble.NO_MAILBOX, None, None),
            ),
            not_working=16,
            skipped=0,
            matches_missing_one=9,
            completed_by=((Suite.GOOGLE, 8),),
            choices=(
                button(Words.NEXT, c.WhoHasntIntegrated(skip=3)),
                button(StatusesWords.CSV, c.TakeStatuses()),
                button(Words.MORE, c.MoreOfStatuses()),
            ),
        ),
        PRIYA_READS,
    ),
    "statuses": Answer(
        Summary(
            paragraphs=((sentence(StatusesWords.OF_ALL, programme="Leaders 2026", first=11, last=13, count=128),),),
            points=(
                sentence(
                    StatusesWords.WORKS,
                    name="Ana Ruiz",
                    role=sentence(ReportWords.MENTEE),
                    kind=IntegrationKind.GOOGLE_DOMAIN.value,
                ),
                sentence(
                    StatusesWords.BLANK,
                    name="Lea Brandt",
                    role=sentence(ReportWords.MENTOR),
                    why=sentence(ReportWords.NEVER_CONNECTED),
                ),
                sentence(
                    StatusesWords.BROKEN,
                    name="Tom Vance",
                    role=sentence(ReportWords.MENTEE),
                    kind=IntegrationKind.OUTLOOK_INDIVIDUAL.value,
                    why=sentence(ReportWords.ACCESS_WITHDRAWN),
                ),
            ),
            choices=(
                button(StatusesWords.PREVIOUS, c.ShowIntegrations()),
                button(Words.NEXT, c.ShowIntegrations(skip=20)),
            ),
        ),
        PRIYA_READS,
    ),
    "health": Answer(
        Said(
            sentences=(
                sentence(HealthWords.DOMAIN_WORKS, domain=sentence(HealthWords.GOOGLE_DOMAIN), at=CHECKED),
                sentence(HealthWords.DOMAIN_ENDS, domain=sentence(HealthWords.MICROSOFT_DOMAIN), days=12),
                sentence(HealthWords.MAIL_WORKS),
                sentence(HealthWords.WAITING, count=0),
            ),
            choices=(button(HealthWords.HOW_TO_RENEW, c.HowToRenew()),),
        ),
        PRIYA_READS,
    ),
}
