"""What settings about Google and Microsoft can hold: each reader raises ValueError with the rest of a sentence that
begins with the setting's name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from adapters.secret import Secret

ACCOUNT = re.compile(r"[a-z0-9-]{1,100}@[a-z0-9.-]{1,200}\.gserviceaccount\.com\Z")
BLOCK = re.compile(r"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----", re.DOTALL)
LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where one of Microsoft's clouds has Graph and its sign-in."""

    graph: str
    login: str


CLOUDS: Mapping[str, Cloud] = {
    "public": Cloud("https://graph.microsoft.com", "https://login.microsoftonline.com"),
    "usgov": Cloud("https://graph.microsoft.us", "https://login.microsoftonline.us"),
    "usgov-dod": Cloud("https://dod-graph.microsoft.us", "https://login.microsoftonline.us"),
    "china": Cloud("https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn"),
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """A private key and its certificate, as one PEM text, and when the certificate ends."""

    pem: str = field(repr=False)
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftApp:
    """The installation's registration in Entra, proved by a secret or by a certificate (PEM, its key with it), which
    comes first. `ends_at`: when whichever is used ends, as far as that is known."""

    client_id: str
    client_secret: Secret | None = None
    certificate: Secret | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleClient:
    """The installation's OAuth client in Google's cloud, by which people connect their own calendars."""

    client_id: str
    client_secret: Secret


def cloud_named(told: str) -> Cloud:
    """One of Microsoft's clouds by name."""
    if told.casefold() not in CLOUDS:
        raise ValueError(f"is {told!r}. Set one of {', '.join(CLOUDS)}; or set the two base addresses instead.")
    return CLOUDS[told.casefold()]


def is_keyless(told: str) -> bool:
    """How the service account signs."""
    if told.casefold() not in ("key", "keyless"):
        raise ValueError(f"is {told!r}. Set key (a key file, the usual) or keyless (IAM signs, in Google's cloud).")
    return told.casefold() == "keyless"


def keyless_account(told: str) -> str:
    """The service account's address; a key is refused without being quoted."""
    if not ACCOUNT.match(told):
        raise ValueError(
            "is no service account's address. With PAIRTIME_GOOGLE_SIGNING=keyless there is no key: set the address, "
            "such as pairtime@project.iam.gserviceaccount.com."
        )
    return told


def end_of_day(told: str) -> datetime:
    """The end of a day, UTC."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        raise ValueError(f"is {told!r}. Set the day on which the secret ends, such as 2027-11-30.") from None
    return datetime.combine(day, time.min, UTC) + timedelta(days=1)


def certificate_of(path: str) -> Certificate:
    """A PEM file with the private key and the certificate, in any order. What is wrong with it is said, not quoted."""
    try:
        with Path(path).open("rb") as file:
            text = file.read(LARGEST_FILE).decode("ascii")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise ValueError(f"names a file that cannot be read ({type(unreadable).__name__}).") from None
    keys = [each[0] for each in BLOCK.finditer(text) if each[1].endswith("PRIVATE KEY")]
    certificates = [each[0] for each in BLOCK.finditer(text) if each[1] == "CERTIFICATE"]
    if len(keys) != 1 or not certificates:
        raise ValueError(
            "names a file that does not hold a private key and its certificate. Put both into one PEM file: "
            "cat key.pem certificate.pem > both.pem."
        )
    try:
        key = load_pem_private_key(keys[0].encode(), None)
        certificate = load_pem_x509_certificate(certificates[0].encode())
    except (TypeError, ValueError):
        raise ValueError(
            "names a file whose key or certificate cannot be read. The key must be without a pass phrase."
        ) from None
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*form) != certificate.public_key().public_bytes(*form):
        raise ValueError("names a file whose key does not belong to its certificate. Put the two that go together.")
    return Certificate(f"{keys[0]}\n{certificates[0]}\n", certificate.not_valid_after_utc)


def service_account_in(told: str) -> Secret:
    if told.startswith("{"):
        text = told
    else:
        try:
            text = Path(told).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as unreadable:
            raise ValueError(f"names a file that cannot be read ({type(unreadable).__name__}).") from None
    try:
        key = json.loads(text)
        complete = isinstance(key, dict) and all(
            key.get(name) for name in ("client_email", "private_key_id", "private_key")
        )
    except ValueError:
        complete = False
    if not complete:
        raise ValueError("is no service account key. Set the key file's path, or the JSON in it, as Google gave it.")
    return Secret(text)
