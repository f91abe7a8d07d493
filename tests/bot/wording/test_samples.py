"""The dialogues of the product, word by word, and what every reply has in common."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.buttons import command_of
from bot.replies import Reader, Reply
from bot.samples import ANA_READS, SAMPLES
from bot.wording import PLAIN, Style, Voice, as_data, plain, worded

EXPECTED = {
    "times offered": """\
Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).
1. Tue 24 Nov, 09:00 (15:00)
2. Wed 25 Nov, 10:00 (16:00)
3. Tue 1 Dec, 09:00 (15:00)
Checked 11:02. Each of you sees only free or busy.
[1] [2] [3] [See both calendars] [More]""",
    "both calendars": """\
Tue 24 Nov, New York time (Berlin in brackets). You: busy 11:30 - 13:00, otherwise free 09:00 - 17:00. \
Sam: free 09:00 - 11:00 (15:00 - 17:00), otherwise not free. Both free: 09:00 - 11:00.
[Day] [Week] [Book 09:00]""",
    "booked": """\
Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye.
Join: https://meet.google.com/abc-defg-hij. It is in both calendars; you are the organizer.
Reminders: the day before and 15 min before.""",
    "told of a session": """\
Ana Ruiz booked a session with you: Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 New York). \
The link is in your calendar.
[Looks good] [Cannot make it]""",
    "about to begin": """\
In 15 minutes: your session with Ana.
Join: https://meet.google.com/abc-defg-hij""",
    "request": """\
Ana Ruiz would like 45 min with you. Times when Ana is free:
1. Tue 24 Nov, 15:00 Berlin (09:00 New York)
2. Wed 25 Nov, 16:00 (10:00)
3. Tue 1 Dec, 15:00 (09:00)
Press one to book it.
[1] [2] [3] [Offer other times] [Not now]""",
    "status": """\
Calendar: Outlook - Domain, working, checked 17:02. Mon-Fri 09:00 - 17:00 Berlin. \
10 min around sessions, 24 h notice.
Next: Tue 24 Nov, 15:00 with Ana Ruiz. This month: 3 held, 1 planned.
Join: https://meet.google.com/abc-defg-hij
[Settings]""",
    "receipts": """\
Last 90 days: Ana Ruiz (your mentee) was shown your free times on 4 days, for 24 Nov - 8 Dec. Nobody else was.
Admins can see: connected or not and why; sessions planned, held, cancelled, moved, missed. \
Never: your free times, agenda, notes, own ratings.
[Download my data] [Delete my data]""",
    "people": """\
Leaders 2026: 128 people, 112 working (Google - Domain 61, Google - Individual 12, Outlook - Domain 33, \
Outlook - Individual 6). Not working: 16.
1. Lea Brandt, mentor: not connected, never connected; reachable in Teams
2. Tom Vance, mentee: Outlook - Individual, access withdrawn 20 Nov; reachable in Slack
3. Noor Aziz, mentor: not connected, no cloud mailbox (IT must repair); app not installed
Showing 3 of 16; 9 matches have one side missing; a domain-wide Google connection would complete 8 of them.
[Next] [CSV] [More]""",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_dialogues_word_by_word(name: str) -> None:
    answer = SAMPLES[name]
    assert plain(answer.reply, answer.reader) == EXPECTED[name]


def test_every_reply_has_a_sample() -> None:
    assert {type(answer.reply) for answer in SAMPLES.values()} == set(get_args(Reply))


@pytest.mark.parametrize("language", ["en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "xx-XX", "zh-Hant-TW"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_reply_can_be_read_by_anybody(name: str, language: str, zone: str) -> None:
    reply = SAMPLES[name].reply
    text = plain(reply, Reader(language, zone))
    assert text.strip()
    assert not any(mark in text for mark in ("{", "}", "**", "\u202f"))


@pytest.mark.parametrize("name", SAMPLES)
def test_data_carries_the_same_as_the_text(name: str) -> None:
    answer = SAMPLES[name]
    data = as_data(answer.reply, answer.reader)
    assert data["kind"] == type(answer.reply).__name__
    assert data["text"] == plain(answer.reply, answer.reader)
    assert [command_of(each["token"]) for each in data["choices"]] == [each.command for each in answer.reply.choices]
    assert data["join"] is None or data["text"].count(data["join"]) <= 1
    for each in data["choices"]:
        assert f"[{each['label']}]" in data["text"]
        assert bool(each["start"]) == bool(each["end"])


@pytest.mark.parametrize("name", SAMPLES)
def test_numbered_choices_come_first_so_that_two_is_the_second(name: str) -> None:
    numbered = [choice.numbered for choice in SAMPLES[name].reply.choices]
    assert numbered == sorted(numbered, reverse=True)


def test_a_chat_marks_emphasis_and_escapes_names_in_its_own_way() -> None:
    style = Style(bold=("*", "*"), italic=("_", "_"), escape=lambda text: text.replace("<", "&lt;"))
    reply = SAMPLES["times offered"].reply
    assert worded(reply, Voice(ANA_READS, style)).before[0].startswith("*Times for you and Sam Okoye*, 45 min")
    assert worded(reply, Voice(ANA_READS, PLAIN)).before[0].startswith("Times for you and Sam Okoye, 45 min")


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", ["en-GB", "de", "es", "fr"])
def test_an_abbreviation_at_the_end_brings_the_full_stop(name: str, language: str) -> None:
    assert ".." not in plain(SAMPLES[name].reply, Reader(language, "America/New_York"))
