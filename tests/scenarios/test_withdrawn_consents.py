"""What people allowed is withdrawn at the vendor once it connects them no more: whatever comes between, over HTTP."""

from __future__ import annotations

import pytest

from calendar_core.people import UserId
from calendar_core.ports import Granted
from sandbox.faults import Fault
from tests.signing_in import browser, connect, link_for, signed_in
from tests.visiting import Visitor

from .test_covered_by_domain import connection, grants, person

GIL, OTHER = "gil@example.com", "gil.mora@example.net"
SILENT = Fault("status", vendor="google", operation="revoke", status=503, times=None)


async def waiting(visitor: Visitor, user: UserId) -> int:
    return len(await visitor.stage.application.store.credentials.withdrawals(user))


def revocations(visitor: Visitor) -> int:
    return len(visitor.stage.sandbox.log.of(vendor="google", operation="revoke"))


async def test_another_account_has_the_old_one_withdrawn(visitor: Visitor) -> None:
    gil = await person(visitor, "gil")
    async with browser(visitor) as mine:
        page = await mine.open(await link_for(visitor, "gil", "reconnect google"))
        coded = await mine.press(await mine.sign_in(page, OTHER, "Google"), f"Use {OTHER}")
        await visitor.say("gil", coded.code)
    await visitor.until(lambda: waiting(visitor, gil.id), 0)
    assert await grants(visitor, GIL) == []
    assert await grants(visitor, OTHER) != []
    assert (await visitor.say("ines", "book with my mentee"))["kind"] == "SlotsOffered"


async def test_the_same_account_anew_is_not_withdrawn(visitor: Visitor) -> None:
    await connect(visitor, "gil", "reconnect google", "Google")
    assert revocations(visitor) == 0
    assert (await visitor.say("ines", "book with my mentee"))["kind"] == "SlotsOffered"


async def test_whoever_connects_again_at_once_stays_connected(visitor: Visitor) -> None:
    """At Google whoever withdraws an old consent withdraws a newer one of that account, too."""
    gil = await person(visitor, "gil")
    visitor.stage.sandbox.faults.add(SILENT)
    await visitor.press("gil", await visitor.say("gil", "disconnect"), "Disconnect")
    link = await link_for(visitor, "gil", "connect google")
    await visitor.until(lambda: waiting(visitor, gil.id), 1)
    async with browser(visitor) as mine:
        page = await mine.open(link)
        silent = await mine.press(page, "Continue at Google")
        assert (silent.status, silent.title) == (503, "Nothing was connected")
        assert "Google does not answer right now" in silent.text
        visitor.stage.sandbox.faults.clear()
        assert (await mine.sign_in(page, GIL, "Google")).title == "Your calendar is connected"  # the link was not spent
    assert await waiting(visitor, gil.id) == 0
    asked = revocations(visitor)
    await visitor.drive("clock", jump_seconds=6 * 60)  # the job that had found Google silent
    await visitor.until(lambda: overdue(visitor), 0)
    assert revocations(visitor) == asked
    assert await grants(visitor, GIL) != []
    assert (await visitor.say("ines", "book with my mentee"))["kind"] == "SlotsOffered"


async def overdue(visitor: Visitor) -> int:
    return await visitor.stage.application.store.jobs.overdue()


async def test_a_revocation_that_is_under_way_takes_no_newer_consent_with_it(visitor: Visitor) -> None:
    slow = Fault("delay", vendor="google", operation="revoke", delay_ms=1_500)
    visitor.stage.sandbox.faults.add(slow)
    link = await link_for(visitor, "gil", "reconnect google")
    await visitor.press("gil", await visitor.say("gil", "disconnect"), "Disconnect")
    async with browser(visitor) as mine:
        assert "leads nowhere" in (await mine.open(link)).title, "disconnecting ends what was under way"
    await visitor.until(lambda: under_way(visitor), True)
    await signed_in(visitor, "gil", await link_for(visitor, "gil", "connect google"), "Google")
    gil = await person(visitor, "gil")
    await visitor.until(lambda: answered(visitor), 2)
    assert await waiting(visitor, gil.id) == 0
    assert await grants(visitor, GIL) != []
    assert (await visitor.say("ines", "book with my mentee"))["kind"] == "SlotsOffered"


async def under_way(visitor: Visitor) -> bool:
    return not visitor.stage.sandbox.faults.waiting


async def answered(visitor: Visitor) -> int:
    return revocations(visitor)


@pytest.mark.parametrize("words", ["delete my data", "do not use my calendar"])
async def test_a_vendor_that_is_silent_is_asked_again_whoever_is_gone(visitor: Visitor, words: str) -> None:
    gil = await person(visitor, "gil")
    visitor.stage.sandbox.faults.add(SILENT)
    said = await visitor.say("gil", words)
    if words == "delete my data":
        said = await visitor.press("gil", said, "Delete everything")
        assert said["text"].startswith("Deleted.")
    await visitor.until(lambda: waiting(visitor, gil.id), 1)
    assert await grants(visitor, GIL) != []
    visitor.stage.sandbox.faults.clear()
    await visitor.drive("clock", jump_seconds=6 * 60)
    await visitor.until(lambda: waiting(visitor, gil.id), 0)
    assert await grants(visitor, GIL) == []


async def test_what_can_never_be_withdrawn_is_deleted_after_a_day(visitor: Visitor) -> None:
    gil = await person(visitor, "gil")
    visitor.stage.sandbox.faults.add(SILENT)
    await visitor.press("gil", await visitor.say("gil", "disconnect"), "Disconnect")
    await visitor.until(lambda: waiting(visitor, gil.id), 1)
    await visitor.drive("clock", jump_seconds=25 * 3600)
    await visitor.until(lambda: waiting(visitor, gil.id), 0)
    assert await visitor.stage.application.store.credentials.of(gil.id) is None


async def test_an_account_that_connects_somebody_else_as_well_stays_theirs(visitor: Visitor) -> None:
    """One address, two organisations, one consent at Google."""
    store, gil, uma = visitor.stage.application.store, await person(visitor, "gil"), await person(visitor, "uma")
    known = await store.credentials.of(gil.id)
    assert known is not None
    await store.credentials.put(
        uma.id, Granted(known.kind, known.account, known.subject, known.scopes, known.secret, known.access)
    )
    await visitor.press("gil", await visitor.say("gil", "disconnect"), "Disconnect")
    await visitor.until(lambda: store.credentials.of(gil.id), None)
    await visitor.until(lambda: waiting(visitor, gil.id), 0)
    assert revocations(visitor) == 0
    assert await grants(visitor, GIL) != []
    assert (await connection(visitor, "gil")).kind is None
