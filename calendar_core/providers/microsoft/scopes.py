"""What we ask of a person at Microsoft, and what each of it is for (docs/providers.md has the same table)."""

from __future__ import annotations

from .auth import PUBLIC_GRAPH

CALENDARS = "Calendars.ReadWrite"
NEEDED = (CALENDARS,)
ASKED_FOR = (CALENDARS, "email")
ADDED_BY_MSAL = ("openid", "profile", "offline_access")


def asked_for(graph: str = PUBLIC_GRAPH) -> list[str]:
    """As MSAL wants them: Graph's own by their whole names."""
    return [f"{graph}/{scope}" if "." in scope else scope for scope in ASKED_FOR]


def granted(answer: str, graph: str = PUBLIC_GRAPH) -> tuple[str, ...]:
    """Those in a token's answer, by their short names."""
    return tuple(sorted({scope.removeprefix(f"{graph}/") for scope in answer.split()}))
