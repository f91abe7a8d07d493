"""What may be asked of the operator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskFreeBusyOnly:
    """An admin's wish that only the operator can grant; `send`: [Send the request]."""

    send: bool = False


OperatingCommand = AskFreeBusyOnly
