"""How consents and tokens end, by whatever hand, and what the token endpoints hold back."""

from __future__ import annotations

from sandbox.consent import AlteredClaims, Grants, RefreshTokens
from sandbox.control.reading import Mistake, Told
from sandbox.google.access import Access
from sandbox.login import AccessTokens, Directory
from sandbox.world import Json, World

DAY = 24 * 3600


class Consents:
    """Of one person, at both vendors alike."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._grants = (Grants(world, "google"), Grants(world, "entra"))
        self._refresh = (
            RefreshTokens(world, "google", prefix=""),
            RefreshTokens(world, "entra", prefix=""),
        )
        self._google = Access(world)
        self._altered = AlteredClaims(world)
        self._directory = Directory(world)
        self._entra = AccessTokens(world, self._directory)

    def withdraw(self, told: Told) -> Json:
        address = told.mailbox(self._world).address
        told.done()
        withdrawn: list[Json] = []
        for grants in self._grants:
            for client_id, _ in list(grants.held_by(address)):
                grants.withdraw(client_id, address)
                withdrawn.append(client_id)
        return {"withdrawn": withdrawn}

    def kill(self, told: Told) -> Json:
        address = told.mailbox(self._world).address
        told.done()
        return {"killed": sum(each.end_all(address) for each in self._refresh)}

    def expire(self, told: Told) -> Json:
        if told.has("domain") == told.has("mailbox"):
            raise Mistake("Name either a mailbox or a domain.")
        domain = told.maybe("domain")
        if domain is None:
            who = told.mailbox(self._world).address
            told.done()
            self._google.end_tokens(who)
            self._entra.end_all(who)
            return {"expired": who}
        told.done()
        tenant = self._directory.tenant(domain)
        for mailbox in list(self._world.mailboxes.values()):
            if mailbox.domain == domain.lower():
                self._google.end_tokens(mailbox.address)
                self._entra.end_all(mailbox.address)
        if tenant is not None:
            self._entra.end_all(tenant)
        return {"expired": domain.lower()}

    def challenge(self, told: Told) -> Json:
        address = told.mailbox(self._world).address
        told.done()
        self._entra.challenges.demand(address)
        return {"mailbox": address}

    def drop(self, told: Told) -> Json:
        address, times = told.mailbox(self._world).address, told.number("times", 1)
        told.done()
        for each in self._refresh:
            each.drop(address, times)
        return {"mailbox": address, "times": times}

    def alter(self, told: Told) -> Json:
        address, claims = told.mailbox(self._world).address, told.fields("claims")
        times = told.number("times", 1)
        told.done()
        self._altered.alter(address, claims, times)
        return {"mailbox": address, "times": times}

    def rotate(self, told: Told) -> Json:
        seconds = told.number("tolerated_seconds")
        told.done()
        if not 0 <= seconds <= DAY:
            raise Mistake(f"tolerated_seconds must lie between 0 and {DAY}.")
        self._world.remember("entra tolerates", seconds)
        return {"tolerated_seconds": seconds}
