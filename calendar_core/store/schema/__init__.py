"""The tables, by what they are about. Whoever needs one asks here: by its name, or as `schema.session` beside values
of that name. Slots are epoch minutes, instants whole microseconds UTC (columns.py), identifiers exact text.

What each database needs beyond this (PostgreSQL's exclusion of overlapping holds, procrastinate's tables) is in the
migrations, which build the same tables: a test compares.
"""

from calendar_core.store.metadata import metadata

from .chats import chat_account, identity, link_code, workspace
from .connections import approval, credential, domain_health, integration, repair, sign_in, withdrawal
from .invitations import invitation, invitation_copy, letter_read, letterbox, mailed_reply
from .jobs import job, tick
from .messages import happening, inbox, listing, post, told, unreached, upload
from .organisations import api_token, mode_change, operator_wish, organisation, partner, programme
from .people import ending, match, membership, person
from .requests import lookup, receipt, refused_asker, request
from .sessions import closed_month, feedback, session, session_reply, slot_hold, step, transfer
from .slack import slack_installation, slack_state
from .teams import teams_heard, teams_place, teams_welcome

REVISION = "0020"  # the newest migration; a test compares

__all__ = [
    "REVISION",
    "api_token",
    "approval",
    "chat_account",
    "closed_month",
    "credential",
    "domain_health",
    "ending",
    "feedback",
    "happening",
    "identity",
    "inbox",
    "integration",
    "invitation",
    "invitation_copy",
    "job",
    "letter_read",
    "letterbox",
    "link_code",
    "listing",
    "lookup",
    "mailed_reply",
    "match",
    "membership",
    "metadata",
    "mode_change",
    "operator_wish",
    "organisation",
    "partner",
    "person",
    "post",
    "programme",
    "receipt",
    "refused_asker",
    "repair",
    "request",
    "session",
    "session_reply",
    "sign_in",
    "slack_installation",
    "slack_state",
    "slot_hold",
    "step",
    "teams_heard",
    "teams_place",
    "teams_welcome",
    "tick",
    "told",
    "transfer",
    "unreached",
    "upload",
    "withdrawal",
    "workspace",
]
