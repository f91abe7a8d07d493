"""The address of a message in Teams: what a session is to be about, without a word of what is said there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from calendar_core.topic import LONGEST

HOSTS = ("teams.microsoft.com", "teams.cloud.microsoft", "gov.teams.microsoft.us", "dod.teams.microsoft.us")
IN_A_CHAT = '{"contextType":"chat"}'
GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
# What leads there, in the order of what can be missed last; the rest says how the team and the channel are called.
LEADING = {"context": re.escape(IN_A_CHAT), "tenantId": GUID, "groupId": GUID, "parentMessageId": r"[0-9]{1,20}"}
CONVERSATION = r"[A-Za-z0-9:@._-]{1,150}"
PATH = re.compile(rf"/l/message/({CONVERSATION})/([0-9]{{1,20}})", re.ASCII)
_QUERY = "|".join(f"{name}=[A-Za-z0-9%.-]{{1,60}}" for name in LEADING)
ADDRESS = re.compile(
    rf"(?<!\S)https://(?:{'|'.join(map(re.escape, HOSTS))})/l/message/[A-Za-z0-9%._-]{{1,180}}/[0-9]{{1,20}}"
    rf"(?:\?(?:{_QUERY})(?:&(?:{_QUERY}))*)?(?!\S)",
    re.ASCII,
)


def message_link(value: object) -> str:
    """Of the message that an extension's command was used on, as Teams gives it; empty for what is none."""
    payload = value.get("messagePayload") if isinstance(value, Mapping) else None
    told = payload.get("linkToMessage") if isinstance(payload, Mapping) else None
    try:
        parts = urlsplit(told if isinstance(told, str) else "")
        asked = dict(parse_qsl(parts.query, max_num_fields=20))
    except ValueError:
        return ""
    found = PATH.fullmatch(unquote(parts.path))
    if parts.scheme != "https" or parts.netloc not in HOSTS or found is None:
        return ""
    address = f"https://{parts.netloc}/l/message/{quote(found[1], safe='')}/{found[2]}"
    for name, form in LEADING.items():
        leads = asked.get(name, "")
        if not re.fullmatch(form, leads) or (name == "parentMessageId" and leads == found[2]):
            continue
        longer = f"{address}{'&' if '?' in address else '?'}{name}={quote(leads, safe='')}"
        address = longer if len(longer) <= LONGEST else address
    return address if len(address) <= LONGEST else ""


def addresses_in(text: str) -> list[str]:
    """Those of messages: whoever may read one there may press it, and it leads nowhere else."""
    return [found[0] for found in ADDRESS.finditer(text)]
