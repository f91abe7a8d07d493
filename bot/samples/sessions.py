"""Sessions: booked, told of, mailed, frozen, listed."""

from __future__ import annotations

from dataclasses import replace

from bot import commands as c
from bot.replies import Answer, Said, SessionLine, SessionShown, SessionsListed
from bot.sentences import Across, sentence
from bot.words import FreeBusyOnlyWords, MailingWords, Words
from calendar_core.session import Link

from .cast import ANA, ANA_READS, BERLIN, BOOKED, MATCH, NEW_YORK, SAM, SAM_READS, SESSION, SLOTS, TOPIC, WISH, button

SESSIONS: dict[str, Answer] = {
    "booked": Answer(
        SessionShown(
            headline=sentence(Words.BOOKED, when=Across(BOOKED.when, BERLIN), partner=SAM.name),
            session=BOOKED,
            partner=SAM,
            after=(
                sentence(Words.JOIN_YOURS, url="https://meet.google.com/abc-defg-hij"),
                sentence(Words.REMINDERS_TWO),
            ),
        ),
        ANA_READS,
    ),
    "booked about something": Answer(
        SessionShown(
            headline=sentence(Words.BOOKED, when=Across(BOOKED.when, BERLIN), partner=SAM.name),
            session=replace(BOOKED, topic=TOPIC),
            partner=SAM,
            after=(sentence(Words.JOIN_YOURS, url="https://meet.google.com/abc-defg-hij"),),
        ),
        ANA_READS,
    ),
    "told of a session": Answer(
        SessionShown(
            headline=sentence(Words.BOOKED_WITH_YOU, when=Across(BOOKED.when, NEW_YORK), partner=ANA.name),
            session=BOOKED,
            partner=ANA,
            choices=(
                button(Words.LOOKS_GOOD, c.LooksGood(SESSION)),
                button(Words.CANNOT_MAKE_IT, c.CannotMakeIt(SESSION)),
            ),
        ),
        SAM_READS,
    ),
    "about to begin": Answer(
        SessionShown(
            headline=sentence(Words.IN_MINUTES, minutes=15, partner=ANA.first_name),
            session=BOOKED,
            partner=ANA,
            after=(sentence(Words.JOIN, url="https://meet.google.com/abc-defg-hij"),),
        ),
        SAM_READS,
    ),
    "invitation sent": Answer(
        SessionShown(
            headline=sentence(MailingWords.INVITATION_SENT, when=Across(BOOKED.when, BERLIN), partner=SAM.first_name),
            session=replace(BOOKED, conference=None, link=Link.NONE, mailed=True),
            partner=SAM,
            after=(
                sentence(MailingWords.PLEASE_ACCEPT),
                sentence(MailingWords.HAS_NO_LINK),
                sentence(MailingWords.CHANGES_NOT_SEEN),
            ),
            choices=(
                button(MailingWords.ADD_A_LINK, c.AddLink(SESSION)),
                button(Words.CANNOT_MAKE_IT, c.CannotMakeIt(SESSION)),
            ),
        ),
        ANA_READS,
    ),
    "session frozen": Answer(
        SessionShown(
            headline=sentence(FreeBusyOnlyWords.FROZEN, when=Across(BOOKED.when, NEW_YORK), partner=ANA.name),
            session=replace(BOOKED, frozen=True),
            partner=ANA,
        ),
        SAM_READS,
    ),
    "another time by mail": Answer(
        SessionShown(
            headline=sentence(FreeBusyOnlyWords.COUNTER_REFUSED, when=Across(BOOKED.when, NEW_YORK), partner=ANA.name),
            session=replace(BOOKED, conference=None, link=Link.NONE, mailed=True),
            partner=ANA,
            choices=(button(Words.FIND_ANOTHER_TIME, WISH),),
        ),
        SAM_READS,
    ),
    "said": Answer(
        Said(
            sentences=(sentence(Words.MATCHED_WITH, partner=SAM.name, programme="Leaders 2026"),),
            choices=(
                button(Words.FIND_TIMES, c.FindSlots(match=MATCH)),
                button(Words.NOT_THIS_ONE, c.NotThisMatch(MATCH)),
            ),
        ),
        ANA_READS,
    ),
    "sessions": Answer(
        SessionsListed(
            past=False,
            sessions=(SessionLine(BOOKED, SAM), SessionLine(replace(BOOKED, when=SLOTS[2], topic=TOPIC), SAM)),
            choices=(button(Words.PAST_SESSIONS, c.ShowSessions(past=True)),),
        ),
        ANA_READS,
    ),
}
