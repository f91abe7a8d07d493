"""Which account somebody is, by the installation that heard them, and what their profile makes of it."""

from __future__ import annotations

import pytest

from adapters.secret import Secret
from adapters.slack.installation import Installation
from adapters.slack.who import account_of, identity_of
from calendar_core.chat_account import Standing

WORKSPACE = Installation(
    enterprise="E0GRID",
    team="T0FIRST",
    org_wide=False,
    app="A1",
    bot_user="U0BOT",
    token=Secret("xoxb-1"),
    scopes=frozenset(),
)
ALONE = Installation(
    enterprise=None,
    team="T0FIRST",
    org_wide=False,
    app="A1",
    bot_user="U0BOT",
    token=Secret("xoxb-1"),
    scopes=frozenset(),
)
ORGANISATION = Installation(
    enterprise="E0GRID",
    team=None,
    org_wide=True,
    app="A1",
    bot_user="U0BOT",
    token=Secret("xoxb-1"),
    scopes=frozenset(),
)


@pytest.mark.parametrize("user", ["W0ANA", "U0ANA"])
@pytest.mark.parametrize(
    ("installation", "issuer"), [(WORKSPACE, "slack:T0FIRST"), (ALONE, "slack:T0FIRST"), (ORGANISATION, "slack:E0GRID")]
)
def test_an_account_is_its_installations(installation: Installation, issuer: str, user: str) -> None:
    assert identity_of(user, installation, "T0SECOND").issuer == issuer


def grid(team: str, *teams: str, enterprise: str = "E0GRID", **others: object) -> dict[str, object]:
    """Somebody of an organisation."""
    return {"id": "W0ANA", "team_id": team, "enterprise_user": {"enterprise_id": enterprise, "teams": teams}, **others}


@pytest.mark.parametrize(
    ("installation", "profile", "standing"),
    [
        (ALONE, {"id": "U0ANA", "team_id": "T0FIRST"}, Standing.MEMBER),
        (ALONE, {"id": "U0ANA", "team_id": "T0OTHER"}, Standing.EXTERNAL),
        (ALONE, {"id": "U0ANA", "team_id": "T0FIRST", "is_stranger": True}, Standing.EXTERNAL),
        (ALONE, {"id": "U0ANA", "team_id": "T0FIRST", "is_ultra_restricted": True}, Standing.GUEST),
        (ALONE, {"id": "USLACKBOT", "team_id": "T0FIRST"}, Standing.BOT),
        (ALONE, {}, Standing.DEACTIVATED),
        (WORKSPACE, grid("T0FIRST", "T0FIRST"), Standing.MEMBER),
        (WORKSPACE, grid("T0SECOND", "T0SECOND", "T0FIRST"), Standing.MEMBER),
        (WORKSPACE, grid("E0GRID", "T0FIRST"), Standing.MEMBER),
        (WORKSPACE, grid("T0SECOND", "T0SECOND"), Standing.EXTERNAL),
        (WORKSPACE, grid("E0GRID", "T0SECOND"), Standing.EXTERNAL),
        (WORKSPACE, grid("T0OTHER", "T0OTHER", enterprise="E0OTHER"), Standing.EXTERNAL),
        (ORGANISATION, grid("T0SECOND", "T0SECOND"), Standing.MEMBER),
        (ORGANISATION, grid("E0GRID"), Standing.MEMBER),
        (ORGANISATION, grid("T0OTHER", "T0OTHER", enterprise="E0OTHER"), Standing.EXTERNAL),
        (ORGANISATION, {"id": "U0ANA", "team_id": "T0FIRST"}, Standing.EXTERNAL),
        (ORGANISATION, grid("T0FIRST", "T0FIRST", is_restricted=True), Standing.GUEST),
        (ORGANISATION, grid("T0FIRST", "T0FIRST", deleted=True), Standing.DEACTIVATED),
    ],
)
def test_whoever_is_of_the_place_is_a_member(
    installation: Installation, profile: dict[str, object], standing: Standing
) -> None:
    teams = profile.get("enterprise_user")
    if isinstance(teams, dict):
        profile = {**profile, "enterprise_user": {**teams, "teams": list(teams["teams"])}}
    assert account_of(identity_of("W0ANA", installation, None), profile, installation).standing is standing
