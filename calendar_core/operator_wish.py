"""What an organisation's admins ask the operator for, who alone can do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .people import OrganisationId, UserId


@dataclass(frozen=True, slots=True)
class OperatorWish:
    """Free/Busy Only is wished for. It stands until the operator has answered, one for each organisation."""

    organisation: OrganisationId
    asked_by: UserId
    asked_at: datetime
