"""A domain begins to reach people who had connected their own calendars: it counts, their own consent ends, and they
are told, over HTTP."""

from __future__ import annotations

from datetime import timedelta

from calendar_core.integration import Integration
from calendar_core.people import User
from sandbox.login.directory import CLIENT_ID
from tests.signing_in import browser, link_for
from tests.visiting import Visitor

OTHER = "gil.mora@example.net"


async def person(visitor: Visitor, who: str) -> User:
    (user,) = await visitor.stage.application.store.people.at_address(f"{who}@example.com")
    return user


async def connection(visitor: Visitor, who: str) -> Integration:
    return await visitor.stage.application.store.integrations.of((await person(visitor, who)).id)


async def grants(visitor: Visitor, address: str) -> object:
    """What that person allows us at the vendor's, as the sandbox has it."""
    async with visitor.http.get(f"{visitor.stage.sandbox.url}/_/world", params={"mailbox": address}) as answer:
        return (await answer.json())["mailboxes"][address]["grants"]


async def within_reach(visitor: Visitor, who: str, suite: str, zone: str, name: str) -> None:
    """IT puts the account under the domain's management, and the operator has everybody tried."""
    address = f"{who}@example.com"
    await visitor.drive("mailbox", address=address, name=name, suite=suite, time_zone=zone)
    organisation = await visitor.stage.application.store.people.organisation((await person(visitor, who)).organisation)
    await visitor.stage.application.connecting.probing.connect_domain(
        organisation.name, domains=organisation.google_domains, tenant=organisation.entra_tenant
    )


async def covered(visitor: Visitor, who: str, partner: str, *place: str) -> str:
    """A session was booked through the own consent; then the domain takes over. What the person is told, in a line."""
    await visitor.press(who, await visitor.say(who, "book"), "1")
    (before,) = await visitor.events(who)
    await within_reach(visitor, who, *place)
    await visitor.until(lambda: is_individual(visitor, who), False)
    store, user = visitor.stage.application.store, await person(visitor, who)
    await visitor.until(lambda: store.credentials.of(user.id), None)
    await visitor.until(lambda: store.credentials.withdrawals(user.id), ())
    assert await visitor.events(who) == [before]
    other = await connection(visitor, partner)
    assert other.kind is not None
    assert other.kind.is_individual, "whom the domain does not reach stays as they are"
    assert (await visitor.say(who, "connect"))["text"].startswith("Nothing to do: your organisation connected your")
    off = await visitor.press(who, await visitor.say(who, "delete my data"), "Cancel them")
    assert off["text"].startswith("Your planned session is cancelled")
    left = [each for person in (who, partner) for each in await visitor.events(person) if each["busy"]]
    assert left == [], "the domain reaches what was there"
    return await told(visitor, who)


async def told(visitor: Visitor, who: str) -> str:
    """On Monday morning: nobody is disturbed for it on a Sunday."""
    assert not [each for each in await visitor.inbox(who) if "connects your calendar now" in each["text"]]
    await visitor.drive("clock", now="2026-11-24T10:30:00+00:00")
    heard = await visitor.hears(who, "Your organisation connects your calendar now")
    return heard["text"].splitlines()[0]


async def is_individual(visitor: Visitor, who: str) -> bool:
    kind = (await connection(visitor, who)).kind
    return kind is not None and kind.is_individual


async def test_a_google_domain_takes_over(visitor: Visitor) -> None:
    said = await covered(visitor, "gil", "ines", "google", "Europe/Madrid", "Gil Mora")
    assert said == (
        "Your organisation connects your calendar now: Google - Domain. There is nothing you have to do. "
        "What you had allowed me yourself is not needed any more; it is being withdrawn and deleted. "
        "If I am not to use your calendar, say do not use my calendar."
    )
    assert (await visitor.say("gil", "status"))["text"].startswith("Calendar: Google - Domain, working")
    assert await grants(visitor, "gil@example.com") == []


async def test_an_outlook_domain_takes_over(visitor: Visitor) -> None:
    """Entra has no way to give one application's tokens back."""
    said = await covered(visitor, "ines", "gil", "microsoft", "Europe/Berlin", "Ines Falk")
    assert said == (
        "Your organisation connects your calendar now: Outlook - Domain. There is nothing you have to do. "
        "What you had allowed me yourself is not needed any more; what I kept of it is being deleted. "
        "Microsoft goes on listing me among what you allowed: you can remove me there, at https://myapps.microsoft.com "
        "If I am not to use your calendar, say do not use my calendar."
    )
    assert (await visitor.say("ines", "status"))["text"].startswith("Calendar: Outlook - Domain, working")


