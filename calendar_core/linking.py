"""Whose a chat account is (decision 7): by a tenant's roster, or by a code mailed to the address a profile shows.

Nobody is ever taken for the owner of an address they typed, and nobody learns here whether an address is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from calendar_core.chat_account import (
    MAILS_A_DAY,
    TRIES,
    ChatAccount,
    CodeId,
    Standing,
    Suspension,
    Vouching,
    hashed,
    is_code,
)
from calendar_core.errors import ProviderRejected
from calendar_core.job import Job
from calendar_core.people import Identity, Organisation, OrganisationId, User
from calendar_core.ports import Accounts, Clock, CodeSender, People
from calendar_core.wall_clock import local_time

A_DAY = timedelta(days=1)
HALF_A_YEAR = timedelta(days=182)


class Unlinked(StrEnum):
    """Why an account is nobody's, and so what its owner can do."""

    UNBOUND = "its workspace is no organisation's here"
    OUTSIDER = "it is a guest's, a bot's, or of another workspace"
    NO_ADDRESS = "its profile shows no address"
    NO_MAIL = "this installation sends no mail"
    NEW = "it may be confirmed by a code"
    ADDRESS_CHANGED = "its profile's address changed, so it has to be confirmed anew"
    RETURNED = "it was suspended for another reason, and has to be confirmed anew"


class Asked(StrEnum):
    """What came of asking for a code: the same whether or not the address is known."""

    ON_ITS_WAY = "on its way, if the address is known"
    TOO_MANY = "too many today"


