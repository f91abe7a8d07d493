"""What Invitations promises."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from calendar_core.event import Person
from calendar_core.happening import HappeningId, InvitationRefused
from calendar_core.invitation import Behind, Copy, Invitation
from calendar_core.participation import Participation
from calendar_core.ports import Telling
from calendar_core.request import RequestState
from calendar_core.store import Store

from .cast import NOW, Cast, at
from .requests import asked
from .working import working


def invitation(cast: Cast, key: str = "5f2b") -> Invitation:
    """Ana and Sam, tomorrow."""
    return Invitation(
        key=key,
        uid=f"{key}@pairtime.example",
        mailbox=Person("sessions@pairtime.example", "Pairtime"),
        title="Mentoring session",
        when=at(24),
        zone="America/New_York",
        changed_at=NOW,
        copies=(Copy(cast.sam.id), Copy(cast.ana.id)),
    )


class InvitationsContract:
    async def test_it_is_stored_whole_and_found_by_key_and_by_uid(self, store: Store, cast: Cast) -> None:
        new = replace(invitation(cast), behind=Behind.STRANGERS, private=True, link="https://a.example/b")
        assert await store.invitations.of(new.key) is None
        assert await store.invitations.invite(new) == new
        assert await store.invitations.of(new.key) == new
        assert await store.invitations.with_uid(new.uid) == new
        assert await store.invitations.with_uid(new.uid.upper()) is None, "a uid is exact"

    async def test_twice_with_one_key_is_once_however_many_at_once(self, store: Store, cast: Cast) -> None:
        new = invitation(cast)
        changed = replace(new, when=at(48))
        made = await asyncio.gather(*(store.invitations.invite(each) for each in (new, changed, new, changed)))
        assert len(set(made)) == 1
        async with working(store, "mail") as work:
            assert (await work.next()).subject == (new.key,)
            await work.is_all(store)

    async def test_a_change_is_mailed_and_one_that_came_too_late_is_not_made(self, store: Store, cast: Cast) -> None:
        was = await store.invitations.invite(invitation(cast))
        later = NOW + timedelta(minutes=5)
        moved = was.moved(at(48), "Europe/Berlin", later)
        assert await store.invitations.change(was, moved)
        assert await store.invitations.of(was.key) == moved
        assert not await store.invitations.change(was, was.called_off(later))
        assert await store.invitations.of(was.key) == moved
        async with working(store, "mail") as work:
            assert [(await work.next()).subject for _ in range(2)] == [(was.key,)] * 2

    async def test_what_was_sent_meanwhile_is_no_change(self, store: Store, cast: Cast) -> None:
        was = await store.invitations.invite(invitation(cast))
        await store.invitations.begin(was.key, cast.ana.id, "<1@x>")
        await store.invitations.sent(was.key, cast.ana.id, 0)
        assert await store.invitations.change(was, was.called_off(NOW))
        now = await store.invitations.of(was.key)
        assert now is not None
        assert now.copies == (Copy(cast.sam.id), Copy(cast.ana.id, first="<1@x>", sent=0))
        assert [copy.user for copy in now.missing()] == [cast.ana.id]

    async def test_two_answers_at_once_are_both_kept_and_mail_nothing(self, store: Store, cast: Cast) -> None:
        was = await store.invitations.invite(invitation(cast))
        both = [was.answered(cast.ana.id, Participation.ACCEPTED), was.answered(cast.sam.id, Participation.DECLINED)]
        assert await asyncio.gather(*(store.invitations.change(was, each) for each in both)) == [True, True]
        now = await store.invitations.of(was.key)
        assert now is not None
        assert [copy.answer for copy in now.copies] == [Participation.DECLINED, Participation.ACCEPTED]
        async with working(store, "mail") as work:
            await work.next()
            await work.is_all(store)

    async def test_the_first_letter_stays_and_the_newest_edition_counts(self, store: Store, cast: Cast) -> None:
        was = await store.invitations.invite(invitation(cast))
        for message in ("<1@x>", "<2@x>"):
            await store.invitations.begin(was.key, cast.ana.id, message)
        for edition in (2, 1):
            await store.invitations.sent(was.key, cast.ana.id, edition)
        await store.invitations.not_taken(was.key, cast.ana.id)
        now = await store.invitations.of(was.key)
        assert now is not None
        assert now.copies[1] == Copy(cast.ana.id, first="<1@x>", sent=2)

    async def test_what_was_certainly_not_taken_was_never_begun(self, store: Store, cast: Cast) -> None:
        was = await store.invitations.invite(invitation(cast))
        await store.invitations.begin(was.key, cast.ana.id, "<1@x>")
        await store.invitations.not_taken(was.key, cast.ana.id)
        assert await store.invitations.of(was.key) == was

    async def test_a_refusal_is_told_once(self, store: Store, cast: Cast) -> None:
        was = await store.invitations.invite(invitation(cast))
        what = InvitationRefused(was.key, cast.sam.id)
        for _ in range(2):
            await store.invitations.begin(was.key, cast.sam.id, "<1@x>")
            await store.invitations.refused(was.key, cast.sam.id, 0, tell=(Telling(cast.ana.id, what, NOW),))
        now = await store.invitations.of(was.key)
        assert now is not None
        assert now.copies[0].refused == 0
        async with working(store, "tell") as work:
            number, user = (await work.next()).subject
            await work.is_all(store)
        assert int(user) == cast.ana.id
        assert await store.happenings.happening(HappeningId(int(number))) == what

    async def test_the_sweep_finds_what_no_job_would_send(self, store: Store, cast: Cast) -> None:
        keys = ("waiting", "left", "sent", "refused", "cancelled", "over")
        made = {key: await store.invitations.invite(invitation(cast, key)) for key in keys if key != "waiting"}
        await store.invitations.invite(replace(invitation(cast, "begun"), when=at(30)))
        async with working(store, "mail") as work:
            for _ in range(len(made) + 1):
                await work.next()
        await store.invitations.invite(invitation(cast, "waiting"))
        for user in (cast.ana.id, cast.sam.id):
            await store.invitations.begin("sent", user, "<1@x>")
            await store.invitations.sent("sent", user, 0)
            await store.invitations.refused("refused", user, 0)
        await store.invitations.begin("begun", cast.ana.id, "<1@x>")
        assert await store.invitations.change(made["cancelled"], made["cancelled"].called_off(NOW))
        assert set(await store.invitations.unsent(NOW)) == {"begun", "left", "over"}
        assert set(await store.invitations.unsent(at(25).start)) == {"begun"}
        assert await store.invitations.unsent(at(31).start) == ()

    async def test_the_sql_and_the_value_agree_about_who_lacks_what(self, store: Store, cast: Cast) -> None:
        """Every combination of what a copy can be in, on the same question asked twice."""
        user, number = cast.ana.id, 0
        for cancelled in (False, True):
            for first in (None, "<1@x>"):
                for sent in (None, 0, 1):
                    for refused in (None, 0, 1):
                        number += 1
                        await self._agrees(store, cast, f"k{number}", (cancelled, first, sent, refused))
        assert number == 36
        assert user

    async def _agrees(
        self, store: Store, cast: Cast, key: str, how: tuple[bool, str | None, int | None, int | None]
    ) -> None:
        cancelled, first, sent, refused = how
        made = await store.invitations.invite(replace(invitation(cast, key), copies=(Copy(cast.ana.id),)))
        changed = made.called_off(NOW) if cancelled else made.moved(at(48), made.zone, NOW)
        assert await store.invitations.change(made, changed)
        if sent is not None:
            await store.invitations.sent(key, cast.ana.id, sent)
        if refused is not None:
            await store.invitations.refused(key, cast.ana.id, refused)
        if first is not None:
            await store.invitations.begin(key, cast.ana.id, first)
        async with working(store, "mail") as work:
            for _ in range(2):
                await work.next()
        now = await store.invitations.of(key)
        assert now is not None
        assert (key in await store.invitations.unsent(NOW)) == bool(now.missing()), now

    async def test_an_agreement_and_its_invitation_are_one_decision(self, store: Store, cast: Cast) -> None:
        request = await store.requests.make(asked(cast), None)
        agreed = replace(request, state=RequestState.ACCEPTED, chosen=request.times[0])
        assert await store.requests.change(request, agreed, invite=invitation(cast))
        assert await store.invitations.of("5f2b") is not None
        assert not await store.requests.change(request, agreed, invite=invitation(cast, "other"))
        assert await store.invitations.of("other") is None
