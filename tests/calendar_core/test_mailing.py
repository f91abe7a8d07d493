"""Invitations on their way: over real SMTP, in whatever order things happen, and through kills between two letters."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.letters import Letters
from calendar_core.event import Person
from calendar_core.happening import HappeningId, InvitationRefused
from calendar_core.interval import Interval
from calendar_core.invitation import Copy, Invitation
from calendar_core.job import MAIL, Job, mail_job
from calendar_core.mail import Security, SmtpMailer, SmtpServer
from calendar_core.mailing import Mailing
from calendar_core.participation import Participation
from calendar_core.people import UserId
from calendar_core.ports import Letter, RetryAt
from calendar_core.store import Store, migrate, open_store
from sandbox import mailbox
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.world import Mailbox
from tests.contracts.store.cast import Cast, enrol
from tests.contracts.store.working import run, working

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WHEN = Interval.lasting(datetime(2026, 11, 25, 14, tzinfo=UTC), 45)
LATER, LATEST = (Interval.lasting(datetime(2026, 11, day, 15, tzinfo=UTC), 45) for day in (26, 27))
ANA, SAM = "ana@example.com", "sam@example.com"
KEY = "5f2b"


class Killed(BaseException):
    """Like a process that is gone: nothing catches it."""


@dataclass
class Post:
    """Everything a test needs: the store, the world's mail, and the job to be run."""

    sandbox: Sandbox
    store: Store
    cast: Cast
    mailing: Mailing

    async def invite(self) -> Invitation:
        return await self.store.invitations.invite(
            Invitation(
                key=KEY,
                uid=f"{KEY}@pairtime.example",
                mailbox=Person("sessions@pairtime.example", "Pairtime"),
                title="Mentoring session",
                when=WHEN,
                zone="America/New_York",
                changed_at=self.sandbox.clock.now(),
                copies=(Copy(self.cast.ana.id), Copy(self.cast.sam.id)),
            )
        )

    async def change(self, how: str, when: Interval = LATER) -> None:
        was = await self.store.invitations.of(KEY)
        assert was is not None
        at = self.sandbox.clock.now()
        now = was.called_off(at) if how == "cancel" else was.moved(when, was.zone, at)
        assert await self.store.invitations.change(was, now)

    async def run(self) -> RetryAt | None:
        return await self.mailing.mail(mail_job(KEY))

    def letters(self, address: str) -> list[mailbox.Letter]:
        return self.sandbox.mail.post.letters(address)

    def got(self, address: str) -> list[tuple[str, int]]:
        """METHOD and SEQUENCE of what came, in order."""
        files = [letter.calendar for letter in self.letters(address)]
        return [(file.method, file.sequence) for file in files if file is not None]

    def trouble(self, fault: Fault, address: str | None = None, operation: str = "rcpt") -> None:
        self.sandbox.faults.add(replace(fault, vendor="smtp", operation=operation, mailbox=address))

    def shown(self, address: str) -> list[tuple[str, str]]:
        """What that person's Outlook shows: when, and in which state."""
        return [(event.when.start.isoformat(), event.status) for event in self.sandbox.world.events(address)]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    url = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
    migrate(url)
    async with Sandbox(now=NOW) as sandbox:
        for address in (ANA, SAM):
            sandbox.world.add_mailbox(Mailbox(address, address[:3].title(), "microsoft", "Europe/Berlin"))
        store = open_store(url, sandbox.clock)
        cast = await enrol(store)
        server = SmtpServer(
            host="127.0.0.1", port=int(sandbox.mail.url.rpartition(":")[2]), security=Security.PLAIN, timeout=5
        )
        mailer = SmtpMailer(server, sandbox.clock.now)
        yield Post(
            sandbox,
            store,
            cast,
            Mailing(store.people, store.invitations, mailer, Letters(), store.jobs, sandbox.clock),
        )
        await store.close()


async def test_each_is_sent_a_letter_of_their_own_once(post: Post) -> None:
    await post.invite()
    for _ in range(2):
        assert await post.run() is None
    for address, other in ((ANA, "Sam Okoye"), (SAM, "Ana Ruiz")):
        (letter,) = post.letters(address)
        assert letter.recipient == address
        assert str(letter.message["To"]).endswith(f"<{address}>")
        assert other in str(letter.message["Subject"])
        file = letter.calendar
        assert file is not None
        assert {each.email for each in file.attendees} == {ANA, SAM}
        assert (file.start, file.organizer.email) == (WHEN.start, "sessions@pairtime.example")
        assert post.shown(address) == [(WHEN.start.isoformat(), "confirmed")]
        (event,) = post.sandbox.world.events(address)
        assert event.availability == "tentative"


async def test_moved_twice_before_it_went_out_it_goes_out_once(post: Post) -> None:
    await post.invite()
    await post.change("move", LATER)
    await post.change("move", LATEST)
    assert await post.run() is None
    for address in (ANA, SAM):
        assert post.got(address) == [("REQUEST", 2)]
        assert post.shown(address) == [(LATEST.start.isoformat(), "confirmed")]
        assert str(post.letters(address)[0].message["Subject"]).startswith("Invitation: ")