@dataclass(frozen=True, slots=True)
class Linking:
    """`sender` is None where no mail is sent. `new_code` gives six random digits, `new_salt` bytes to hash by."""

    people: People
    accounts: Accounts
    sender: CodeSender | None
    clock: Clock
    new_code: Callable[[], str]
    new_salt: Callable[[], bytes]

    # --- what chats call ---------------------------------------------------------------------------------------------

    async def seen(self, account: ChatAccount) -> None:
        """A chat says what its directory knows of an account: before the first message, and whenever it changes.

        A member of a bound tenant, who was never linked, becomes the person at the roster's address. Whoever's chat has
        another zone is asked about it, once. Twice is once.
        """
        await self.accounts.seen(account, self.clock.now())
        if account.time_zone is not None and (user := await self.people.known_as(account.account)) is not None:
            await self._compare(user, account.time_zone)
        if account.standing is not Standing.MEMBER or account.vouching is not Vouching.ROSTER:
            return
        if await self.accounts.link(account.account) is None and (person := await self._person(account)):
            await self.accounts.confirm(account, person.id, self.clock.now())

    async def _compare(self, user: User, zone: str) -> None:
        """Clocks that show the same now and in half a year are the same to people, whatever their zones are called."""
        now = self.clock.now()
        with suppress(ValueError):  # a zone that is unknown here is asked about by nobody
            shown = [(local_time(user.itinerary, at), local_time(zone, at)) for at in (now, now + HALF_A_YEAR)]
            if any(here.utcoffset() != there.utcoffset() for here, there in shown):
                await self.accounts.ask_zone(user.id, zone, now)

    # --- what the conversation asks ----------------------------------------------------------------------------------

    async def why_unlinked(self, who: Identity) -> Unlinked | None:
        """None if the account is linked."""
        link = await self.accounts.link(who)
        if link is not None and link.suspended is None:
            return None
        if who.issuer not in await self.accounts.bindings():
            return Unlinked.UNBOUND
        account = await self.accounts.account(who)
        if account is None or account.standing is not Standing.MEMBER:
            return Unlinked.OUTSIDER if account else Unlinked.NO_ADDRESS
        if account.address is None:
            return Unlinked.NO_ADDRESS
        if self.sender is None:
            return Unlinked.NO_MAIL
        if link is None or link.suspended is Suspension.UNLINKED:
            return Unlinked.NEW
        return Unlinked.ADDRESS_CHANGED if link.suspended is Suspension.ADDRESS_CHANGED else Unlinked.RETURNED

    async def language_of(self, who: Identity) -> str | None:
        """As the account's chat has it."""
        account = await self.accounts.account(who)
        return account.language if account else None

    async def ask_code(self, who: Identity) -> Asked:
        """A code goes to the address of the account's profile, if that is a known person's of the organisation. For an
        account that cannot be confirmed so (`why_unlinked`) nothing is done, and the answer is the same."""
        account = await self.accounts.account(who)
        if account is None or not account.address or await self.why_unlinked(who) in _CANNOT_BE:
            return Asked.ON_ITS_WAY
        person = await self._person(account)
        now = self.clock.now()
        code = await self.accounts.ask_code(
            account, person.id if person else None, now, since=now - A_DAY, limit=MAILS_A_DAY
        )
        return Asked.TOO_MANY if code is None else Asked.ON_ITS_WAY

    async def try_code(self, who: Identity, typed: str) -> User | None:
        """The person the account is from now on; None if the code is not right, has ended, or was tried too often."""
        account = await self.accounts.account(who)
        code = await self.accounts.tried(who, self.clock.now(), TRIES)
        right = await asyncio.to_thread(is_code, typed, code.hash if code else None)
        if account is None or code is None or not right or await self.why_unlinked(who) in _CANNOT_BE:
            return None
        if (account.address or "") != code.address:  # the profile was changed since the code was mailed
            return None
        user = await self.accounts.spend(code.id, account, self.clock.now())
        return None if user is None else await self.people.user(user)

    async def unlink(self, who: Identity) -> None:
        """The account is nobody's, until it is confirmed anew. Twice is once."""
        await self.accounts.unlink(who, self.clock.now())

    # --- the job -----------------------------------------------------------------------------------------------------

    async def mail_code(self, job: Job) -> None:
        """Makes a code and mails it: each try a new one, for only its hash is kept. Raises ProviderUnavailable."""
        code = await self.accounts.code(CodeId(int(job.subject[0])))
        if code is None or code.person is None or self.sender is None or not code.counts_at(self.clock.now()):
            return
        person = await self.people.user(code.person)
        digits = self.new_code()
        if await self.accounts.made(code.id, await asyncio.to_thread(hashed, digits, self.new_salt())):
            with suppress(ProviderRejected):  # that address takes no mail: whoever asked is told so by nobody
                await self.sender.send_code(person, digits, f"code-{code.id}-{self.clock.now():%Y%m%d%H%M%S}")

    # --- the operator's ----------------------------------------------------------------------------------------------

    async def bind(self, issuer: str, organisation: str) -> None:
        """Accounts of that workspace or tenant may be the organisation's people. Twice is once. Raises ValueError, with
        a sentence, for what cannot be."""
        known = await self.people.organisations()
        own = _named(organisation, known)
        bound = await self.accounts.bind(issuer, own.id)
        if bound != own.id:
            name = next(each.name for each in known if each.id == bound)
            raise ValueError(f"{issuer} is bound to the organisation {name}. Unbind it there first.")

    async def unbind(self, issuer: str) -> int:
        """Its accounts are nobody's from now on: how many were somebody's. Raises ValueError, with a sentence."""
        bindings = await self.accounts.bindings()
        if issuer not in bindings:
            raise ValueError(f"{issuer} is not bound. Bound are: {', '.join(bindings) or 'none'}.")
        return await self.accounts.unbind(issuer, self.clock.now())

    async def _person(self, account: ChatAccount) -> User | None:
        """Who has the account's address in the organisation that its workspace is bound to, and is in a programme."""
        organisation: OrganisationId | None = (await self.accounts.bindings()).get(account.account.issuer)
        if organisation is None or not account.address:
            return None
        found = await self.people.at_address(account.address)
        person = next((each for each in found if each.organisation == organisation), None)
        return person if person and await self.people.memberships(person.id) else None


_CANNOT_BE = (None, Unlinked.UNBOUND, Unlinked.OUTSIDER, Unlinked.NO_ADDRESS, Unlinked.NO_MAIL)


def _named(name: str, organisations: tuple[Organisation, ...]) -> Organisation:
    found = next((each for each in organisations if each.name.casefold() == name.casefold()), None)
    if found is None:
        known = ", ".join(each.name for each in organisations) or "none yet; import its people first"
        raise ValueError(f'No organisation is called "{name}". Enrolled are: {known}.')
    return found
