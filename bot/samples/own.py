"""What people are told of themselves."""

from __future__ import annotations

from datetime import date

from bot import commands as c
from bot.commands import own
from bot.replies import Answer, Choice, HelpShown, Question, ReceiptLine, ReceiptsShown, Summary
from bot.sentences import CityOf, sentence
from bot.words import ConnectingWords, PrivacyWords, ReportWords, SettingsWords, Words
from calendar_core.integration import IntegrationKind, Suite
from calendar_core.people import OFFICE_HOURS, Role

from .cast import ANA, ANA_READS, BERLIN, CHECKED, SAM_READS, SLOTS, button

OWN: dict[str, Answer] = {
    "a link": Answer(
        Question(
            sentences=(
                sentence(ConnectingWords.WILL_ASK, vendor="Microsoft"),
                sentence(ConnectingWords.LINK_IS_YOURS),
            ),
            choices=(
                button(ConnectingWords.PRIVACY, c.ShowReceipts()),
                Choice(
                    sentence(ConnectingWords.CONTINUE_TO, vendor="Microsoft"),
                    c.Connect(Suite.MICROSOFT, again=True),
                    url="https://pairtime.example.com/connect/microsoft?link=5f2b6c1e",
                ),
            ),
        ),
        SAM_READS,
    ),
    "status": Answer(
        Summary(
            paragraphs=(
                (
                    sentence(ReportWords.STATUS_CHECKED_TODAY, kind=IntegrationKind.OUTLOOK_DOMAIN.value, at=CHECKED),
                    sentence(ReportWords.STATUS_HOURS, hours=OFFICE_HOURS, city=CityOf(BERLIN)),
                    sentence(
                        ReportWords.STATUS_RULES, buffer=10, notice=sentence(ReportWords.SHORT_HOURS_NOTICE, hours=24)
                    ),
                ),
                (
                    sentence(ReportWords.STATUS_NEXT, when=SLOTS[0], partner=ANA.name),
                    sentence(ReportWords.STATUS_MONTH, held=3, planned=1),
                ),
            ),
            join="https://meet.google.com/abc-defg-hij",
            choices=(button(SettingsWords.SETTINGS, own.ShowSettings()),),
        ),
        SAM_READS,
    ),
    "settings": Answer(
        Summary(
            paragraphs=((sentence(SettingsWords.YOUR_SETTINGS),),),
            points=(
                sentence(ReportWords.STATUS_CHECKED_TODAY, kind=IntegrationKind.OUTLOOK_DOMAIN.value, at=CHECKED),
                sentence(
                    SettingsWords.SETTING_HOURS,
                    hours=OFFICE_HOURS,
                    city=CityOf(BERLIN),
                    whence=sentence(SettingsWords.FROM_CALENDAR),
                ),
                sentence(SettingsWords.SETTING_ZONE, city=CityOf(BERLIN), whence=sentence(SettingsWords.FROM_CALENDAR)),
                sentence(SettingsWords.SETTING_NO_TRIP),
                sentence(SettingsWords.SETTING_NO_PAUSE),
                sentence(SettingsWords.SETTING_COUNTED, count=1),
                sentence(SettingsWords.SETTING_ROOM, address="https://meet.example.com/sam"),
                sentence(SettingsWords.SETTING_NOT_PRIVATE),
            ),
        ),
        SAM_READS,
    ),
    "receipts": Answer(
        ReceiptsShown(
            receipts=(ReceiptLine("Ana Ruiz", Role.MENTEE, 4, date(2026, 11, 24), date(2026, 12, 8)),),
            choices=(
                button(PrivacyWords.DOWNLOAD, own.DownloadData()),
                button(PrivacyWords.DELETE, own.DeleteData()),
            ),
        ),
        SAM_READS,
    ),
    "help": Answer(
        HelpShown(
            opening=sentence(Words.YOU_CAN_SAY),
            entries=(("book", sentence(Words.HELP_BOOK)), ("sessions", sentence(Words.HELP_SESSIONS))),
            choices=(button(Words.CONTACT, c.Contact()),),
        ),
        ANA_READS,
    ),
}
