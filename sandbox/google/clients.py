"""OAuth clients as registered in Google's cloud console: id, secret, and the addresses people may be sent back to."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.google.errors import OAuthError
from sandbox.world import World

CLIENT_ID = "100000000001-pairtime.apps.googleusercontent.com"
CLIENT_NAME = "Pairtime"


@dataclass(frozen=True, slots=True)
class Client:
    """A web application."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...] = ()
    name: str = CLIENT_NAME


class Clients:
    """Kept as facts of the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, client: Client) -> None:
        """Known to Google; again: replaced."""
        self._world.remember(
            f"google client {client.client_id}", [client.client_secret, client.name, *client.redirect_uris]
        )

    def registration(self, redirect_uris: Iterable[str] = (), client_id: str = CLIENT_ID) -> Client:
        """The client with this id, which may send people back to these addresses too. Made when missing."""
        known = self.client(client_id) or Client(client_id, f"GOCSPX-{secrets.token_urlsafe(21)}")
        addresses = dict.fromkeys((*known.redirect_uris, *redirect_uris))
        client = Client(known.client_id, known.client_secret, tuple(addresses), known.name)
        if client != known or self.client(client_id) is None:
            self.register(client)
        return client

    def client(self, client_id: str) -> Client | None:
        kept = self._world.fact(f"google client {client_id}")
        if not isinstance(kept, list):
            return None
        secret, name, *redirect_uris = map(str, kept)
        return Client(client_id, secret, tuple(redirect_uris), name)

    def proven(self, form: Mapping[str, str]) -> Client:
        """Whose request this is, shown by the secret. Raises OAuthError."""
        client = self.client(form.get("client_id", ""))
        if client is None:
            raise OAuthError("invalid_client")
        if not form.get("client_secret"):
            raise OAuthError("invalid_request", "client_secret is missing.")
        if not hmac.compare_digest(form["client_secret"].encode(), client.client_secret.encode()):
            raise OAuthError("invalid_client", "The provided client secret is invalid.")
        return client
