"""What Mia and Theo answer by mail, over real SMTP and IMAP: believed where it is theirs, and never moving anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_core.errors import ProviderUnavailable
from calendar_core.job import READ_LETTERS, Job
from calendar_core.mailed_answer import Unfit
from calendar_core.participation import Participation
from calendar_core.session import Session, SessionState
from tests.answering_letters import AnsweringLetter
from tests.visiting import Letter, Visitor

MIA, THEO, MAILBOX = "mia@example.org", "theo@example.org", "sessions@example.com"


async def booked(visitor: Visitor) -> Session:
    """Mia books with Theo; both have their letter."""
    await visitor.press(MIA, await visitor.say(MIA, "book with my mentor"), "1")
    for who in (MIA, THEO):
        await visitor.gets(who, 1)
    (event,) = await visitor.events(MIA)
    invitation = await visitor.stage.application.store.invitations.with_uid(event["uid"])
    assert invitation is not None
    session = await visitor.stage.application.store.sessions.with_event(invitation.key)
    assert session is not None
    return session


async def answers(visitor: Visitor, session: Session) -> dict[str, Participation]:
    """What each is known to have answered."""
    invitation = await visitor.stage.application.store.invitations.of(session.event_id or "")
    assert invitation is not None
    people = visitor.stage.application.store.people
    return {(await people.user(copy.user)).email: copy.answer for copy in invitation.copies}


async def present(visitor: Visitor, session: Session) -> Session:
    found = await visitor.stage.application.store.sessions.session(session.uid)
    assert found is not None
    return found


async def read(visitor: Visitor) -> None:
    """All letters that came are done with."""
    by_mail = visitor.stage.application.answers_by_mail
    assert by_mail is not None
    await by_mail.reading.read(Job(READ_LETTERS))


async def answered(visitor: Visitor, what: str, who: str, **more: object) -> None:
    """In Outlook, by its owner."""
    (event,) = await visitor.events(who)
    await visitor.drive(what, mailbox=who, uid=event["uid"], **more)


@pytest.mark.parametrize(
    ("what", "answer"), [("accept", Participation.ACCEPTED), ("tentative", Participation.TENTATIVE)]
)
async def test_an_answer_in_outlook_is_known_here(visitor: Visitor, what: str, answer: Participation) -> None:
    session = await booked(visitor)
    await answered(visitor, what, THEO)
    await read(visitor)
    assert await answers(visitor, session) == {MIA: Participation.NEEDS_ACTION, THEO: answer}
    now = await present(visitor, session)
    assert (now.state, now.when, now.attendee_answer) == (SessionState.BOOKED, session.when, answer)


async def test_a_letter_is_noticed_by_itself_and_a_decline_told_to_both(visitor: Visitor) -> None:
    session = await booked(visitor)
    await answered(visitor, "decline", THEO)
    told = await visitor.hears(MIA, "Theo declined")
    assert "It is not cancelled yet." in told["text"]
    own = await visitor.hears(THEO, "by mail. It is not cancelled yet; Mia Castel was told.")
    assert [choice["label"] for choice in own["choices"]] == ["Find another time"]
    declined = await present(visitor, session)
    assert (declined.state, declined.when) == (SessionState.NEEDS_NEW_TIME, session.when)
    assert (await answers(visitor, session))[THEO] is Participation.DECLINED
    assert (await visitor.press(THEO, own, "Find another time"))["kind"] == "SlotsOffered"


async def test_another_time_proposed_moves_nothing_and_only_its_sender_hears_why(visitor: Visitor) -> None:
    session = await booked(visitor)
    before = await visitor.inbox(MIA)
    await answered(visitor, "counter", THEO, start="2026-12-01T14:00:00Z", end="2026-12-01T14:45:00Z")
    told = await visitor.hears(THEO, "You proposed another time by mail for")
    assert "That moves nothing, and Mia Castel was not asked" in told["text"]
    assert [choice["label"] for choice in told["choices"]] == ["Find another time"]
    assert await present(visitor, session) == session
    assert (await answers(visitor, session))[THEO] is Participation.NEEDS_ACTION
    assert await visitor.inbox(MIA) == before
    assert [len(await visitor.letters(who)) for who in (MIA, THEO)] == [1, 1], "no calendar hears of another time"


async def test_a_move_in_outlook_cannot_be_seen_and_changes_nothing(visitor: Visitor) -> None:
    session = await booked(visitor)
    world = visitor.stage.sandbox.world
    (copy,) = [each for each in world.events(THEO) if each.uid == (await visitor.events(THEO))[0]["uid"]]
    moved = {"start": "2026-12-01T14:00:00Z", "end": "2026-12-01T14:45:00Z"}
    await visitor.drive("event", mailbox=THEO, title="moved by hand", **moved)
    await visitor.drive("delete", mailbox=THEO, uid=copy.uid)
    await read(visitor)
    visitor.stage.sandbox.clock.jump(timedelta(hours=1))
    assert await present(visitor, session) == session


# --- letters that are refused -----------------------------------------------------------------------------------------

Made = Callable[[AnsweringLetter, Letter], bytes]


def theirs(letter: Letter, who: str, **what: object) -> AnsweringLetter:
    """Who was sent that letter answers it as they should."""
    invitation = letter["invitation"]
    assert invitation is not None
    made = AnsweringLetter(sender=who, to=invitation["organizer"], uid=invitation["uid"], partstat="DECLINED")
    return replace(made, **what)  # type: ignore[arg-type]  # each case names a field's own type


REFUSED: dict[str, tuple[Unfit, Made]] = {
    "a decline without a signature": (Unfit.NOT_SIGNED, lambda own, _: own.raw()),
    "signed by another domain": (Unfit.NOT_SIGNED, lambda own, _: own.signed("example.com")),
    "changed after it was signed": (
        Unfit.NOT_SIGNED,
        lambda own, _: own.signed().replace(b"I have answered", b"I answered"),
    ),
    "to the mailbox without a token": (Unfit.WRONG_ADDRESS, lambda own, _: replace(own, to=MAILBOX).signed()),
    "to the other one's address": (Unfit.WRONG_ADDRESS, lambda own, other: replace(own, to=other["from"]).signed()),
    "in the other one's name": (
        Unfit.WRONG_ADDRESS,
        lambda own, _: replace(own, attendee=MIA).signed(),
    ),
    "of somebody who was not invited": (
        Unfit.WRONG_ADDRESS,
        lambda own, _: replace(own, attendee="x@x.example").signed(),
    ),
    "from another sender": (
        Unfit.OTHER_SENDER,
        lambda own, _: replace(own, sender="boss@example.org", attendee=THEO).signed(),
    ),
    "to another sequence": (Unfit.STALE, lambda own, _: replace(own, sequence=1).signed()),
    "with a stamp of next year": (
        Unfit.MALFORMED,
        lambda own, _: replace(own, stamp=own.stamp + timedelta(days=365)).signed(),
    ),
    "about an invitation that never was": (Unfit.UNKNOWN, lambda own, _: replace(own, uid="never").signed()),
    "a request in its place": (Unfit.NOT_AN_ANSWER, lambda own, _: replace(own, method="REQUEST").signed()),
    "ten megabytes": (Unfit.TOO_LARGE, lambda own, _: own.signed() + b"\r\n" * 5_000_000),
    "two thousand parts in parts": (
        Unfit.TANGLED,
        lambda own, _: own.signed() + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' * 2000,
    ),
    "an HTML bomb": (
        Unfit.NO_CALENDAR,
        lambda own, _: (
            f"From: {own.sender}\r\nTo: {own.to}\r\nContent-Type: text/html\r\n\r\n".encode()
            + (b"<div>" * 190 + b"\r\n") * 900
        ),
    ),
    "a calendar cut off": (
        Unfit.MALFORMED,
        lambda own, _: replace(own, extra=("END:VCALENDAR",)).signed(),
    ),
}


@pytest.mark.parametrize(("why", "made"), REFUSED.values(), ids=REFUSED.keys())
async def test_a_letter_that_is_not_to_be_believed_changes_nothing(
    visitor: Visitor, why: Unfit, made: Made, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    session = await booked(visitor)
    for_mia, for_theo = (await visitor.letters(MIA))[0], (await visitor.letters(THEO))[0]
    publish(visitor)
    heard = [await visitor.inbox(who) for who in (MIA, THEO)]
    visitor.stage.sandbox.mail.deliver(THEO, MAILBOX, made(theirs(for_theo, THEO), for_mia))
    await read(visitor)
    assert any(why.value in record.getMessage() for record in caplog.records)
    assert await present(visitor, session) == session
    assert set((await answers(visitor, session)).values()) == {Participation.NEEDS_ACTION}
    assert [await visitor.inbox(who) for who in (MIA, THEO)] == heard
    ours = [record for record in caplog.records if record.name != "mail.log"]  # that is the sandbox's mail server
    said = " ".join(record.getMessage() for record in ours)
    assert THEO not in said
    assert for_theo["from"] not in said
    visitor.stage.sandbox.mail.deliver(THEO, MAILBOX, theirs(for_theo, THEO).signed())
    await read(visitor)
    assert (await present(visitor, session)).state is SessionState.NEEDS_NEW_TIME, "a true one is still heard after it"


async def test_an_older_answer_that_comes_late_and_the_same_one_again_change_nothing(visitor: Visitor) -> None:
    session = await booked(visitor)
    publish(visitor)
    own = theirs((await visitor.letters(THEO))[0], THEO)
    accepted = replace(own, partstat="ACCEPTED", stamp=own.stamp + timedelta(minutes=5)).signed()
    for raw in (accepted, own.signed(), accepted, accepted):
        visitor.stage.sandbox.mail.deliver(THEO, MAILBOX, raw)
    await read(visitor)
    assert (await answers(visitor, session))[THEO] is Participation.ACCEPTED
    now = await present(visitor, session)
    assert (now.state, now.when, now.revision) == (SessionState.BOOKED, session.when, session.revision + 1)
    visitor.stage.sandbox.mail.deliver(THEO, MAILBOX, replace(own, stamp=own.stamp + timedelta(minutes=9)).signed())
    await read(visitor)
    assert (await present(visitor, session)).state is SessionState.NEEDS_NEW_TIME


async def test_many_readers_take_a_letter_once(visitor: Visitor) -> None:
    session = await booked(visitor)
    await answered(visitor, "decline", THEO)
    await asyncio.gather(*(read(visitor) for _ in range(4)))
    await visitor.hears(MIA, "Theo declined")
    assert (await present(visitor, session)).revision == session.revision + 1
    assert sum("declined" in message["text"] for message in await visitor.inbox(MIA)) == 1


async def test_a_letter_whose_domain_cannot_be_asked_is_read_again_later_and_holds_up_no_other(
    visitor: Visitor,
) -> None:
    session = await booked(visitor)
    publish(visitor)
    letters = {who: (await visitor.letters(who))[0] for who in (MIA, THEO)}
    silent = asyncio.Event()
    answering = visitor.stage.sandbox.answering
    answered_before = answering.txt

    def txt(name: str) -> list[bytes]:
        if not silent.is_set():
            raise ProviderUnavailable("name servers did not answer")
        return answered_before(name)

    answering.txt = txt  # type: ignore[method-assign]  # the name servers of this test
    visitor.stage.sandbox.mail.deliver(THEO, MAILBOX, theirs(letters[THEO], THEO, partstat="ACCEPTED").signed())
    await read(visitor)
    assert (await present(visitor, session)).revision == session.revision
    silent.set()
    visitor.stage.sandbox.mail.deliver(MIA, MAILBOX, theirs(letters[MIA], MIA, partstat="TENTATIVE").signed())
    await read(visitor)
    assert await answers(visitor, session) == {MIA: Participation.TENTATIVE, THEO: Participation.NEEDS_ACTION}
    visitor.stage.sandbox.clock.jump(timedelta(minutes=6))
    await visitor.until(lambda: answers(visitor, session), {MIA: Participation.TENTATIVE, THEO: Participation.ACCEPTED})


def publish(visitor: Visitor) -> None:
    """The keys of these letters, in place of those of the world's own mail servers."""
    from tests.answering_letters import record

    def txt(name: str) -> list[bytes]:
        selector, _, domain = name.partition("._domainkey.")
        return [record(domain)] if selector == "s1" else []

    visitor.stage.sandbox.answering.txt = txt  # type: ignore[method-assign]  # the name servers of this test
