"""The world as JSON, for people and tests."""

from __future__ import annotations

from sandbox.consent import Grants, RefreshTokens
from sandbox.login import Directory
from sandbox.mailbox import Post
from sandbox.world import AllDay, Event, Json, Mailbox, World


def world_json(world: World, only: list[str]) -> dict[str, Json]:
    """Every mailbox, or those named."""
    post = Post(world)
    return {
        "now": world.clock.now().isoformat(),
        "tenants": {tenant: tenant_json(world, tenant, domains) for tenant, domains in Directory(world).tenants()},
        "mailboxes": {
            address: _mailbox(world, mailbox)
            for address, mailbox in world.mailboxes.items()
            if not only or address in only
        },
        "letters": {
            address: [letter.json() for letter in post.letters(address)]
            for address in post.addresses()
            if not only or address in only
        },
    }


def tenant_json(world: World, tenant: str, domains: tuple[str, ...]) -> Json:
    """A Microsoft tenant, and what its administrators decided."""
    directory = Directory(world)
    return {
        "domains": [*domains],
        "people_decide": directory.delegated.people_decide(tenant),
        "administrators": [*directory.delegated.administrators(tenant)],
        "applications": {client_id: [*roles] for client_id, roles in directory.let_in(tenant)},
    }


def event_json(event: Event) -> dict[str, Json]:
    """One copy of an event."""
    when, conference = event.when, event.conference
    return {
        "id": event.id,
        "uid": event.uid,
        "title": event.title,
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "all_day": isinstance(when, AllDay),
        "organizer": event.organizer.email,
        "attendees": [{"email": each.email, "response": each.response} for each in event.attendees],
        "busy": event.is_busy,
        "shows": event.availability,
        "status": event.status,
        "private": event.private,
        "conference": None
        if conference is None
        else {
            "kind": conference.kind,
            "state": conference.state,
            "url": conference.url if conference.state == "success" else None,
        },
        "sequence": event.sequence,
        "revision": event.revision,
    }


def _mailbox(world: World, mailbox: Mailbox) -> Json:
    copies = world.events(mailbox.address)
    copies.sort(key=lambda event: (event.when.bounds(mailbox.time_zone)[0], event.id))
    return {
        "name": mailbox.name,
        "suite": mailbox.suite,
        "time_zone": mailbox.time_zone,
        "suspended": mailbox.suspended,
        "owner": mailbox.owner or None,
        "grants": _grants(world, mailbox),
        "events": [event_json(event) for event in copies if not event.deleted],
        "deleted": [event_json(event) for event in copies if event.deleted],
    }


def _grants(world: World, mailbox: Mailbox) -> list[Json]:
    """What this person allows applications at present. Tokens are counted, never shown."""
    return [
        {
            "vendor": vendor,
            "client_id": client_id,
            "scopes": [*sorted(grant.scopes)],
            "refresh_tokens": RefreshTokens(world, vendor, prefix="").alive(client_id, mailbox.address, grant.edition),
        }
        for vendor in ("google", "entra")
        for client_id, grant in Grants(world, vendor).held_by(mailbox.address)
    ]
