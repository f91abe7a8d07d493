"""Each of the five kinds from the first word to the repair: connected, booked, broken, told, repaired, told again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

import pytest

from calendar_core.integration import Health, Integration, Trouble
from calendar_core.people import Organisation
from sandbox.google.access import USUAL_SCOPES
from sandbox.login.directory import CLIENT_ID, FREE_BUSY_ROLES, USUAL_ROLES
from tests.signing_in import connect, link_in, nobody_signed_in, signed_in
from tests.visiting import Reply, Visitor, address_of

MONDAY = "2026-11-23T15:30:00Z"  # office hours in Toronto as in Berlin, and everybody is due to be looked at
TUESDAY = "2026-11-24T15:30:00Z"
WEDNESDAY = "2026-11-25T15:30:00Z"
A_ROUND = 20 * 60  # seconds: the watch has gone round once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Who tells the story. `booked` begins the answer to a press; `link` is whose link the event has, None where it is
    mailed without one."""

    word: str
    who: str
    line: str
    partner: str
    admin: str
    booked: str = "Booked. "
    link: str | None

    @property
    def name(self) -> str:
        """By which others know them."""
        return first_name(self.who)


# --- one consent for everybody ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Pair):
    """`unconnected` are to be connected by it. `why` is what admins read once its consent is gone, and `told` what
    they are told, of the domain or of `counted` calendars; `partner_reads` what the partner does; `again` what admins
    are told in the end."""

    organisation: str
    unconnected: tuple[str, ...]
    allow: Callable[[Visitor, Organisation], Awaitable[None]]
    forbid: Callable[[Visitor, Organisation], Awaitable[None]]
    why: str
    told: str
    counted: bool = True
    partner_reads: str
    again: str


async def delegate(visitor: Visitor, whose: Organisation, scopes: tuple[str, ...]) -> None:
    """As its super admin does, and an hour later."""
    await visitor.drive("google/delegation", domain=whose.name, scopes=list(scopes))
    await visitor.drive("tokens/expire", domain=whose.name)


async def consent(visitor: Visitor, whose: Organisation, roles: tuple[str, ...]) -> None:
    """As its administrator does, and an hour later."""
    await visitor.drive("entra/consent", tenant=whose.entra_tenant, client_id=CLIENT_ID, roles=list(roles))
    await visitor.drive("tokens/expire", domain=whose.name)


DOMAINS = (
    Domain(
        word="Google - Domain",
        who="ana",
        line="book with my mentor",
        partner="sam",
        admin="priya",
        link="Meet",
        organisation="example.com",
        unconnected=("ana",),
        allow=partial(delegate, scopes=USUAL_SCOPES),
        forbid=partial(delegate, scopes=()),
        why="an administrator must approve first",
        told=(
            "Google domain example.com of example.com stopped working on Sun 22 Nov: an administrator must approve "
            "first. Nobody there can be looked up. IT must repair it."
        ),
        counted=False,
        partner_reads="I cannot see Ana's calendar right now, so I do not know if Ana is free.",
        again="Google domain example.com of example.com works again.",
    ),
    Domain(
        word="Outlook - Domain",
        who="sam",
        line="book with my mentee",
        partner="ana",
        admin="priya",
        link="Teams",
        organisation="example.com",
        unconnected=("sam",),
        allow=partial(consent, roles=USUAL_ROLES),
        forbid=partial(consent, roles=("MailboxSettings.Read",)),
        why="not covered by the domain's consent",
        told=" of example.com stopped working, and only IT can repair that",
        partner_reads="I cannot see Sam's calendar right now, so I do not know if Sam is free.",
        again="The calendars of example.com that IT had to repair work again.",
    ),
    Domain(
        word="Outlook - Domain Free/Busy Only",
        who="mia@example.org",
        line="book with my mentor",
        partner="theo@example.org",
        admin="ada@example.org",
        booked="Invitation sent: ",
        link=None,
        organisation="example.org",
        unconnected=("mia@example.org", "theo@example.org", "ada@example.org"),
        allow=partial(consent, roles=FREE_BUSY_ROLES),
        forbid=partial(consent, roles=()),
        why="not covered by the domain's consent",
        told=" of example.org stopped working, and only IT can repair that",
        partner_reads="Your Outlook connection stopped working",  # his own is gone by the same consent
        again="The calendars of example.org that IT had to repair work again.",
    ),
)


