"""Connecting calendars: by the consent of a domain, or by each person's own; and seeing whether they answer."""

from dataclasses import dataclass

from .probing import Probing

__all__ = ["Connecting", "Probing"]


@dataclass(frozen=True, slots=True)
class Connecting:
    """Everything that may be asked of it."""

    probing: Probing
