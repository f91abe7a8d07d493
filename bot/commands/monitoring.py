"""How connections stand, and what becomes of one that broke."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.people import UserId


@dataclass(frozen=True, slots=True)
class ShowHealth:
    """An admin's: how calendars are reached, and what waits."""


@dataclass(frozen=True, slots=True)
class HowToRenew:
    """[How to renew] a secret or certificate that ends."""


@dataclass(frozen=True, slots=True)
class StatusOf:
    """An admin's: one person's connection, by the name that was typed."""

    name: str


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """The same, of somebody who was chosen among several."""

    user: UserId


@dataclass(frozen=True, slots=True)
class CheckCalendar:
    """[Check now]: whether that person's calendar answers."""

    user: UserId


@dataclass(frozen=True, slots=True)
class RemindTomorrow:
    """[Tomorrow] on the notice that one's connection broke."""


@dataclass(frozen=True, slots=True)
class StopAsking:
    """[Stop asking] on the same."""


MonitoringCommand = ShowHealth | HowToRenew | StatusOf | ShowPerson | CheckCalendar | RemindTomorrow | StopAsking