@pytest.mark.parametrize("kind", DOMAINS, ids=lambda kind: kind.word)
async def test_a_domain_s_consent_covers_breaks_and_is_given_back(visitor: Visitor, kind: Domain) -> None:
    whose = await nobody_let_in(visitor, kind)
    await reads_not_connected(visitor, kind)
    connected = await visitor.stage.application.connecting.probing.named(whose.name)
    google = kind.word.startswith("Google")
    await visitor.stage.application.connecting.probing.connect_domain(
        connected.name, domains=(whose.name,) if google else (), tenant=None if google else whose.entra_tenant
    )
    for each in kind.unconnected:
        await visitor.until(partial(begins, visitor, each, f"Calendar: {kind.word}, working, checked "), wanted=True)
    await reads_working(visitor, kind)
    await books_and_both_have_it(visitor, kind)

    await kind.forbid(visitor, whose)
    assert (await visitor.say(kind.partner, "book"))["text"].startswith(kind.partner_reads)
    await broke_for(visitor, kind)
    told = await visitor.hears(kind.admin, kind.told)
    assert [each["label"] for each in told["choices"]] == ["Who hasn't integrated" if kind.counted else "Health"]
    await reads_broken(visitor, kind)
    await visitor.drive("clock", now=TUESDAY)
    await visitor.drive("clock", jump_seconds=A_ROUND)
    affected = await people_of(visitor, kind) if kind.counted else 1
    await visitor.until(partial(times_told, visitor, kind), wanted=affected)

    await kind.allow(visitor, whose)
    await visitor.drive("clock", now=WEDNESDAY)
    await visitor.hears(kind.admin, kind.again)
    await visitor.drive("clock", jump_seconds=A_ROUND)
    assert "stopped working" not in (await visitor.say(kind.admin, "health"))["text"]
    await reads_working(visitor, kind)
    await lists_slots(visitor, kind)
    assert await count_of(visitor, kind.admin, kind.again) == 1
    assert await times_told(visitor, kind) == affected
    for each in (kind.who, kind.partner):
        assert not [text for text in await notices(visitor, each) if "working" in text or "work again" in text]


async def nobody_let_in(visitor: Visitor, kind: Domain) -> Organisation:
    """The organisation as it was before anybody named its domain, and those of it without a calendar. Comes back as it
    is."""
    store = visitor.stage.application.store
    (whose,) = [each for each in await store.people.organisations() if each.name == kind.organisation]
    google = kind.word.startswith("Google")
    before = replace(whose, google_domains=()) if google else replace(whose, entra_tenant=None)
    await store.people.update_organisation(before)
    for each in kind.unconnected:
        (user,) = await store.people.at_address(address_of(each))
        await store.integrations.connected(Integration(user.id, None, Health.BROKEN, "", Trouble.NEVER_CONNECTED))
    return whose


async def broke_for(visitor: Visitor, kind: Domain) -> None:
    """By Monday everybody was looked at; then the watch goes round."""
    await visitor.drive("clock", now=MONDAY)

    async def working() -> bool:
        counted = (await visitor.say(kind.admin, "who hasn't integrated?"))["text"]
        return f"{kind.word} " in counted.partition("Not working")[0]

    await visitor.until(working, wanted=False)
    await visitor.drive("clock", jump_seconds=A_ROUND)


