"""Secrets at rest: AES-256-GCM, each sealed to the one place where it lies.

A sealed text is `key id|nonce|ciphertext`, the latter two in base64. Table, column, row and key are authenticated with
it: what was moved to another row or another column no longer opens. Several keys may open; the first alone seals.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column

from calendar_core.errors import StoreUnavailable

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[A-Za-z0-9-]{1,32}\Z")  # nothing that LIKE would read as a pattern
SEALED = re.compile(r"[A-Za-z0-9-]{1,32}\|[A-Za-z0-9+/]{16}\|[A-Za-z0-9+/=]{24,}\Z")


class SealBroken(StoreUnavailable):
    """It does not open: the key is not among ours, or this was sealed for another place."""


class Vault:
    """Seals and opens. It never writes a key, nor what it sealed, into an error."""

    def __init__(self, keys: Iterable[tuple[str, bytes]] = ()) -> None:
        """Ids with their 32 bytes; the first seals. Raises ValueError. Without any it can do neither."""
        self._ciphers: dict[str, AESGCM] = {}
        for name, key in keys:
            if KEY_ID.match(name) is None or name in self._ciphers or len(key) != KEY_BYTES:
                raise ValueError("each key needs an id of its own and 32 bytes")
            self._ciphers[name] = AESGCM(key)

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The first one seals."""
        return tuple(self._ciphers)

    def seal(self, column: Column[str], row: tuple[object, ...], text: str) -> str:
        """For that column of the row with that primary key. Raises SealBroken where there is no key."""
        if not self._ciphers:
            raise SealBroken("no key to seal with")
        name, cipher = next(iter(self._ciphers.items()))
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = cipher.encrypt(nonce, text.encode(), _place(column, row, name))
        return "|".join((name, base64.b64encode(nonce).decode(), base64.b64encode(sealed).decode()))

    def open(self, column: Column[str], row: tuple[object, ...], sealed: str) -> str:
        """What was sealed there. Raises SealBroken."""
        try:
            name = key_of(sealed)
            _, nonce, rest = sealed.split("|")
            cipher = self._ciphers[name]
            return cipher.decrypt(base64.b64decode(nonce), base64.b64decode(rest), _place(column, row, name)).decode()
        except KeyError:
            raise SealBroken("sealed with a key that is not among ours") from None
        except (InvalidTag, ValueError):
            raise SealBroken("not what was sealed here") from None


def key_of(sealed: str) -> str:
    """The id of the key it was sealed with. Raises ValueError for what was never sealed."""
    if SEALED.match(sealed) is None:
        raise ValueError("not sealed")
    return sealed.partition("|")[0]


def _place(column: Column[str], row: tuple[object, ...], key: str) -> bytes:
    return json.dumps([column.table.name, column.name, [str(part) for part in row], key]).encode()
