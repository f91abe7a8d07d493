"""What an application may ask of a person at Microsoft: delegated permissions, in Entra's words, and who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """`administrators`: a person of an organisation cannot allow it alone."""

    words: str
    administrators: bool = False


SIGN_IN: Mapping[str, Permission] = {
    "openid": Permission("Sign you in"),
    "profile": Permission("View your basic profile"),
    "email": Permission("View your email address"),
    "offline_access": Permission("Maintain access to data you have given it access to"),
}
GRAPH: Mapping[str, Permission] = {
    "User.Read": Permission("Sign you in and read your profile"),
    "User.ReadBasic.All": Permission("Read all users' basic profiles"),
    "Calendars.ReadBasic": Permission("Read basic details of your calendars", administrators=True),
    "Calendars.Read": Permission("Read your calendars"),
    "Calendars.ReadWrite": Permission("Have full access to your calendars"),
    "MailboxSettings.Read": Permission("Read your mailbox settings"),
    "MailboxSettings.ReadWrite": Permission("Read and write to your mailbox settings"),
}
DELEGATED: Mapping[str, Permission] = {**SIGN_IN, **GRAPH}