async def people_of(visitor: Visitor, kind: Domain) -> int:
    """How many are connected that way."""
    store = visitor.stage.application.store
    (admin,) = await store.people.at_address(address_of(kind.admin))
    (membership,) = await store.people.memberships(admin.id)
    everybody = [user.id for user, _ in await store.people.members(membership.programme)]
    return sum(each.kind == kind.word for each in (await store.integrations.of_all(everybody)).values())


async def times_told(visitor: Visitor, kind: Domain) -> int:
    """How often the admin was told of the domain; or, all messages together, of how many calendars: each once."""
    heard = [text for text in await notices(visitor, kind.admin) if kind.told in text]
    return sum(int(text.partition(" ")[0]) for text in heard) if kind.counted else len(heard)


async def reads_broken(visitor: Visitor, kind: Domain) -> None:
    """The word stays, with the reason; and who must repair it."""
    assert await begins(visitor, kind.who, f"Calendar: {kind.word}, not working: {kind.why}.")
    shown = (await visitor.say(kind.admin, f"status of {address_of(kind.who)}"))["text"]
    assert f"{kind.word}, not working since " in shown
    assert f": {kind.why}. IT must repair it." in shown
    asked = await visitor.say(kind.who, kind.line)
    assert f"({kind.why}). IT must repair it. Until then I cannot see when you are free" in asked["text"]
    assert [choice["label"] for choice in asked["choices"]] == ["Try again", f"Ask {first_name(kind.partner)}"]


# --- each person's own -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Individual(Pair):
    """`suite` is how the connection is called to its owner; `used` whether it is found out by use, or looked at."""

    vendor: str
    suite: str
    used: bool


INDIVIDUALS = (
    Individual(
        word="Google - Individual",
        who="gil",
        line="book with my mentor",
        partner="ines",
        admin="priya",
        link="Meet",
        vendor="Google",
        suite="Google",
        used=True,
    ),
    Individual(
        word="Outlook - Individual",
        who="ines",
        line="book with my mentee",
        partner="gil",
        admin="priya",
        link="Teams",
        vendor="Microsoft",
        suite="Outlook",
        used=False,
    ),
)


@pytest.mark.parametrize("kind", INDIVIDUALS, ids=lambda kind: kind.word)
async def test_one_s_own_consent_connects_breaks_and_is_given_again(visitor: Visitor, kind: Individual) -> None:
    await nobody_signed_in(visitor)
    await reads_not_connected(visitor, kind)
    told = await connect(visitor, kind.who, f"connect {kind.suite}", kind.vendor)
    assert told["text"].startswith(f"Connected: {kind.word} ({address_of(kind.who)}), ")
    partner = next(each for each in INDIVIDUALS if each.who == kind.partner)
    await connect(visitor, partner.who, f"connect {partner.suite}", partner.vendor)
    await reads_working(visitor, kind)
    await books_and_both_have_it(visitor, kind)

    await visitor.drive("consent/withdraw", mailbox=address_of(kind.who))
    unseen = f"I cannot see {kind.name}'s calendar right now, so I do not know if {kind.name} is free."
    if kind.used:
        assert (await visitor.say(kind.partner, "book"))["text"].startswith(unseen)
    await visitor.drive("clock", now=MONDAY)
    broke = f"Your {kind.suite} connection stopped working on {'22' if kind.used else '23'} Nov"
    told = await visitor.hears(kind.who, broke)
    assert "(access was withdrawn). Until you reconnect I cannot see when you are free" in told["text"]
    assert [choice["label"] for choice in told["choices"]] == ["Reconnect", "Tomorrow", "Stop asking"]
    await visitor.drive("clock", jump_seconds=A_ROUND)
    assert (await visitor.say(kind.partner, "book"))["text"].startswith(unseen)
    assert await begins(visitor, kind.who, f"Calendar: {kind.word}, not working: access withdrawn.")
    shown = (await visitor.say(kind.admin, f"status of {kind.who}"))["text"]
    assert f"{kind.word}, not working since " in shown
    assert ": access withdrawn. They can repair it themselves (" in shown

    again = await visitor.press(kind.who, told, "Reconnect")
    await signed_in(visitor, kind.who, link_in(again), kind.vendor)
    await visitor.until(partial(count_of, visitor, kind.who, "Connected: "), wanted=2)
    await visitor.drive("clock", jump_seconds=A_ROUND)
    await reads_working(visitor, kind)
    await lists_slots(visitor, kind)
    assert await count_of(visitor, kind.who, "stopped working") == 1
    assert await count_of(visitor, kind.who, "Connected: ") == 2, "once for each time"
    for other in (kind.partner, kind.admin):
        assert not [text for text in await notices(visitor, other) if "stopped" in text or "again" in text]


