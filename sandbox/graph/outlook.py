"""What Outlook knows of a mailbox beside its events: whether titles are shared, and how its zone is written down."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sandbox.world import Mailbox, World


@dataclass(frozen=True, slots=True)
class OutlookSettings:
    """shares_titles: getSchedule tells subject and location of what is not private. custom_zone: working hours name
    no zone but spell out its rules. zone_name: mailboxSettings' timeZone where it is not the usual Windows name.
    schedule_error: getSchedule answers this responseCode for it."""

    shares_titles: bool = True
    custom_zone: bool = False
    zone_name: str | None = None
    schedule_error: str | None = None


class OutlookMailboxes:
    """Kept as facts of the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def set(self, address: str, settings: OutlookSettings) -> None:
        self._world.remember(f"outlook {address.lower()}", asdict(settings))

    def settings(self, mailbox: Mailbox) -> OutlookSettings:
        kept = self._world.fact(f"outlook {mailbox.address}")
        if not isinstance(kept, dict):
            return OutlookSettings()
        zone_name, error = kept["zone_name"], kept["schedule_error"]
        return OutlookSettings(
            shares_titles=kept["shares_titles"] is True,
            custom_zone=kept["custom_zone"] is True,
            zone_name=zone_name if isinstance(zone_name, str) else None,
            schedule_error=error if isinstance(error, str) else None,
        )
