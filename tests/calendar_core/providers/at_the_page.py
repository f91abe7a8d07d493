"""A person in front of a vendor's consent page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from calendar_core.people import User
from calendar_core.ports import Consent, Extra, Granted, NotGranted
from sandbox.app import Sandbox

STATE = "a state of ours & more"


async def answered(
    sandbox: Sandbox, url: str, who: str, *, decision: str = "allow", ticked: Sequence[str] | None = None
) -> dict[str, str]:
    """What the page sends to us once `who` has decided there. `ticked`: every box where None."""
    told: dict[str, Any] = {"url": url, "mailbox": who, "decision": decision}
    if ticked is not None:
        told["scopes"] = list(ticked)
    async with aiohttp.ClientSession() as http, http.post(f"{sandbox.url}/_/consent", json=told) as response:
        said = await response.json()
        assert response.status == 200, said
    return said["form"] or dict(parse_qsl(urlsplit(said["url"]).query, keep_blank_values=True))


async def consented(
    sandbox: Sandbox,
    consent: Consent,
    user: User,
    redirect: str,
    *,
    who: str | None = None,
    extras: frozenset[Extra] = frozenset(),
    decision: str = "allow",
    ticked: Sequence[str] | None = None,
) -> Granted | NotGranted:
    """The whole way, by the account `who` (the person's own where None)."""
    begun = await consent.begin(user, state=STATE, redirect=redirect, extras=extras)
    answer = await answered(sandbox, begun.url, who or user.email, decision=decision, ticked=ticked)
    return await consent.finish(begun.flow, answer)