async def test_cancelled_before_it_went_out_nothing_goes_out(post: Post) -> None:
    await post.invite()
    await post.change("move")
    await post.change("cancel")
    assert await post.run() is None
    assert post.sandbox.mail.post.addresses() == []


async def test_a_life_in_order_ends_with_nothing_in_outlook(post: Post) -> None:
    await post.invite()
    await post.run()
    await post.change("move")
    await post.run()
    await post.change("cancel")
    await post.run()
    for address in (ANA, SAM):
        assert post.got(address) == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
        first, second, third = [letter.message for letter in post.letters(address)]
        assert second["References"] == third["References"] == first["Message-ID"]
        assert len({first["Message-ID"], second["Message-ID"], third["Message-ID"]}) == 3
        assert post.shown(address) == [(LATER.start.isoformat(), "cancelled")]


async def test_a_cancellation_goes_only_to_whom_the_invitation_went(post: Post) -> None:
    await post.invite()
    post.trouble(Fault("status", status=451, times=None), SAM)
    assert isinstance(await post.run(), RetryAt)
    assert (post.got(ANA), post.got(SAM)) == ([("REQUEST", 0)], [])
    await post.change("cancel")
    post.sandbox.faults.clear()
    assert await post.run() is None
    assert (post.got(ANA), post.got(SAM)) == ([("REQUEST", 0), ("CANCEL", 1)], [])


@pytest.mark.parametrize("operation", ["rcpt", "data"])
async def test_one_who_cannot_be_reached_now_holds_up_nobody_and_is_tried_again(post: Post, operation: str) -> None:
    await post.invite()
    post.trouble(Fault("status", status=450), ANA, operation)
    again = await post.run()
    assert again is not None
    assert NOW + timedelta(seconds=1) <= again.instant < NOW + timedelta(seconds=5)
    assert (post.got(ANA), post.got(SAM)) == ([], [("REQUEST", 0)])
    assert await post.run() is None
    assert (post.got(ANA), post.got(SAM)) == ([("REQUEST", 0)], [("REQUEST", 0)])


async def test_the_pause_grows_to_five_minutes_and_ends_with_the_session(post: Post) -> None:
    await post.invite()
    post.trouble(Fault("status", status=421, times=None))
    pauses = []
    for waited in (timedelta(0), timedelta(minutes=1), timedelta(hours=10)):
        post.sandbox.clock.set(NOW + waited)
        again = await post.run()
        assert again is not None
        pauses.append(again.instant - NOW - waited)
    assert [each.total_seconds() for each in pauses] == pytest.approx([1, 6, 300], abs=2)  # the clock runs on
    post.sandbox.clock.set(WHEN.end)
    assert await post.run() is None


async def test_what_will_never_be_taken_is_told_to_both_once_and_holds_up_nobody(post: Post) -> None:
    await post.invite()
    post.trouble(Fault("status", status=550, times=None), ANA)
    for _ in range(2):
        assert await post.run() is None
    assert (post.got(ANA), post.got(SAM)) == ([], [("REQUEST", 0)])
    async with working(post.store, "tell") as work:
        told = [(await work.next()).subject for _ in range(2)]
        await work.is_all(post.store)
    assert {UserId(int(user)) for _, user in told} == {post.cast.ana.id, post.cast.sam.id}
    assert {await post.store.happenings.happening(HappeningId(int(number))) for number, _ in told} == {
        InvitationRefused(KEY, post.cast.ana.id)
    }
    await post.change("cancel")
    assert await post.run() is None
    assert (post.got(ANA), post.got(SAM)) == ([], [("REQUEST", 0), ("CANCEL", 1)])


async def test_a_letter_whose_taking_was_not_heard_goes_out_again_as_the_same(post: Post) -> None:
    await post.invite()
    post.trouble(Fault("drop", after_commit=True), ANA, "data")
    assert isinstance(await post.run(), RetryAt)
    assert await post.run() is None
    first, second = [letter.message for letter in post.letters(ANA)]
    assert first["Message-ID"] == second["Message-ID"]
    assert post.got(ANA) == [("REQUEST", 0)] * 2
    assert post.shown(ANA) == [(WHEN.start.isoformat(), "confirmed")], "a calendar makes one of it"


async def test_what_may_have_been_taken_is_cancelled_all_the_same(post: Post) -> None:
    await post.invite()
    post.trouble(Fault("drop", after_commit=True), ANA, "data")
    await post.run()
    await post.change("cancel")
    assert await post.run() is None
    assert post.got(ANA) == [("REQUEST", 0), ("CANCEL", 1)]
    assert post.shown(ANA) == [(WHEN.start.isoformat(), "cancelled")]


