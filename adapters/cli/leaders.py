"""The demo programme "Leaders 2026": who takes part, who is matched, and how each one's calendar is connected.

Values only: `seeding` puts them into a store and a sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import Role

PROGRAMME = "Leaders 2026"
CONTACT = "help@example.com"
MAILBOX = "sessions@example.com"  # the programme's own: whom mailed invitations come from
ORGANISATION = "example.com"
PARTNER_ORGANISATION = "example.org"
OTHERS = 120
OTHER_ACCOUNTS = "example.net"  # the operator lets people sign in with accounts of that domain too
GILS_OWN = "gil.mora@example.net"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`kind` is how the calendar is connected now; None: it is not, for the reason `trouble`.

    `later` is the kind this person will have once such integrations exist; until then they are not connected.
    """

    email: str
    name: str
    role: Role
    time_zone: str
    region: str = ""
    kind: IntegrationKind | None = None
    later: IntegrationKind | None = None
    trouble: Trouble | None = Trouble.NEVER_CONNECTED

    @property
    def organisation(self) -> str:
        """Named as its domain."""
        return self.email.partition("@")[2]

    @property
    def suite(self) -> Literal["google", "microsoft"]:
        """Where the mailbox is, connected or not."""
        in_outlook = (self.kind or self.later or IntegrationKind.GOOGLE_DOMAIN).value.startswith("Outlook")
        return "microsoft" if in_outlook else "google"


@dataclass(frozen=True, slots=True)
class Pair:
    """A match, by addresses."""

    mentor: str
    mentee: str


def _connected(email: str, name: str, role: Role, kind: IntegrationKind, *, time_zone: str, region: str) -> Person:
    return Person(email=email, name=name, role=role, time_zone=time_zone, region=region, kind=kind, trouble=None)


GOOGLE, OUTLOOK = IntegrationKind.GOOGLE_DOMAIN, IntegrationKind.OUTLOOK_DOMAIN
LIMITED = IntegrationKind.OUTLOOK_FREE_BUSY_ONLY

ANA = _connected("ana@example.com", "Ana Ruiz", Role.MENTEE, GOOGLE, time_zone="America/New_York", region="US")
SAM = _connected("sam@example.com", "Sam Okoye", Role.MENTOR, OUTLOOK, time_zone="Europe/Berlin", region="DE-BE")
PRIYA = _connected("priya@example.com", "Priya Nair", Role.ADMIN, GOOGLE, time_zone="America/Toronto", region="CA-ON")

CAST: tuple[Person, ...] = (
    ANA,
    SAM,
    PRIYA,
    _connected("uma@example.com", "Uma Sorensen", Role.MENTEE, GOOGLE, time_zone="Europe/Copenhagen", region="DK"),
    Person(
        email="gil@example.com",
        name="Gil Mora",
        role=Role.MENTEE,
        time_zone="Europe/Madrid",
        region="ES",
        kind=IntegrationKind.GOOGLE_INDIVIDUAL,
        trouble=None,
    ),
    Person(
        email="ines@example.com",
        name="Ines Falk",
        role=Role.MENTOR,
        time_zone="Europe/Berlin",
        region="DE",
        kind=IntegrationKind.OUTLOOK_INDIVIDUAL,
        trouble=None,
    ),
    _connected("dora@example.com", "Dora Lindt", Role.MENTEE, GOOGLE, time_zone="Europe/Vienna", region="AT"),
    Person(email="lea@example.com", name="Lea Brandt", role=Role.MENTOR, time_zone="Europe/Zurich", region="CH"),
    Person(
        email="tom@example.com",
        name="Tom Vance",
        role=Role.MENTEE,
        time_zone="Europe/London",
        region="GB-ENG",
        kind=IntegrationKind.OUTLOOK_INDIVIDUAL,
        trouble=Trouble.ACCESS_WITHDRAWN,
    ),
    Person(
        email="noor@example.com",
        name="Noor Aziz",
        role=Role.MENTOR,
        time_zone="Asia/Dubai",
        later=IntegrationKind.OUTLOOK_DOMAIN,
        trouble=Trouble.NO_MAILBOX,
    ),
    _connected("kai@example.com", "Kai Lindqvist", Role.MENTEE, OUTLOOK, time_zone="Europe/Stockholm", region="SE"),
    _connected("mia@example.org", "Mia Castel", Role.MENTEE, LIMITED, time_zone="Europe/Paris", region="FR"),
    _connected("theo@example.org", "Theo Marchetti", Role.MENTOR, LIMITED, time_zone="Europe/Rome", region="IT"),
    _connected("ada@example.org", "Ada Brenner", Role.ADMIN, LIMITED, time_zone="Europe/Berlin", region="DE"),
)

PAIRS: tuple[Pair, ...] = (
    Pair(mentor="sam@example.com", mentee="ana@example.com"),
    Pair(mentor="ines@example.com", mentee="gil@example.com"),
    Pair(mentor="lea@example.com", mentee="dora@example.com"),
    Pair(mentor="noor@example.com", mentee="tom@example.com"),
    Pair(mentor="theo@example.org", mentee="mia@example.org"),
)


def connection_of(number: int, in_outlook: bool) -> tuple[IntegrationKind | None, Trouble | None]:
    """How the `number`-th of the others is connected: most by their domain, every fifteenth never, one without a
    cloud mailbox."""
    if number == 77:
        return None, Trouble.NO_MAILBOX
    if number % 15 == 9:
        return None, Trouble.NEVER_CONNECTED
    return (OUTLOOK if in_outlook else GOOGLE), None


def role_of(number: int) -> Role:
    """Such that a pair has one in each suite, whose people alternate."""
    return Role.MENTOR if number % 4 in (0, 3) else Role.MENTEE


def pairs_among(addresses: Sequence[str]) -> list[Pair]:
    """The others in pairs, in their order; the last four wait for a match. Kai has the first two mentors as well."""
    mentors = [address for number, address in enumerate(addresses) if role_of(number) is Role.MENTOR]
    mentees = [address for number, address in enumerate(addresses) if role_of(number) is Role.MENTEE]
    pairs = [Pair(mentor, mentee) for mentor, mentee in zip(mentors, mentees, strict=True)][:-2]
    return [Pair(mentor, "kai@example.com") for mentor in mentors[:2]] + pairs
