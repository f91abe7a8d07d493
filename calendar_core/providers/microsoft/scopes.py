"""What we ask of a person at Microsoft, and what each of it is for (docs/providers.md has the same table).

Of a whole tenant its administrator is asked, for what the page for IT names (adapters/doctor/for_it.py).
"""

from __future__ import annotations

from .auth import PUBLIC_GRAPH

CALENDARS = "Calendars.ReadWrite"
NEEDED = (CALENDARS,)


def asked_for(graph: str = PUBLIC_GRAPH) -> list[str]:
    """As MSAL wants them, which adds openid, profile and offline_access."""
    return [f"{graph}/{scope}" for scope in NEEDED]


def granted(answer: str, graph: str = PUBLIC_GRAPH) -> tuple[str, ...]:
    """Those in a token's answer, by their short names."""
    return tuple(sorted({scope.removeprefix(f"{graph}/") for scope in answer.split()}))
