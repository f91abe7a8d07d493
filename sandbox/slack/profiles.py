"""Members and workspaces as Slack shows them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.slack.people import Member, Team
from sandbox.world import Json


def member_json(member: Member, now: datetime, *, locale: bool, email: bool) -> dict[str, Json]:
    """`email`: whether the asker's scopes let it see addresses."""
    local = now.astimezone(ZoneInfo(member.time_zone))
    offset = local.utcoffset()
    profile: dict[str, Json] = {
        "real_name": member.name,
        "display_name": member.name.partition(" ")[0],
        "real_name_normalized": member.name,
        "team": member.team.id,
    }
    if email and not member.bot and not member.stranger:
        profile["email"] = member.email
    shown: dict[str, Json] = {
        "id": member.id,
        "team_id": member.team.id,
        "name": member.address.partition("@")[0],
        "deleted": member.deleted,
        "is_bot": member.bot,
        "is_app_user": False,
        "updated": 1,
        "profile": profile,
    }
    if member.deleted:  # what Slack leaves out for those who left
        return shown
    shown |= {
        "real_name": member.name,
        "tz": member.time_zone,
        "tz_label": local.strftime("%Z"),
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_admin": member.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.guest != "",
        "is_ultra_restricted": member.guest == "single",
        "is_email_confirmed": member.confirmed,
    }
    if member.stranger:
        shown["is_stranger"] = True
    if member.team.enterprise:
        shown["enterprise_user"] = {
            "id": member.id,
            "enterprise_id": member.team.enterprise,
            "enterprise_name": "Organisation",
            "is_admin": False,
            "is_owner": False,
            "teams": [team.id for team in member.teams],
        }
    return {**shown, "locale": member.locale} if locale else shown


def team_json(team: Team) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "id": team.id,
        "name": team.name,
        "domain": team.domain.partition(".")[0],
        "email_domain": team.domain,
        "icon": {"image_default": True},
    }
    return {**shown, "enterprise_id": team.enterprise, "enterprise_name": "Organisation"} if team.enterprise else shown
