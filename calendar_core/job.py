"""Durable work by name: a job says what to bring up to date and carries ids only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from calendar_core.chat_account import CodeId
from calendar_core.feedback import ASKED_AFTER
from calendar_core.happening import HappeningId, SessionSoon
from calendar_core.interval import MINUTE
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.session import Session, SessionUid
from calendar_core.sign_in import SignInKey
from calendar_core.wall_clock import local_time

SETTLE, TELL, REMIND, SWEEP, PROBE, FORGET = "settle", "tell", "remind", "sweep", "probe", "forget"
LOOK, MONITOR, END_PROGRAMMES = "look", "monitor", "end programmes"
MAIL, MAIL_CODE, MAIL_WISH, WELCOME, REVOKE = "mail", "mail code", "mail wish", "welcome", "revoke"
TRANSFER, READ_LETTERS, REMOVE_FILES, ANSWER_LEFT = "transfer", "letters", "remove files", "answer left"
FOLLOW_UP = "follow up"
CHECK_INSTALLATION = "check installation"  # of a chat's app; without a subject: all of them
SHORTLY_BEFORE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Job:
    """A named thing to bring up to date. Doubles and stale ones are harmless: the handler reads the present state."""

    name: str
    subject: tuple[str, ...] = ()


def settle_job(uid: SessionUid) -> Job:
    """Bring one session to rest."""
    return Job(SETTLE, (uid,))


def tell_job(happening: HappeningId, user: UserId) -> Job:
    """Tell one person of one happening."""
    return Job(TELL, (str(happening), str(user)))


def mail_job(key: str) -> Job:
    """Send everybody what they lack of one invitation. Its lock is the key: one letter at a time."""
    return Job(MAIL, (key,))


def probe_job(user: UserId) -> Job:
    """Find out whether one person's calendar answers. Without a subject: of everybody whose turn it is."""
    return Job(PROBE, (str(user),))


def welcome_job(sign_in: SignInKey) -> Job:
    """Tell whoever has connected a calendar so, in the chat that asked."""
    return Job(WELCOME, (sign_in,))


def revoke_job(user: UserId) -> Job:
    """Withdraw and delete what a person's own consent left us, unless their calendar is connected by it."""
    return Job(REVOKE, (str(user),))


def mail_wish_job(organisation: OrganisationId) -> Job:
    """Mail the operator what an organisation's admins wish for."""
    return Job(MAIL_WISH, (str(organisation),))


def mail_code_job(code: CodeId) -> Job:
    """Make a one-time code and mail it to whoever has the address it is for."""
    return Job(MAIL_CODE, (str(code),))


def transfer_job(uid: SessionUid) -> Job:
    """Let one session's event go, and come again in the way its organisation's mode asks for."""
    return Job(TRANSFER, (uid,))


def remind_jobs(session: Session, user: User, now: datetime) -> list[tuple[Job, datetime]]:
    """Remind one person the day before, at the same wall time of theirs, and 15 minutes before (dialogue 4.8).

    Times already past are left out: a session booked three hours ahead gets only the second. Each job names the
    sequence it belongs to, so a later move voids it (invariant 10).
    """
    start = session.when.start
    # wall-clock arithmetic: the day before stays 09:00 although the clocks change in between
    day_before = (local_time(user.itinerary, start) - timedelta(days=1)).astimezone(start.tzinfo)
    return [
        (Job(REMIND, (session.uid, str(session.sequence), str((start - due) // MINUTE), str(user.id))), due)
        for due in (day_before, start - SHORTLY_BEFORE)
        if due > now
    ]


def session_jobs(session: Session, people: Iterable[User], now: datetime) -> list[tuple[Job, datetime]]:
    """All that a session makes to be done later for its two people. A move voids it, and makes it anew."""
    return [job for user in people for job in (*remind_jobs(session, user, now), follow_up_job(session, user.id))]


def follow_up_job(session: Session, user: UserId) -> tuple[Job, datetime]:
    """Ask one person about the session once it is over. Names the sequence, as reminders do."""
    return Job(FOLLOW_UP, (session.uid, str(session.sequence), str(user))), session.when.end + ASKED_AFTER


def follow_up_in(job: Job) -> tuple[SessionUid, int, UserId]:
    """Of which session, in which sequence, a follow-up job asks whom."""
    uid, sequence, user = job.subject
    return SessionUid(uid), int(sequence), UserId(int(user))


def reminder_in(job: Job) -> tuple[SessionSoon, UserId]:
    """What a remind job says, and to whom."""
    uid, sequence, minutes_before, user = job.subject
    return SessionSoon(SessionUid(uid), int(sequence), int(minutes_before)), UserId(int(user))
