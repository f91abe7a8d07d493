"""Connecting calendars: by the consent of a domain, or by each person's own; and seeing whether they answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from calendar_core.integration import Suite

from .accounts import Accounts
from .approving import Approving
from .following import Following
from .in_browser import InBrowser
from .probing import Probing
from .revoking import Revoking
from .signing_in import SigningIn
from .site import Site
from .verifying import Verified, Verifying

__all__ = [
    "Accounts",
    "Approving",
    "Connecting",
    "Following",
    "InBrowser",
    "Probing",
    "Revoking",
    "SigningIn",
    "Site",
    "Verified",
    "Verifying",
]


@dataclass(frozen=True, slots=True)
class Connecting:
    """Everything that may be asked of it. `in_browser` is None where no browser reaches this installation.
    `approvals`: where IT approves it, by suite."""

    probing: Probing
    verifying: Verifying
    accounts: Accounts
    signing_in: SigningIn
    in_browser: InBrowser | None
    following: Following
    revoking: Revoking
    approving: Approving
    approvals: Mapping[Suite, str]