# --- what all five have ----------------------------------------------------------------------------------------------


async def reads_not_connected(visitor: Visitor, kind: Pair) -> None:
    """Blank for the admin, where none ever worked (decision 1)."""
    assert await begins(visitor, kind.who, "Calendar: not connected (never connected).")
    shown = (await visitor.say(kind.admin, f"status of {address_of(kind.who)}"))["text"]
    assert ": not connected: never connected." in shown
    assert "connected" in (await visitor.say(kind.who, kind.line))["text"]


async def reads_working(visitor: Visitor, kind: Pair) -> None:
    """The exact word, for the person and for the admin."""
    assert await begins(visitor, kind.who, f"Calendar: {kind.word}, working")
    shown = (await visitor.say(kind.admin, f"status of {address_of(kind.who)}"))["text"]
    assert f": {kind.word}, working since " in shown


async def lists_slots(visitor: Visitor, kind: Pair) -> Reply:
    """Three times that fit both."""
    offered = await visitor.say(kind.who, kind.line)
    assert offered["kind"] == "SlotsOffered", offered["text"]
    assert len([choice for choice in offered["choices"] if choice["start"]]) == 3
    return offered


async def books_and_both_have_it(visitor: Visitor, kind: Pair) -> None:
    """One press; read back from both calendars, or out of both mailboxes."""
    reply = await visitor.press(kind.who, await lists_slots(visitor, kind), "1")
    assert reply["text"].startswith(kind.booked), reply["text"]
    people = [address_of(each) for each in (kind.who, kind.partner)]
    if kind.link is None:
        for each in people:
            (letter,) = await visitor.gets(each, 1)
            assert letter["invitation"] is not None
            assert (letter["invitation"]["method"], letter["invitation"]["link"]) == ("REQUEST", None)
            assert "http" not in letter["text"]
        assert "http" not in reply["text"]
    (mine,), (theirs,) = [await visitor.events(each) for each in people]
    assert (mine["uid"], mine["busy"], theirs["busy"]) == (theirs["uid"], True, True)
    assert mine["start"] == theirs["start"]
    if kind.link is not None:
        assert {mine["organizer"], theirs["organizer"]} == {people[0]}
        assert [each["email"] for each in mine["attendees"] if each["email"] != people[0]] == [people[1]]
        assert mine["conference"] is not None
        assert mine["conference"]["kind"] == kind.link
        assert mine["conference"]["url"] in reply["text"]
        assert await visitor.letters(people[0]) == []
    else:
        assert mine["conference"] is theirs["conference"] is None


async def begins(visitor: Visitor, who: str, words: str) -> bool:
    """Whether their own `status` begins so."""
    return (await visitor.say(who, "status"))["text"].startswith(words)


async def notices(visitor: Visitor, who: str) -> list[str]:
    """All that was pushed, sessions and requests aside."""
    heard = [message["text"] for message in await visitor.inbox(who)]
    return [text for text in heard if "booked a session" not in text and not text.startswith("Tomorrow: ")]


async def count_of(visitor: Visitor, who: str, words: str) -> int:
    """How many pushed messages say so."""
    return sum(words in text for text in await notices(visitor, who))


def first_name(who: str) -> str:
    """As the cast's addresses have it."""
    return who.partition("@")[0].title()
