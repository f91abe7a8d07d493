"""Connecting one's own calendar."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.integration import Suite


@dataclass(frozen=True, slots=True)
class Connect:
    """Connect one's own calendar, of that suite if one was named; `again` also where one is connected already."""

    suite: Suite | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Let go of one's own calendar; asks before it does."""

    sure: bool = False


@dataclass(frozen=True, slots=True)
class AskForApproval:
    """[Ask Priya]: an administrator of the person's mail must approve first."""

    suite: Suite


@dataclass(frozen=True, slots=True)
class ShowApprovalText:
    """[Copy text for IT]."""

    suite: Suite


ConnectingCommand = Connect | Disconnect | AskForApproval | ShowApprovalText
