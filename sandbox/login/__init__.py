"""Microsoft's sign-in server (Entra): tenants, registered applications, administrators' consent, access tokens."""

from sandbox.login.directory import Application, Directory, Registration, Secret, object_id
from sandbox.login.entra import Entra
from sandbox.login.people import CONSUMERS
from sandbox.login.tokens import Access, AccessTokens

__all__ = [
    "CONSUMERS",
    "Access",
    "AccessTokens",
    "Application",
    "Directory",
    "Entra",
    "Registration",
    "Secret",
    "object_id",
]
