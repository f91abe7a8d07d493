"""Each column of a people file: what may stand there, and what is said of anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.enrolling import SourceFile
from calendar_core.people import OFFICE_HOURS, Role

from .files import ANA, HEADER, SAM, checked, mistakes_in, people, people_in

COLUMNS = HEADER.split(",")


def line_with(column: str, text: str) -> str:
    fields = dict(zip(COLUMNS, ANA.split(","), strict=True)) | {column: '"' + text.replace('"', '""') + '"'}
    return ",".join(fields.values())


def test_a_line_becomes_a_person() -> None:
    (ana,) = people_in(people(ANA))
    assert (ana.email, ana.name, ana.organisation, ana.programme) == (
        "ana@example.com",
        "Ana Ruiz",
        "example.com",
        "Leaders 2026",
    )
    assert (ana.role, ana.time_zone, ana.language, ana.region) == (Role.MENTEE, "America/New_York", "en-US", "US")
    assert ana.hours == OFFICE_HOURS


def test_what_is_left_empty_is_left_as_it_is_stored() -> None:
    (person,) = people_in(people("ana@example.com,Ana Ruiz,example.com,Leaders 2026,mentee,,,,"))
    assert (person.time_zone, person.language, person.region, person.hours) == (None, None, None, None)


@pytest.mark.parametrize(
    ("column", "text", "read"),
    [
        ("email", "Ana.Ruiz+x@Example.COM", "ana.ruiz+x@example.com"),
        ("name", "  Zoë \u00a0 Brontë ", "Zoë Brontë"),
        ("name", "محمد رضا", "محمد رضا"),
        ("name", "می\u200cخواهم", "می\u200cخواهم"),
        ("name", "李雷", "李雷"),
        ("role", "MENTOR", Role.MENTOR),
        ("time_zone", "europe/berlin", "Europe/Berlin"),
        ("language", "en_gb", "en-GB"),
        ("language", "DE", "de"),
        ("region", "de-be", "DE-BE"),
    ],
)
def test_what_is_meant_is_read_in_its_usual_spelling(column: str, text: str, read: object) -> None:
    (person,) = people_in(people(line_with(column, text)))
    assert getattr(person, column) == read


@pytest.mark.parametrize(
    ("column", "text", "instead"),
    [
        ("email", "", "such as ana@example.com"),
        ("email", "ana", "such as ana@example.com"),
        ("email", "ana@localhost", "such as ana@example.com"),
        ("email", "Ana Ruiz <ana@example.com>", "such as ana@example.com"),
        ("email", "ana@example.com, sam@example.com", "such as ana@example.com"),
        ("email", "ana..ruiz@example.com", "such as ana@example.com"),
        ("email", "ana@-example.com", "such as ana@example.com"),
        ("email", "аna@example.com", "such as ana@example.com"),  # the first letter is Cyrillic
        ("email", "ana\u200b@example.com", "such as ana@example.com"),
        ("email", f"{'a' * 65}@example.com", "such as ana@example.com"),
        ("email", f"ana@{'a.' * 130}com", "such as ana@example.com"),
        ("name", "", "at least one letter"),
        ("name", "...", "at least one letter"),
        ("name", "Ana\u202eziuR", "type it anew"),
        ("name", "Ana\u2066", "type it anew"),
        ("name", "Ana\x07Ruiz", "type it anew"),
        ("name", "Ana\x1fRuiz", "type it anew"),
        ("name", "Ana\u200bRuiz", "type it anew"),
        ("name", "A" * 201, "shorten it"),
        ("organisation", "", "at least one letter"),
        ("programme", "P" * 201, "shorten it"),
        ("role", "coach", "write mentee, mentor or admin"),
        ("role", "", "write mentee, mentor or admin"),
        ("time_zone", "Europe/Berln", "did you mean Europe/Berlin?"),
        ("time_zone", "Berlin", "did you mean Europe/Berlin?"),
        ("time_zone", "W. Europe Standard Time", "did you mean Europe/Berlin?"),
        ("time_zone", "New York", "did you mean America/New_York?"),
        ("time_zone", "../../etc/passwd", "write a key such as Europe/Berlin"),
        ("time_zone", "localtime", "write a key such as Europe/Berlin"),
        ("time_zone", "+01:00", "write a key such as Europe/Berlin"),
        ("language", "english", "en-GB"),
        ("language", "xx", "en-GB"),
        ("region", "UK", "write a code such as US, GB or DE-BE"),
        ("region", "DE-XX", "write a code such as US, GB or DE-BE"),
        ("region", "Berlin", "write a code such as US, GB or DE-BE"),
        ("hours", "9-5", "write for example Mon-Fri 09:00-17:00"),
        ("hours", "Mon-Fri 09:00-25:00", "the day ends at 24:00"),
        ("hours", "Mon 17:00-09:00", "two stretches"),
    ],
)
def test_what_cannot_be_is_said_with_its_line_its_value_and_what_to_write(column: str, text: str, instead: str) -> None:
    (said,) = mistakes_in(people(SAM, line_with(column, text)))
    assert said.startswith(f'people.csv:3: {column} "')
    assert instead in said
    assert said.isprintable()


def test_every_mistake_of_a_line_is_said_at_once() -> None:
    (said,) = mistakes_in(people("ana,Ana Ruiz,example.com,Leaders 2026,boss,Mars,xx,UK,never"))
    for column in ("email", "role", "time_zone", "language", "region", "hours"):
        assert f"{column} " in said


def test_a_long_value_is_shown_shortened() -> None:
    (said,) = mistakes_in(people(line_with("role", "x" * 500)))
    assert "x" * 57 + '..."' in said


@given(st.binary(max_size=300))
def test_whatever_the_bytes_checking_finds_bad_lines_and_never_fails(content: bytes) -> None:
    for source in (SourceFile("people.csv", content), SourceFile("people.csv", f"{HEADER}\n".encode() + content)):
        files = checked(source)
        assert all(line.mistakes and line.sentence.isprintable() for line in files.bad)
        list(files.batches(2))


@given(st.sampled_from(COLUMNS), st.text(max_size=60))
def test_whatever_the_text_of_a_field_the_line_is_read_or_reported(column: str, text: str) -> None:
    source = people(line_with(column, text.replace("\n", " ").replace("\r", " ")))
    assert len(checked(source).bad) + len(people_in(source)) == 1


@pytest.mark.parametrize("domain", ["resource", "group", "import"])
def test_the_address_of_a_room_or_a_calendar_is_no_persons(domain: str) -> None:
    (mistake,) = mistakes_in(people(ANA.replace("ana@example.com", f"c_18abc@{domain}.calendar.google.com")))
    assert "the address of a room or a calendar, not of a person; write the person's own" in mistake
