"""The tables. Slots are epoch minutes, instants whole microseconds UTC (columns.py), identifiers exact text.

What each database needs beyond this (PostgreSQL's exclusion of overlapping holds, procrastinate's tables) is in the
migrations, which build the same tables: a test compares.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from calendar_core.integration import Health, IntegrationKind, Suite, Trouble
from calendar_core.participation import Participation
from calendar_core.people import Role
from calendar_core.request import Basis, RequestState
from calendar_core.session import Cancellation, Link, Release, Removal, SessionState

from . import (
    api_table,
    chat_tables,
    follow_up_tables,
    health_tables,
    invitation_tables,
    match_tables,
    post_tables,
    sign_in_table,
    slack_tables,
    teams_tables,
    withdrawal_table,
)
from .columns import Hours, Id, Instant, Minute, Own, ProgrammeRules, Sealed, Slot, Slots, Texts, Word
from .metadata import metadata

REVISION = "0019"  # the newest migration; a test compares

# --- who takes part ----------------------------------------------------------------------------------------------

organisation = Table(
    "organisation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("google_domains", Texts, nullable=False),
    Column("entra_tenant", Text),
    Column("contact", Text),
    Column("free_busy_only", Boolean, nullable=False, server_default=false()),
    Column("account_domains", Texts),
    Column("groups_only", Boolean, nullable=False, server_default=false()),
    sqlite_autoincrement=True,  # an id is never given out twice; so for every table that numbers its rows
)

programme = Table(
    "programme",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("contact", Text),
    Column("hours", Hours, nullable=False),
    Column("rules", ProgrammeRules, nullable=False),
    UniqueConstraint("organisation", "name"),
    sqlite_autoincrement=True,
)

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("email", Text, nullable=False),
    Column("address", Text, nullable=False, index=True),  # the e-mail as it is compared: case ignored
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("hours", Hours, nullable=False),
    Column("paused_until", Date),
    Column("own", Own),
    Column("erased_at", Instant),  # the person asked for it: what is left is an id
    UniqueConstraint("organisation", "address"),
    sqlite_autoincrement=True,
)

membership = Table(
    "membership",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("programme", ForeignKey("programme.id"), primary_key=True),
    Column("role", Word(Role), primary_key=True),
    Column("ended_at", Instant),
    Index("membership_programme", "programme"),
)

match = Table(
    "match",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", ForeignKey("programme.id"), nullable=False),
    Column("mentor", ForeignKey("person.id"), nullable=False),
    Column("mentee", ForeignKey("person.id"), nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("approved_by", Id),  # who agreed to the match of another admin
    Index("match_mentor", "mentor"),
    Index("match_mentee", "mentee"),
    sqlite_autoincrement=True,
)
standing_match = Index(  # a pair may be matched again after it ended
    "match_standing",
    match.c.programme,
    match.c.mentor,
    match.c.mentee,
    unique=True,
    sqlite_where=match.c.ended_at.is_(None),
    postgresql_where=match.c.ended_at.is_(None),
)

ending, partner, operator_wish = match_tables.ending, match_tables.partner, match_tables.operator_wish

identity, workspace = chat_tables.identity, chat_tables.workspace  # whose a chat account is, and whose it may be
chat_account, link_code = chat_tables.chat_account, chat_tables.link_code

integration = Table(
    "integration",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("kind", Word(IntegrationKind)),
    Column("health", Word(Health), nullable=False),
    Column("account", Text, nullable=False),
    Column("trouble", Word(Trouble)),
    Column("since", Instant),
    Column("checked_at", Instant),
)

repair, domain_health = health_tables.repair, health_tables.domain_health  # what broke, and who is told of it

credential = Table(  # what a person's own consent left us; whoever renews it holds the lease
    "credential",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("kind", Word(IntegrationKind), nullable=False),
    Column("account", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("scopes", Texts, nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("access", Sealed),
    Column("access_ends", Instant),
    Column("refused", Word(Trouble)),
    Column("refused_at", Instant),
    Column("revision", Integer, nullable=False),
    Column("holder", Text),
    Column("lease_until", Instant),
    CheckConstraint("(access IS NULL) = (access_ends IS NULL)", name="access_whole"),
    CheckConstraint("(holder IS NULL) = (lease_until IS NULL)", name="lease_whole"),
    Index("credential_subject", "kind", "subject"),
)

sign_in = sign_in_table.sign_in  # a person's way through a vendor's consent
withdrawal = withdrawal_table.withdrawal  # consents that connect nobody any more
api_token = api_table.api_token  # by which other programs read
slack_installation = slack_tables.slack_installation  # where Slack's app is installed
slack_state = slack_tables.slack_state
teams_place = teams_tables.teams_place  # where accounts are found in Teams

# --- sessions ----------------------------------------------------------------------------------------------------

session = Table(
    "session",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("match", ForeignKey("match.id"), nullable=False, index=True),
    Column("booked_by", ForeignKey("person.id"), nullable=False),
    Column("pressed_by", ForeignKey("person.id"), nullable=False),
    Column("organizer", ForeignKey("person.id"), nullable=False, index=True),
    Column("attendee", ForeignKey("person.id"), nullable=False, index=True),
    Column("start_minute", Minute, nullable=False),
    Column("end_minute", Minute, nullable=False),
    Column("zone", Text, nullable=False),
    Column("wall_start", Text, nullable=False),  # what was agreed on the organizer's clock, should a zone's law change
    Column("state", Word(SessionState), nullable=False),
    Column("booked_via", Text, nullable=False),
    Column("looked_at", Instant, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("event_id", Text),
    Column("event_uid", Text),
    Column("event_etag", Text),
    Column("conference_suite", Word(Suite)),
    Column("conference_url", Text),
    Column("link", Word(Link), nullable=False),
    Column("released_because", Word(Release)),
    Column("mailed", Boolean, nullable=False, server_default=false()),  # its event is in `invitation`
    Column("frozen", Boolean, nullable=False, server_default=false()),
    Column("organizer_answer", Word(Participation), nullable=False, server_default=text("'ACCEPTED'")),
    Column("attendee_answer", Word(Participation), nullable=False, server_default=text("'NEEDS-ACTION'")),
    Column("cancelled_by", Id),
    Column("cancelled_at", Instant),
    Column("cancelled_because", Word(Cancellation)),
    Column("removal", Word(Removal)),
    Column("topic", Text, nullable=False, server_default=text("''")),  # for the two people alone
    CheckConstraint("start_minute < end_minute", name="lasts"),
    Index("session_state", "state"),
)

slot_hold = Table(  # the times a session takes from its people; `next_*` while it is being moved
    "slot_hold",
    metadata,
    Column("session", ForeignKey("session.uid"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("start_minute", Minute, nullable=False),
    Column("end_minute", Minute, nullable=False),
    Column("next_start_minute", Minute),
    Column("next_end_minute", Minute),
    CheckConstraint("start_minute < end_minute", name="lasts"),
    CheckConstraint("(next_start_minute IS NULL) = (next_end_minute IS NULL)", name="next_whole"),
    CheckConstraint("next_start_minute < next_end_minute", name="next_lasts"),
    Index("slot_hold_person", "person", "start_minute"),
)

session_reply = Table(  # who has seen what became of a session as the reply to it, and of which of its changes
    "session_reply",
    metadata,
    Column("session", ForeignKey("session.uid"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("sequence", Integer, nullable=False, server_default=text("0")),
)

feedback, step = follow_up_tables.feedback, follow_up_tables.step  # what follows a session
closed_month = follow_up_tables.closed_month

invitation = invitation_tables.invitation  # events that no calendar holds
invitation_copy = invitation_tables.invitation_copy

# --- between two people ------------------------------------------------------------------------------------------

request = Table(
    "request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", ForeignKey("programme.id"), nullable=False),
    Column("match", ForeignKey("match.id")),
    Column("asker", ForeignKey("person.id"), nullable=False),
    Column("proposer", ForeignKey("person.id"), nullable=False),
    Column("chooser", ForeignKey("person.id")),  # none: it reached nobody
    Column("low", Id),  # the pair, whoever asks: the smaller user id first
    Column("high", Id),
    Column("minutes", Integer, nullable=False),
    Column("times", Slots, nullable=False),
    Column("basis", Word(Basis), nullable=False),
    Column("state", Word(RequestState), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("chosen", Slot),
    Column("topic", Text, nullable=False, server_default=text("''")),
    Index("request_asker", "asker", "made_at"),
    sqlite_autoincrement=True,
)
open_request = Index(
    "request_open",
    request.c.low,
    request.c.high,
    unique=True,
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)

refused_asker = Table(
    "refused_asker",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("asker", ForeignKey("person.id"), primary_key=True),
)

receipt = Table(
    "receipt",
    metadata,
    Column("owner", ForeignKey("person.id"), primary_key=True),
    Column("viewer", ForeignKey("person.id"), primary_key=True),
    Column("match", ForeignKey("match.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Index("receipt_day", "day"),
)

lookup = Table(  # how often a pair has looked on a day
    "lookup",
    metadata,
    Column("low", Id, primary_key=True),
    Column("high", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, nullable=False),
    Index("lookup_day", "day"),
)

# --- what is said ------------------------------------------------------------------------------------------------

listing = Table(
    "listing",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("tokens", Texts, nullable=False),
    Column("at", Instant, nullable=False),
    Column("newer", Integer, nullable=False),
)

happening = Table(
    "happening",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("fields", JSON, nullable=False),
    sqlite_autoincrement=True,
)

told = Table(
    "told",
    metadata,
    Column("happening", ForeignKey("happening.id"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)

inbox = post_tables.inbox

# --- durable work ------------------------------------------------------------------------------------------------

tick = Table(  # the newest tick of each periodic job, counted in periods since 1970
    "tick",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

job = Table(  # the embedded runner's; on PostgreSQL procrastinate has its own
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("subject", Texts, nullable=False),
    Column("lock", Text),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text),
    Column("lease_until", BigInteger),  # milliseconds since 1970 by the machine's clock
    Column("dead_because", Text),
    Index("job_due", "due_at"),
    Index("job_lock", "lock"),
    sqlite_autoincrement=True,
)
