"""Everything that is stored about one person: given out, and erased. A test finds each column that names a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from calendar_core.ended import Leaver
from calendar_core.hours_text import hours_text
from calendar_core.interval import Interval, epoch_minute
from calendar_core.job import revoke_job
from calendar_core.people import NOBODY, OFFICE_HOURS, OwnSettings, ProgrammeId, User, UserId
from calendar_core.ports import Json
from calendar_core.session import SessionState

from . import schema
from .database import Database
from .endings import SqlEndings
from .feedbacks import feedback_given_out
from .jobs import Deferral, Queue
from .people import columns_of, find_user, users_of
from .steps import steps_given_out
from .vault import Vault

SOME_ZONE = "UTC"
OVER = (SessionState.RELEASED, SessionState.CANCELLED)  # in every other state a calendar may have to be asked

# What is one person's alone goes with them. Stays, with an id that has no name any more: a session with its hold and
# its invitation, for it is the other's too; who was shown the other's times; whom a match was with. The credential goes
# by its job, once it was revoked.
THEIRS = (
    schema.identity.c.person,
    schema.integration.c.person,
    schema.repair.c.person,
    schema.membership.c.person,
    schema.session_reply.c.person,
    schema.told.c.person,
    schema.inbox.c.person,
    schema.sign_in.c.person,
    schema.link_code.c.person,
    schema.receipt.c.owner,
    schema.refused_asker.c.person,
    schema.refused_asker.c.asker,
    schema.request.c.asker,
    schema.request.c.proposer,
    schema.request.c.chooser,
    schema.feedback.c.person,
    schema.step.c.author,
    schema.mailed_reply.c.person,
    schema.post.c.person,
    schema.unreached.c.person,
)
STAYS = (
    schema.session.c.booked_by,
    schema.session.c.pressed_by,
    schema.session.c.organizer,
    schema.session.c.attendee,
    schema.slot_hold.c.person,
    schema.receipt.c.viewer,
    schema.match.c.mentor,
    schema.match.c.mentee,
    schema.ending.c.decided_by,
    schema.operator_wish.c.asked_by,
    schema.credential.c.person,
    schema.withdrawal.c.person,
    schema.invitation_copy.c.person,
    schema.upload.c.person,  # until it was removed from the chat, a day at most
)


class SqlPersonalData:
    """The port `PersonalData`."""

    def __init__(self, database: Database, queue: Queue, endings: SqlEndings, vault: Vault) -> None:
        self._database = database
        self._queue = queue
        self._endings = endings
        self._vault = vault

    async def of(self, user: UserId) -> dict[str, Json]:
        def read(connection: Connection) -> dict[str, Json]:
            return {
                **_everything(connection, find_user(connection, user)),
                "feedback": feedback_given_out(connection, user),
                "next steps": steps_given_out(connection, self._vault, user),
            }

        return await self._database.read(read)

    async def erase(self, user: UserId, at: datetime) -> None:
        def write(connection: Connection) -> None:
            find_user(connection, user, lock=True)
            if _has_sessions_to_come(connection, user, at):
                raise ValueError("a session is still to come")
            for programme in _programmes_of(connection, user):
                self._endings.leave_in(connection, Leaver(user, programme), at, tell_leaver=False)
            _erase(connection, user, at)
            self._queue.defer_in(connection, Deferral(revoke_job(user), None))

        await self._database.write(write)


def _has_sessions_to_come(connection: Connection, user: UserId, at: datetime) -> bool:
    to_come = select(schema.session.c.uid).where(
        _in_session(user),
        schema.session.c.state.not_in(OVER),
        schema.session.c.end_minute > epoch_minute(at),
        schema.session.c.frozen.is_(False),  # no calendar is asked about it any more
    )
    return connection.execute(to_come.limit(1)).first() is not None


def _programmes_of(connection: Connection, user: UserId) -> list[ProgrammeId]:
    member = schema.membership
    present = select(member.c.programme).where(member.c.person == user, member.c.ended_at.is_(None))
    return list(connection.execute(present.distinct().order_by(member.c.programme)).scalars())


def _in_session(user: UserId) -> ColumnElement[bool]:
    return or_(schema.session.c.organizer == user, schema.session.c.attendee == user)


def _erase(connection: Connection, user: UserId, at: datetime) -> None:
    accounts = list(connection.execute(select(schema.identity).where(schema.identity.c.person == user)))
    for table in (schema.chat_account, schema.listing, schema.link_code, schema.teams_place):
        for each in accounts:
            its_own = and_(table.c.issuer == each.issuer, table.c.subject == each.subject)
            connection.execute(delete(table).where(its_own))
    for column in THEIRS:
        connection.execute(delete(column.table).where(column == user))
    lookup, match = schema.lookup, schema.match
    connection.execute(delete(lookup).where(or_(lookup.c.low == user, lookup.c.high == user)))
    written = update(schema.session).where(schema.session.c.booked_by == user, schema.session.c.topic != "")
    connection.execute(written.values(topic="", revision=schema.session.c.revision + 1))
    invited = select(schema.invitation_copy.c.invitation).where(schema.invitation_copy.c.person == user)
    connection.execute(update(schema.invitation).where(schema.invitation.c.key.in_(invited)).values(about=""))
    standing = and_(or_(match.c.mentor == user, match.c.mentee == user), match.c.ended_at.is_(None))
    connection.execute(update(match).where(standing).values(ended_at=at))
    known = find_user(connection, user)
    nobody = User(
        user, known.organisation, f"deleted-{user}@invalid", NOBODY, SOME_ZONE, hours=OFFICE_HOURS, own=OwnSettings()
    )
    connection.execute(
        update(schema.person).where(schema.person.c.id == user).values({**columns_of(nobody), "erased_at": at})
    )


# --- given out -------------------------------------------------------------------------------------------------------


def _everything(connection: Connection, user: User) -> dict[str, Json]:
    return {
        "person": _person(user),
        "programmes": _programmes(connection, user),
        "chat accounts": _accounts(connection, user),
        "calendar": _calendar(connection, user),
        "consents being withdrawn": _withdrawals(connection, user),
        "sessions": _sessions(connection, user),
        "requests": _requests(connection, user),
        "who was shown my free times": _receipts(connection, user),
        "messages in the console": [
            row.body for row in connection.execute(select(schema.inbox).where(schema.inbox.c.person == user.id))
        ],
    }


def _person(user: User) -> Json:
    own = user.own
    trips: list[Json] = [{"zone": each.zone, "first": str(each.first), "last": str(each.last)} for each in own.trips]
    return {
        "address": user.email,
        "name": user.name,
        "time zone": user.time_zone,
        "time zone said by": own.zone_from.value,
        "language": user.language,
        "region": user.region,
        "working hours": hours_text(user.hours),
        "working hours said by": own.hours_from.value,
        "paused until": str(user.paused_until) if user.paused_until else None,
        "trips": trips,
        "standing room": own.room,
        "private events": own.private_events,
        "confirmations in group messages": own.group_confirmations,
        "asked after sessions": own.asked_after,
        "further calendars that count": list(own.calendars),
    }


def _programmes(connection: Connection, user: User) -> list[Json]:
    member, programme = schema.membership, schema.programme
    query = (
        select(programme.c.name, member.c.role, member.c.ended_at)
        .join(programme, programme.c.id == member.c.programme)
        .where(member.c.person == user.id)
        .order_by(programme.c.name, member.c.role)
    )
    return [
        {"programme": row.name, "role": row.role.value, "left": _instant(row.ended_at)}
        for row in connection.execute(query)
    ]


def _accounts(connection: Connection, user: User) -> list[Json]:
    query = select(schema.identity).where(schema.identity.c.person == user.id)
    return [
        {
            "where": row.issuer,
            "account": row.subject,
            "address there": row.address,
            "off since": _instant(row.suspended_at),
        }
        for row in connection.execute(query)
    ]


def _calendar(connection: Connection, user: User) -> Json:
    row = connection.execute(select(schema.integration).where(schema.integration.c.person == user.id)).first()
    if row is None:
        return None
    consent = connection.execute(
        select(schema.credential.c.account, schema.credential.c.scopes).where(schema.credential.c.person == user.id)
    ).first()
    return {
        "status": row.kind.value if row.kind else "",
        "account": row.account,
        "works": row.health.value,
        "reason": row.trouble.value if row.trouble else None,
        "since": _instant(row.since),
        "checked": _instant(row.checked_at),
        "consent": {"account": consent.account, "permissions": list(consent.scopes)} if consent else None,
    }


def _withdrawals(connection: Connection, user: User) -> list[Json]:
    table = schema.withdrawal
    rows = connection.execute(select(table).where(table.c.person == user.id).order_by(table.c.since))
    return [{"account": row.account, "since": _instant(row.since)} for row in rows]


def _sessions(connection: Connection, user: User) -> list[Json]:
    table = schema.session
    rows = list(connection.execute(select(table).where(_in_session(user.id)).order_by(table.c.start_minute)))
    others = {row.attendee if row.organizer == user.id else row.organizer for row in rows}
    names = {each.id: each.name for each in users_of(connection, others).values()}
    return [
        {
            "with": names.get(row.attendee if row.organizer == user.id else row.organizer, NOBODY),
            "start": Interval(row.start_minute, row.end_minute).start.isoformat(),
            "minutes": row.end_minute - row.start_minute,
            "state": row.state.value,
            "organizer": row.organizer == user.id,
            "booked by me": row.booked_by == user.id,
            "booked through": row.booked_via,
            "link": row.conference_url,
            "topic": row.topic,
        }
        for row in rows
    ]


def _requests(connection: Connection, user: User) -> list[Json]:
    table = schema.request
    mine = or_(table.c.asker == user.id, table.c.proposer == user.id, table.c.chooser == user.id)
    return [
        {
            "made": _instant(row.made_at),
            "by me": row.asker == user.id,
            "minutes": row.minutes,
            "times": [each.start.isoformat() for each in row.times],
            "topic": row.topic,
            "state": row.state.value,
        }
        for row in connection.execute(select(table).where(mine).order_by(table.c.made_at))
    ]


def _receipts(connection: Connection, user: User) -> list[Json]:
    """By the name of whoever looked: one of those the person was matched with."""
    table = schema.receipt
    rows = list(connection.execute(select(table).where(table.c.owner == user.id).order_by(table.c.day)))
    names = {each.id: each.name for each in users_of(connection, {row.viewer for row in rows}).values()}
    return [
        {
            "who": names.get(row.viewer, NOBODY),
            "on": str(row.day),
            "for": [str(row.first), str(row.last)],
            "automatic": row.automatic,
        }
        for row in rows
    ]


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
