"""Delegated permissions as they are asked for: a short name, or that of a resource before it."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.rules.graph_scopes import DELEGATED, GRAPH, SIGN_IN

RESOURCE = "https://graph.microsoft.com/"


def short(scope: str) -> str:
    """The name without Graph's address before it."""
    return scope.removeprefix(RESOURCE)


def unknown(asked: Iterable[str]) -> list[str]:
    """Those that exist neither in Graph's calendar part nor in sign-in."""
    return [each for each in asked if short(each) not in DELEGATED]


def answered(asked: Iterable[str], granted: frozenset[str]) -> list[str]:
    """What a token covers, for the answer: as it was asked for, then what was allowed before. offline_access is no
    part of it: the refresh token itself says so."""
    wanted = [each for each in asked if short(each) in granted and short(each) != "offline_access"]
    named = {short(each) for each in wanted}
    return [*wanted, *sorted(each for each in granted if each in GRAPH and each not in named)]


def of_graph(scopes: Iterable[str]) -> list[str]:
    """What Graph reads in a token, and the sign-in scopes it carries along."""
    return sorted({short(each) for each in scopes if short(each) in GRAPH or short(each) in SIGN_IN})
