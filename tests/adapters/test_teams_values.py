"""Settings about Teams: enough to hear and to speak, or none."""

from __future__ import annotations

import pytest

from adapters.setting_reading import SettingsWrong
from adapters.settings import read_settings
from adapters.teams_values import AppType, InboxKind, service_urls_in

DATABASE = {"PAIRTIME_DATABASE_URL": "sqlite:////tmp/pairtime.sqlite3"}
APP = {"PAIRTIME_TEAMS_APP_ID": "5F2B6C1E-1111-2222-3333-444455556666"}
HOME = {"PAIRTIME_TEAMS_TENANT_ID": "11111111-2222-3333-4444-555555555555"}
SECRET = {"PAIRTIME_TEAMS_APP_SECRET": "sesame"}
OTHER = "99999999-2222-3333-4444-555555555555"


def mistakes(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(DATABASE | environment)
    return wrong.value.mistakes


def test_without_its_settings_there_is_no_teams() -> None:
    assert read_settings(DATABASE).teams is None
    assert read_settings(DATABASE | {"PAIRTIME_TEAMS_CLOUD": "gcch"}).teams is None


def test_one_bot_serves_its_own_tenant_and_those_named() -> None:
    teams = read_settings(DATABASE | APP | HOME | SECRET).teams
    assert teams is not None
    assert (teams.app_type, teams.inbox) == (AppType.SINGLE_TENANT, InboxKind.DURABLE)
    assert teams.app_id == "5f2b6c1e-1111-2222-3333-444455556666"
    assert teams.tenants == {"11111111-2222-3333-4444-555555555555"}
    assert teams.token_tenant == "11111111-2222-3333-4444-555555555555"
    assert "sesame" not in repr(teams)
    several = read_settings(DATABASE | APP | HOME | SECRET | {"PAIRTIME_TEAMS_ALLOWED_TENANTS": f"{OTHER}, "}).teams
    assert several is not None
    assert several.tenants == {"11111111-2222-3333-4444-555555555555", OTHER}


def test_a_bot_of_many_tenants_gets_its_token_elsewhere_and_a_machine_has_no_secret() -> None:
    many = read_settings(DATABASE | APP | HOME | SECRET | {"PAIRTIME_TEAMS_APP_TYPE": "multi-tenant"}).teams
    assert many is not None
    assert many.token_tenant == "botframework.com"
    machine = {"PAIRTIME_TEAMS_APP_TYPE": "managed-identity"}
    assert read_settings(DATABASE | APP | HOME | machine).teams is not None
    [sentence] = mistakes(APP | HOME | machine | SECRET)
    assert "PAIRTIME_TEAMS_APP_SECRET is set. Leave it out" in sentence


@pytest.mark.parametrize(
    ("half", "missing"),
    [
        (APP | HOME, "PAIRTIME_TEAMS_APP_SECRET is not set."),
        (APP | SECRET, "PAIRTIME_TEAMS_TENANT_ID is not set."),
        (HOME, "PAIRTIME_TEAMS_APP_ID is not."),
        (SECRET, "PAIRTIME_TEAMS_APP_ID is not."),
    ],
)
def test_what_is_half_set_says_what_to_set(half: dict[str, str], missing: str) -> None:
    [sentence] = mistakes(half)
    assert missing in sentence


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("APP_ID", "sesame"),
        ("APP_TYPE", "SingleTenat"),
        ("CLOUD", "moon"),
        ("INBOX", "shelf"),
        ("SERVICE_URLS", "http://evil.example"),
        ("ALLOWED_TENANTS", "sesame"),
        ("LOGIN_BASE", "http://login.example.com"),
        ("DEV_ANONYMOUS", "maybe"),
    ],
)
def test_no_word_is_taken_for_another(name: str, told: str) -> None:
    told_of = [each for each in mistakes(APP | HOME | SECRET | {f"PAIRTIME_TEAMS_{name}": told}) if name in each]
    assert told_of
    assert told_of[0].endswith(".")


def test_without_signatures_it_is_this_machine_alone() -> None:
    anonymous = {"PAIRTIME_TEAMS_DEV_ANONYMOUS": "yes"}
    teams = read_settings(DATABASE | anonymous).teams
    assert teams is not None
    assert teams.anonymous
    assert any("PAIRTIME_LISTEN" in each for each in mistakes(anonymous | {"PAIRTIME_LISTEN": "0.0.0.0:8100"}))
    assert any(
        "PAIRTIME_PUBLIC_URL" in each for each in mistakes(anonymous | {"PAIRTIME_PUBLIC_URL": "https://a.example"})
    )


def test_services_are_hosts_or_addresses() -> None:
    assert service_urls_in("smba.trafficmanager.net, http://127.0.0.1:9/teams/") == (
        "smba.trafficmanager.net",
        "http://127.0.0.1:9/teams",
    )
