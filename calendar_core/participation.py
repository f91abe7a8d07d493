"""How somebody answers an invitation, in the standard's words."""

from __future__ import annotations

from enum import StrEnum


class Participation(StrEnum):
    """An attendee's PARTSTAT (RFC 5545 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