async def test_a_broken_own_connection_is_repaired_by_the_domain(visitor: Visitor) -> None:
    assert (await visitor.say("tom", "status"))["text"].startswith("Calendar: Outlook - Individual, not working")
    await within_reach(visitor, "tom", "microsoft", "Europe/London", "Tom Vance")
    await visitor.until(lambda: is_individual(visitor, "tom"), False)
    assert "connects your calendar now: Outlook - Domain" in await told(visitor, "tom")
    assert (await visitor.say("tom", "status"))["text"].startswith("Calendar: Outlook - Domain, working")


async def test_another_account_than_the_known_one_is_left_alone(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        page = await mine.open(await link_for(visitor, "gil", "reconnect google"))
        chosen = await mine.sign_in(page, OTHER, "Google")
        coded = await mine.press(chosen, f"Use {OTHER}")
        await visitor.say("gil", coded.code)
    await within_reach(visitor, "gil", "google", "Europe/Madrid", "Gil Mora")
    await visitor.until(lambda: checked(visitor, "gil"), True)
    known = await connection(visitor, "gil")
    assert (known.kind, known.account) == ("Google - Individual", OTHER)
    assert await grants(visitor, OTHER) != []


async def checked(visitor: Visitor, who: str) -> bool:
    return (await connection(visitor, who)).checked_at is not None


async def test_a_domain_that_lets_us_read_alone_takes_nothing_over(visitor: Visitor) -> None:
    """As while an organisation prepares for Free/Busy Only."""
    people, ines = visitor.stage.application.store.people, await person(visitor, "ines")
    tenant, roles = (await people.organisation(ines.organisation)).entra_tenant, ["Calendars.ReadBasic.All"]
    await visitor.drive("entra/consent", tenant=tenant, client_id=CLIENT_ID, roles=roles)
    await visitor.drive("tokens/expire", domain="example.com")
    await visitor.drive("log/clear")
    await within_reach(visitor, "ines", "microsoft", "Europe/Berlin", "Ines Falk")
    await visitor.until(lambda: checked(visitor, "ines"), True)
    refused = visitor.stage.sandbox.log.of(vendor="graph", operation="events.cancel")
    assert [(each.mailbox, each.status) for each in refused] == [("ines@example.com", 403)]
    known = await connection(visitor, "ines")
    assert (known.kind, known.usable) == ("Outlook - Individual", True)


async def test_a_calendar_without_the_sessions_that_stand_is_another_one_and_waits(visitor: Visitor) -> None:
    """One address may be two calendars: of a personal account, and of one for work."""
    await visitor.press("ines", await visitor.say("ines", "book"), "1")
    (event,) = await visitor.events("ines")
    await visitor.drive("delete", mailbox="ines@example.com", id=event["id"])
    await within_reach(visitor, "ines", "microsoft", "Europe/Berlin", "Ines Falk")
    await visitor.until(lambda: checked(visitor, "ines"), True)
    assert await is_individual(visitor, "ines")
    await visitor.drive("clock", now="2026-12-08T10:30:00+00:00")
    await visitor.until(lambda: is_individual(visitor, "ines"), False)


async def test_verifying_everybody_takes_them_over_too(visitor: Visitor) -> None:
    for who, suite in (("gil", "google"), ("ines", "microsoft")):
        await visitor.drive("mailbox", address=f"{who}@example.com", name=who, suite=suite, time_zone="Europe/Madrid")
    verifying, heard = visitor.stage.application.connecting.verifying, list[tuple[int, int]]()
    verified = await verifying.verify("example.com", lambda done, of: heard.append((done, of)), again=True)
    assert (verified.silent, verified.hopeless) == (0, None)
    assert heard[-1] == (verified.tried, verified.tried)
    assert [(await connection(visitor, who)).kind for who in ("gil", "ines")] == ["Google - Domain", "Outlook - Domain"]
    assert (await connection(visitor, "tom")).kind == "Outlook - Individual"


async def test_whoever_is_not_tried_by_the_operator_is_found_within_a_day(visitor: Visitor) -> None:
    await visitor.drive("mailbox", address="gil@example.com", name="Gil", suite="google", time_zone="Europe/Madrid")
    await visitor.drive("clock", jump_seconds=int(timedelta(hours=24).total_seconds()))
    await visitor.until(lambda: is_individual(visitor, "gil"), False)
    assert "connects your calendar now: Google - Domain" in await told(visitor, "gil")
