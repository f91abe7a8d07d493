"""Answers carry our token: they go to Teams' own services alone."""

from __future__ import annotations

import pytest

from adapters.teams.service_urls import is_allowed

SERVICES = ("smba.trafficmanager.net", "http://127.0.0.1:9/teams")


@pytest.mark.parametrize(
    "address",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net:443/teams",
        "https://in.smba.trafficmanager.net/",
        "http://127.0.0.1:9/teams/emea/",
        "http://127.0.0.1:9/teams",
    ],
)
def test_these_are_sent_to(address: str) -> None:
    assert is_allowed(address, SERVICES)


@pytest.mark.parametrize(
    "address",
    [
        "http://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil-smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://somebody@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/?a=b",
        "https://[::1",
        "https:///teams",
        "http://127.0.0.1:9/teamsters",
        "http://127.0.0.1:90/teams",
        "https://127.0.0.1:9/teams",
        "",
    ],
)
def test_and_these_never(address: str) -> None:
    assert not is_allowed(address, SERVICES)
