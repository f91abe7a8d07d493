"""What Modes and MailedAnswers promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from calendar_core.happening import SessionDeclined
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.mailed_answer import Unfit
from calendar_core.mode import ModeChange, Transfer
from calendar_core.participation import Participation
from calendar_core.people import User
from calendar_core.ports import LetterNumber, Read, Taken, Telling
from calendar_core.session import Session, SessionState, SessionUid
from calendar_core.store import Store

from .cast import NOW, Cast, at, booked
from .invitations import invitation
from .working import working

MAILBOX = "sessions@pairtime.example"


def change(cast: Cast, *, on: bool, convert: bool = False) -> ModeChange:
    """By somebody who may."""
    return ModeChange(organisation=cast.ana.organisation, free_busy_only=on, by="root", at=NOW, convert=convert)


async def connect(store: Store, user: User, kind: IntegrationKind | None, trouble: Trouble | None = None) -> None:
    health = Health.OK if kind else Health.REVOKED
    await store.integrations.connected(Integration(user.id, kind, health, user.email, trouble, NOW, NOW))


async def stored(store: Store, session: Session) -> Session:
    """Reserved, and then as it stands."""
    reserved = await store.sessions.reserve(replace(session, state=SessionState.HELD))
    if session.state is SessionState.HELD:
        return reserved
    kept = await store.sessions.keep(replace(session, revision=reserved.revision))
    assert kept is not None
    return kept


class ModesContract:
    async def test_connections_are_replaced_in_one_go_and_come_back(self, store: Store, cast: Cast) -> None:
        kinds = IntegrationKind
        await connect(store, cast.ana, kinds.GOOGLE_DOMAIN)
        await connect(store, cast.sam, kinds.OUTLOOK_DOMAIN)
        await connect(store, cast.kai, kinds.OUTLOOK_INDIVIDUAL)
        await connect(store, cast.uma, None, Trouble.OPTED_OUT)
        assert await store.modes.switch(change(cast, on=True))
        found = {
            user.first_name: await store.integrations.of(user.id) for user in (cast.ana, cast.sam, cast.kai, cast.uma)
        }
        assert {who: (each.kind, each.trouble) for who, each in found.items()} == {
            "Ana": (None, Trouble.FREE_BUSY_ONLY),
            "Sam": (kinds.OUTLOOK_FREE_BUSY_ONLY, None),
            "Kai": (None, Trouble.FREE_BUSY_ONLY),
            "Uma": (None, Trouble.OPTED_OUT),
        }
        assert (await store.people.organisation(cast.ana.organisation)).free_busy_only
        counts = await store.modes.connected(cast.ana.organisation)
        assert counts == {None: 4, kinds.OUTLOOK_FREE_BUSY_ONLY: 1}
        assert await store.modes.switch(change(cast, on=False))
        assert (await store.integrations.of(cast.sam.id)).kind is kinds.OUTLOOK_DOMAIN
        assert (await store.integrations.of(cast.ana.id)).trouble is Trouble.NEVER_CONNECTED
        assert (await store.integrations.of(cast.uma.id)).trouble is Trouble.OPTED_OUT

    async def test_it_is_switched_once_however_many_switch_it(self, store: Store, cast: Cast) -> None:
        assert await store.modes.latest(cast.ana.organisation) is None
        assert not await store.modes.switch(change(cast, on=False)), "it is off already"
        switched = await asyncio.gather(*(store.modes.switch(change(cast, on=True)) for _ in range(4)))
        assert sorted(switched) == [False, False, False, True]
        assert await store.modes.latest(cast.ana.organisation) == change(cast, on=True)

    async def test_sessions_ahead_are_frozen_and_thaw(self, store: Store, cast: Cast) -> None:
        ahead = await stored(store, booked(cast.session(at(24))))
        past = await stored(store, booked(cast.session(at(-48))))
        by_mail = await stored(store, replace(booked(cast.session(at(48))), mailed=True))
        listed = await store.modes.ahead(cast.ana.organisation, NOW)
        assert [each.uid for each in listed] == [ahead.uid, by_mail.uid]
        await store.modes.switch(change(cast, on=True))
        frozen = await store.sessions.session(ahead.uid)
        assert frozen is not None
        assert (frozen.frozen, frozen.revision) == (True, ahead.revision + 1)
        for other in (past, by_mail):
            assert await store.sessions.session(other.uid) == other
        await store.modes.switch(change(cast, on=False))
        thawed = await store.sessions.session(ahead.uid)
        assert thawed is not None
        assert not thawed.frozen

    async def test_what_is_to_be_transferred_keeps_how_it_was_reached(self, store: Store, cast: Cast) -> None:
        await connect(store, cast.ana, IntegrationKind.GOOGLE_DOMAIN)
        ahead, held = await stored(store, booked(cast.session(at(24)))), await stored(store, cast.session(at(30)))
        await store.modes.switch(change(cast, on=True, convert=True))
        for session in (ahead, held):
            assert await store.modes.transfer(session.uid) == Transfer(
                session=session.uid,
                by_mail=True,
                convert=True,
                kind=IntegrationKind.GOOGLE_DOMAIN,
                account=cast.ana.email,
                since=NOW,
            )
            assert await store.sessions.session(session.uid) == session
        async with working(store, "settle", "transfer") as work:  # of one lock those that came first come first
            given = [await work.next() for _ in range(4)]
        assert {job.subject for job in given if job.name == "transfer"} == {(ahead.uid,), (held.uid,)}

    async def test_a_transfer_ends_with_the_session_it_is_about(self, store: Store, cast: Cast) -> None:
        ahead = await stored(store, booked(cast.session(at(24))))
        await store.modes.switch(change(cast, on=True, convert=True))
        assert await store.modes.unfinished(cast.ana.organisation) > 0
        assert not await store.modes.transferred(replace(ahead, revision=ahead.revision + 7), ahead.uid)
        assert await store.modes.transfer(ahead.uid) is not None
        assert await store.modes.transferred(ahead.transferred(), ahead.uid)
        assert await store.modes.transfer(ahead.uid) is None
        changed = await store.sessions.session(ahead.uid)
        assert changed is not None
        assert changed.attempt == ahead.attempt + 1


def read(uid: int, key: str = "", validity: int = 1, unfit: Unfit | None = None) -> Read:
    """One letter."""
    return Read(mailbox=MAILBOX, number=LetterNumber(validity, uid), key=key or f"key-{uid}", at=NOW, unfit=unfit)


class MailedAnswersContract:
    async def test_the_mailbox_is_read_onward_only_unless_it_is_numbered_anew(self, store: Store) -> None:
        assert await store.mailed_answers.reached(MAILBOX) is None
        for uid, reached in ((3, 3), (2, 3), (5, 5)):
            assert await store.mailed_answers.done(read(uid, unfit=Unfit.NO_CALENDAR))
            assert await store.mailed_answers.reached(MAILBOX) == LetterNumber(1, reached)
        assert await store.mailed_answers.done(read(1, "new", validity=2))
        assert await store.mailed_answers.reached(MAILBOX) == LetterNumber(2, 1)
        assert await store.mailed_answers.reached("other@pairtime.example") is None

    async def test_an_answer_is_taken_once_with_all_that_follows(self, store: Store, cast: Cast) -> None:
        invited = await store.invitations.invite(invitation(cast))
        session = await stored(store, replace(booked(cast.session(at(24))), event_id=invited.key, mailed=True))
        assert await store.sessions.with_event(invited.key) == session
        taken = Taken(
            invitation=invited,
            user=cast.sam.id,
            answer=Participation.DECLINED,
            sequence=0,
            stamp=NOW,
            session=session.answered(cast.sam.id, Participation.DECLINED),
        )
        told = Telling(cast.ana.id, SessionDeclined(session.uid, cast.sam.id), NOW)
        done = await asyncio.gather(
            *(store.mailed_answers.done(read(uid, "same"), taken, tell=[told]) for uid in (1, 2, 3))
        )
        assert done == [True, True, True]
        declined = await store.sessions.session(session.uid)
        assert declined is not None
        assert (declined.state, declined.revision) == (SessionState.NEEDS_NEW_TIME, session.revision + 1)
        now = await store.invitations.of(invited.key)
        assert now is not None
        assert [copy.answer for copy in now.copies] == [Participation.DECLINED, Participation.NEEDS_ACTION]
        assert await store.mailed_answers.newest(invited, cast.sam.id) == NOW
        assert await store.mailed_answers.newest(invited, cast.ana.id) is None
        assert await store.mailed_answers.was_read("same")
        async with working(store, "tell") as work:
            assert (await work.next()).subject[1] == str(cast.ana.id)
            await work.is_all(store)

    async def test_nothing_is_taken_where_the_session_changed_meanwhile(self, store: Store, cast: Cast) -> None:
        invited = await store.invitations.invite(invitation(cast))
        session = await stored(store, replace(booked(cast.session(at(24))), event_id=invited.key, mailed=True))
        late = replace(session, revision=session.revision - 1)
        taken = Taken(
            invitation=invited, user=cast.sam.id, answer=Participation.ACCEPTED, sequence=0, stamp=NOW, session=late
        )
        assert not await store.mailed_answers.done(read(1), taken)
        assert await store.mailed_answers.reached(MAILBOX) is None
        assert not await store.mailed_answers.was_read("key-1")
        assert await store.mailed_answers.newest(invited, cast.sam.id) is None

    async def test_an_older_answer_never_replaces_a_newer_one(self, store: Store, cast: Cast) -> None:
        """Two readers had both looked before either wrote."""
        invited = await store.invitations.invite(invitation(cast))
        newer = Taken(invitation=invited, user=cast.sam.id, answer=Participation.DECLINED, sequence=0, stamp=NOW)
        older = replace(newer, answer=Participation.ACCEPTED, stamp=NOW - timedelta(minutes=1))
        told = Telling(cast.ana.id, SessionDeclined(SessionUid("uid"), cast.sam.id), NOW)
        assert await store.mailed_answers.done(read(2), newer)
        assert await store.mailed_answers.done(read(1), older, tell=[told])
        now = await store.invitations.of(invited.key)
        assert now is not None
        assert now.copies[0].answer is Participation.DECLINED
        assert await store.mailed_answers.newest(invited, cast.sam.id) == NOW
        assert await store.mailed_answers.was_read("key-1")
        async with working(store, "tell") as work:
            await work.is_all(store)

    async def test_a_letter_that_is_put_off_is_read_again_later(self, store: Store) -> None:
        await store.mailed_answers.put_off(MAILBOX, LetterNumber(1, 4), NOW)
        assert await store.mailed_answers.reached(MAILBOX) == LetterNumber(1, 4)
        async with working(store, "letters") as work:
            assert (await work.next()).subject == ("1", "4")

    async def test_which_letters_were_read_is_forgotten_in_time(self, store: Store) -> None:
        await store.mailed_answers.done(read(1))
        await store.mailed_answers.forget(NOW)
        assert await store.mailed_answers.was_read("key-1")
        await store.mailed_answers.forget(NOW + timedelta(seconds=1))
        assert not await store.mailed_answers.was_read("key-1")
        assert await store.mailed_answers.reached(MAILBOX) == LetterNumber(1, 1)