class Doomed:
    """A Mailer under whose process the machine goes away: before a letter is handed over, or right after."""

    def __init__(self, mailer: SmtpMailer, letters: int, *, after: bool) -> None:
        self._mailer, self._left, self._after = mailer, letters, after

    async def send(self, letter: Letter) -> None:
        """See Mailer."""
        self._left -= 1
        if self._left < 0 and not self._after:
            raise Killed
        await self._mailer.send(letter)
        if self._left < 0:
            raise Killed


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("letters", [0, 1])
@pytest.mark.parametrize("then", ["nothing", "move", "cancel"])
async def test_a_kill_between_two_letters_loses_none_and_breaks_no_order(
    post: Post, letters: int, after: bool, then: str
) -> None:
    await post.invite()
    mailer = post.mailing.mailer
    assert isinstance(mailer, SmtpMailer)
    with pytest.raises(Killed):
        await replace(post.mailing, mailer=Doomed(mailer, letters, after=after)).mail(mail_job(KEY))
    before = len(post.letters(ANA)), len(post.letters(SAM))
    if then != "nothing":
        await post.change(then)
    assert await post.run() is None
    killed = (ANA, SAM)[letters]
    newest = {"nothing": ("REQUEST", 0), "move": ("REQUEST", 1), "cancel": ("CANCEL", 1)}[then]
    for address, had in zip((ANA, SAM), before, strict=True):
        got = post.got(address)
        assert [sequence for _, sequence in got] == sorted(sequence for _, sequence in got)
        if then == "cancel" and not had and address != killed:
            assert got == [], "never begun: nothing to cancel"
        else:
            assert got[-1] == newest
        when = {"nothing": WHEN, "move": LATER, "cancel": WHEN}[then].start.isoformat()
        state = "cancelled" if then == "cancel" else "confirmed"
        assert post.shown(address) in ([(when, state)], [])


async def test_whatever_order_jobs_run_in_a_cancellation_never_comes_before_its_invitation(post: Post) -> None:
    """Many runners and many changes: what arrives is in order, and the last of it is the last state."""
    await post.invite()
    ran = asyncio.Event()

    async def mail(job: Job) -> RetryAt | None:
        again = await post.mailing.mail(job)
        ran.set()
        return again

    async with run(post.store, {MAIL: mail}):
        for number in range(12):
            await post.change("move", Interval.lasting(WHEN.start + timedelta(hours=number + 1), 45))
            await post.store.jobs.defer(mail_job(KEY), lock=KEY)
        await post.change("cancel")
        async with asyncio.timeout(60):
            while (now := await post.store.invitations.of(KEY)) is None or now.missing():
                await ran.wait()
                ran.clear()
    for address in (ANA, SAM):
        got = post.got(address)
        assert [sequence for _, sequence in got] == sorted({sequence for _, sequence in got}), "none twice, in order"
        assert not got or got[-1] == ("CANCEL", 13)
        assert all(method == "REQUEST" for method, _ in got[:-1])


async def test_the_sweep_gives_back_what_lost_its_job(post: Post) -> None:
    await post.invite()
    async with working(post.store, MAIL) as work:
        await work.next()
    await post.mailing.sweep(Job("sweep"))
    came = asyncio.Event()
    post.sandbox.mail.post.on_arrival(SAM, lambda _: came.set())
    async with run(post.store, {MAIL: post.mailing.mail}), asyncio.timeout(60):
        await came.wait()
    await post.mailing.sweep(Job("sweep"))
    async with working(post.store, MAIL) as work:
        await work.is_all(post.store)


async def test_an_answer_of_ones_own_stays_where_nothing_moved(post: Post) -> None:
    await post.invite()
    await post.run()
    was = await post.store.invitations.of(KEY)
    assert was is not None
    accepted = was.answered(post.cast.sam.id, Participation.ACCEPTED)
    assert await post.store.invitations.change(was, accepted)
    assert await post.store.invitations.change(accepted, accepted.linked("https://video.example.com/1", NOW))
    await post.run()
    file = post.letters(ANA)[-1].calendar
    assert file is not None
    assert {each.email: each.response for each in file.attendees} == {ANA: "needsAction", SAM: "accepted"}


class Tagged:
    """A ReplyAddress."""

    def of(self, uid: str, recipient: str) -> str:
        """A tag for each."""
        return f"sessions+{recipient[:3]}{len(uid)}@pairtime.example"


async def test_answers_go_where_they_are_wanted(post: Post) -> None:
    await post.invite()
    mailing = replace(post.mailing, reply_address=Tagged())
    await mailing.mail(mail_job(KEY))
    for address, tag in ((ANA, "ana"), (SAM, "sam")):
        (letter,) = post.letters(address)
        file = letter.calendar
        assert file is not None
        assert file.organizer.email == letter.sender == f"sessions+{tag}{len(file.uid)}@pairtime.example"
        assert f"<{letter.sender}>" in str(letter.message["From"])
