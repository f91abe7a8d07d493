"""What both sign-in servers do alike when a person lets an application in: grants, codes, refresh tokens, pages."""

from sandbox.consent.altering import AlteredClaims
from sandbox.consent.codes import Code, Codes, Spent
from sandbox.consent.grants import Grant, Grants
from sandbox.consent.outcome import Blocked, Outcome, Page, Return
from sandbox.consent.refreshing import Refresh, RefreshTokens
from sandbox.consent.signing import SigningKey

__all__ = [
    "AlteredClaims",
    "Blocked",
    "Code",
    "Codes",
    "Grant",
    "Grants",
    "Outcome",
    "Page",
    "Refresh",
    "RefreshTokens",
    "Return",
    "SigningKey",
    "Spent",
]
