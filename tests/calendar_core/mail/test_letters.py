"""Which letters are understood as answers, and which of them are refused, whatever they hold."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calendar_core.mail.signed_answers import SignedAnswers
from calendar_core.mailed_answer import LetterUnfit, MailedAnswer, Unfit
from calendar_core.participation import Participation
from tests.answering_letters import STAMP, AnsweringLetter, Published, record

TO = "programme+abcdefghijklmnopqrstuvwx@pairtime.example"
LETTER = AnsweringLetter(sender="Sam@Example.com", to=TO, uid="u-1@pairtime.example")
READER = SignedAnswers(Published())


async def unfit(raw: bytes) -> Unfit:
    """Why it is refused."""
    with pytest.raises(LetterUnfit) as refused:
        await READER.read(raw)
    return refused.value.why


def with_calendar(*lines: str) -> bytes:
    """A letter whose calendar part holds these lines and nothing else."""
    part = "\r\n".join(lines)
    return (
        f"From: sam@example.com\r\nTo: {TO}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n{part}\r\n"
    ).encode()


EVENT = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "METHOD:REPLY",
    "BEGIN:VEVENT",
    "UID:u-1",
    "DTSTAMP:20261122T163000Z",
    "ATTENDEE;PARTSTAT=DECLINED:mailto:sam@example.com",
    "END:VEVENT",
    "END:VCALENDAR",
)


def changed(was: str, *now: str) -> bytes:
    """The small event with one of its lines replaced."""
    lines = [each for line in EVENT for each in (now if line.startswith(was) else (line,))]
    assert tuple(lines) != EVENT
    return with_calendar(*lines)


async def test_a_reply_is_understood() -> None:
    assert await READER.read(LETTER.signed()) == MailedAnswer(
        uid="u-1@pairtime.example",
        sequence=0,
        attendee="sam@example.com",
        sent_by="sam@example.com",
        to=frozenset({TO}),
        stamp=STAMP,
        answer=Participation.ACCEPTED,
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("ACCEPTED", Participation.ACCEPTED),
        ("tentative", Participation.TENTATIVE),
        ("DECLINED", Participation.DECLINED),
    ],
)
async def test_each_answer_is_understood(said: str, answer: Participation) -> None:
    assert (await READER.read(replace(LETTER, partstat=said).raw())).answer is answer


async def test_a_counter_proposes_and_answers_nothing() -> None:
    read = await READER.read(replace(LETTER, method="COUNTER", sequence=3, partstat="TENTATIVE").raw())
    assert (read.answer, read.sequence) == (None, 3)


async def test_a_counter_may_repeat_the_other_attendee() -> None:
    both = replace(LETTER, method="COUNTER", extra=("ATTENDEE:mailto:ana@example.com",))
    assert (await READER.read(both.raw())).attendee == "sam@example.com"


@pytest.mark.parametrize(
    "raw",
    [
        LETTER.raw().replace(b"\r\n", b"\n"),
        with_calendar("\ufeff" + EVENT[0], *EVENT[1:]),
        changed("DTSTAMP", "DTSTAMP:20261122T163000Z", "DTSTART:not-a-date", "DTEND;TZID=Nowhere:20261124T1"),
        changed("DTSTAMP", "DTSTAMP:20261122T163000Z", "DTSTART;TZID=Customized Time Zone:20261124T150000"),
        changed("UID", "UID:u-1", "SUMMARY:J\xf6rg").decode().encode("iso-8859-1"),
    ],
    ids=["bare line ends", "a byte order mark", "a broken time", "a zone nobody knows", "latin-1 said to be utf-8"],
)
async def test_habits_of_mail_programs_are_forgiven(raw: bytes) -> None:
    assert (await READER.read(raw)).uid.startswith("u-1")


HTML_BOMB = (
    f"From: sam@example.com\r\nTo: {TO}\r\nContent-Type: text/html\r\n\r\n"
    + "<div>" * 190
    + ("\r\n" + "<b>" * 300) * 900
)
TWO = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@example.com"
DEEP = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(2000))
MANY = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + "--b\r\n\r\nx\r\n" * 5000
HEAD = f"From: sam@example.com\r\nTo: {TO}\r\n"


REFUSED = {
    "nothing": (b"", Unfit.NO_CALENDAR),
    "octets": (b"\x00\xff" * 400, Unfit.NO_CALENDAR),
    "an HTML bomb": (HTML_BOMB.encode(), Unfit.NO_CALENDAR),
    "ten megabytes": (LETTER.raw() + b"x\r\n" * 3_500_000, Unfit.TOO_LARGE),
    "two thousand levels": ((HEAD + DEEP).encode(), Unfit.TANGLED),
    "five thousand parts": ((HEAD + MANY).encode(), Unfit.TANGLED),
    "an endless header": ((HEAD + "Subject: " + "a" * 2000 + "\r\n\r\n").encode(), Unfit.TANGLED),
    "six thousand lines": (with_calendar(*EVENT[:5], *("X-A:1",) * 6000, *EVENT[5:]), Unfit.TANGLED),
    "a calendar of 270 kB": (with_calendar(*EVENT[:5], *("X-A:" + "a" * 900,) * 300, *EVENT[5:]), Unfit.TOO_LARGE),
    "two From": (LETTER.raw().replace(b"From: ", b"From: a@example.com\r\nFrom: "), Unfit.MALFORMED),
    "two senders": (LETTER.raw().replace(b"From: Somebody", b"From: a@example.com, Somebody"), Unfit.MALFORMED),
    "a calendar cut off": (with_calendar(*EVENT[:6]), Unfit.MALFORMED),
    "no event": (with_calendar("BEGIN:VCALENDAR", "METHOD:REPLY", "END:VCALENDAR"), Unfit.MALFORMED),
    "two events": (with_calendar(*EVENT[:8], *EVENT[3:8], EVENT[8]), Unfit.MALFORMED),
    "events in events": (with_calendar(*("BEGIN:VEVENT",) * 2000), Unfit.MALFORMED),
    "a request": (changed("METHOD", "METHOD:REQUEST"), Unfit.NOT_AN_ANSWER),
    "a counter in a reply's clothes": (changed("METHOD", "METHOD:COUNTER"), Unfit.MALFORMED),
    "a line end in the uid": (changed("UID", "UID:u\\n1"), Unfit.MALFORMED),
    "a NUL in the uid": (changed("UID", "UID:u\x001"), Unfit.MALFORMED),
    "an endless uid": (changed("UID", "UID:" + "u" * 400), Unfit.MALFORMED),
    "no uid": (changed("UID"), Unfit.MALFORMED),
    "a broken stamp": (changed("DTSTAMP", "DTSTAMP:yesterday"), Unfit.MALFORMED),
    "no stamp": (changed("DTSTAMP"), Unfit.MALFORMED),
    "two attendees": (changed("ATTENDEE", TWO, TWO), Unfit.MALFORMED),
    "a NUL in the attendee": (
        changed("ATTENDEE", "ATTENDEE;PARTSTAT=DECLINED:mailto:sam\x00@example.com"),
        Unfit.MALFORMED,
    ),
    "an attendee without an address": (
        changed("ATTENDEE", "ATTENDEE;PARTSTAT=DECLINED:urn:sam@example.com"),
        Unfit.MALFORMED,
    ),
    "a delegation": (changed("ATTENDEE", "ATTENDEE;PARTSTAT=DELEGATED:mailto:sam@example.com"), Unfit.MALFORMED),
    "an attendee who says nothing": (changed("ATTENDEE", "ATTENDEE:mailto:sam@example.com"), Unfit.MALFORMED),
    "no attendee": (changed("ATTENDEE"), Unfit.MALFORMED),
    "a sequence below nothing": (changed("UID", "UID:u-1", "SEQUENCE:-1"), Unfit.MALFORMED),
    "a sequence in words": (changed("UID", "UID:u-1", "SEQUENCE:many"), Unfit.MALFORMED),
    "two sequences": (changed("UID", "UID:u-1", "SEQUENCE:1", "SEQUENCE:2"), Unfit.MALFORMED),
    "utf-7": (with_calendar(*EVENT).replace(b"utf-8", b"utf-7"), Unfit.MALFORMED),
    "rot13": (with_calendar(*EVENT).replace(b"utf-8", b"rot13"), Unfit.MALFORMED),
}


@pytest.mark.parametrize(("raw", "why"), REFUSED.values(), ids=REFUSED.keys())
async def test_everything_else_is_refused_for_a_reason(raw: bytes, why: Unfit) -> None:
    assert await unfit(raw) is why


@given(st.binary(max_size=300), st.integers(0, 2000))
async def test_no_octets_make_it_stumble(noise: bytes, at: int) -> None:
    raw = LETTER.raw()
    spoilt = raw[:at] + noise + raw[at + len(noise) :]
    try:
        read = await READER.read(spoilt)
    except LetterUnfit:
        return
    assert read.uid


@given(st.text(max_size=60), st.integers(0, len(EVENT) - 1))
async def test_no_line_makes_it_stumble(noise: str, at: int) -> None:
    assume(not any(line[:1].isspace() for line in noise.splitlines()))  # such goes on (RFC 5545 3.1)
    try:
        read = await READER.read(with_calendar(*EVENT[:at], noise, *EVENT[at:]))
    except LetterUnfit:
        return
    assert read.attendee == "sam@example.com"


# --- signatures -------------------------------------------------------------------------------------------------------


async def test_the_senders_domain_vouches_for_it() -> None:
    assert await READER.vouched(LETTER.signed(), "example.com")


@pytest.mark.parametrize(
    ("signer", "domain", "holds"),
    [
        ("mail.example.com", "example.com", True),
        ("example.com", "mail.example.com", True),
        ("example.org", "example.com", False),
        ("notexample.com", "example.com", False),
        ("com", "example.com", False),
    ],
)
async def test_only_an_aligned_signature_counts(signer: str, domain: str, holds: bool) -> None:
    published = Published({f"s1._domainkey.{signer}": record(signer)})
    assert await SignedAnswers(published).vouched(LETTER.signed(signer), domain) is holds
    assert bool(published.asked) is holds, "a name that proves nothing is not looked up"


async def test_a_changed_letter_is_not_vouched_for() -> None:
    raw = LETTER.signed()
    declined = replace(LETTER, partstat="DECLINED").calendar()
    calendar, other = (
        base64.encodebytes(each.encode()).replace(b"\n", b"\r\n") for each in (LETTER.calendar(), declined)
    )
    spoilt = raw.replace(calendar.strip()[-40:], other.strip()[-40:]).replace(b"I have", b"I had")
    assert spoilt != raw
    assert not await READER.vouched(spoilt, "example.com")
    assert not await READER.vouched(raw.replace(b"From: Somebody", b"From: Anybody"), "example.com")


async def test_unsigned_or_strangely_signed_letters_are_not_vouched_for() -> None:
    raw = LETTER.raw()
    headers = (
        b"",
        b"DKIM-Signature: \r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=from\r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=from; bh=AAAA; b=AAAA\r\n",
        b"DKIM-Signature: d=\xff; s=\xff\r\n",
        b"DKIM-Signature: " + b"a=" * 300 + b"\r\n",
        b" folded before anything\r\n",
    )
    for header in headers:
        assert not await READER.vouched(header + raw, "example.com")


async def test_a_signature_of_half_the_body_or_of_an_old_kind_counts_for_nothing() -> None:
    assert not await READER.vouched(LETTER.signed(length=True), "example.com")
    assert not await READER.vouched(LETTER.signed(signature_algorithm=b"rsa-sha1"), "example.com")


async def test_a_key_that_is_not_one_or_of_somebody_else_counts_for_nothing() -> None:
    for published in (b"", b"v=DKIM1; p=", b"v=DKIM1; k=rsa; p=AAAA", b"p=\xff", record("example.org"), b"p" * 9000):
        records = Published({"s1._domainkey.example.com": published})
        assert not await SignedAnswers(records).vouched(LETTER.signed(), "example.com")


async def test_at_most_five_signatures_are_looked_into() -> None:
    published = Published({})
    raw = LETTER.raw()
    for _ in range(20):
        raw = b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=from; bh=AAAA; b=AAAA\r\n" + raw
    assert not await SignedAnswers(published).vouched(raw, "example.com")
    assert len(published.asked) == 5
