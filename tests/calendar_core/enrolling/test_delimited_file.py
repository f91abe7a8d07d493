"""How files come out of spreadsheets: encodings, separators, quotes, blank lines."""

from __future__ import annotations

import pytest

from calendar_core.enrolling import SourceFile

from .files import ANA, HEADER, PAIR, SAM, checked, matches_in, mistakes_in, people, people_in

FILE = "\n".join((HEADER, ANA, SAM))


def people_of(content: bytes) -> list[str]:
    return [person.name for person in people_in(SourceFile("people.csv", content))]


@pytest.mark.parametrize(
    "content",
    [
        FILE.encode(),
        FILE.encode("utf-8-sig"),
        FILE.replace("\n", "\r\n").encode(),
        FILE.replace("\n", "\r").encode(),
        FILE.replace(",", ";").encode(),
        FILE.replace(",", "\t").encode(),
        FILE.replace(",", ", ").encode(),
        f"\n\n{FILE}\n\n,,,,,,,,\n  \n".encode(),
        "\n".join(f"{line},," for line in FILE.splitlines()).encode(),
        "\n".join(",".join(f'"{field}"' for field in line.split(",")) for line in FILE.splitlines()).encode(),
        FILE.replace(HEADER, HEADER.upper().replace("_", " ")).encode(),
    ],
    ids=["plain", "BOM", "CRLF", "CR", "semicolons", "tabs", "spaces", "blank", "trailing", "quoted", "capitals"],
)
def test_a_file_reads_the_same_however_a_spreadsheet_saved_it(content: bytes) -> None:
    assert people_of(content) == ["Ana Ruiz", "Sam Okoye"]


def test_columns_may_come_in_any_order() -> None:
    content = b"role;programme;organisation;name;email\nmentee;Leaders 2026;example.com;Ana Ruiz;ana@example.com"
    assert people_of(content) == ["Ana Ruiz"]


def test_the_header_tells_which_file_is_which_in_whatever_order_they_come() -> None:
    pair = SourceFile("a.csv", f"mentee,programme,mentor\n{','.join(PAIR.split(',')[i] for i in (2, 0, 1))}".encode())
    assert [match.mentor for match in matches_in(pair, people(SAM), people(ANA, name="more.csv"))] == [
        "sam@example.com"
    ]


def test_a_quoted_field_may_hold_separators_and_quotes() -> None:
    line = '"o@example.com","Okoye, ""Sam""",example.com,Leaders 2026,mentor,,,,"Mon 09:00-12:00,13:00-17:00"'
    (person,) = people_in(people(line))
    assert (person.name, len(person.hours.days[0]) if person.hours else 0) == ('Okoye, "Sam"', 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_two_bytes_a_letter_is_refused_with_what_to_do(encoding: str) -> None:
    (line,) = checked(SourceFile("people.csv", FILE.encode(encoding))).bad
    assert line.whole_file
    assert "save it as UTF-8" in line.sentence


def test_a_workbook_is_refused_with_what_to_do() -> None:
    assert "save the sheet as CSV" in mistakes_in(SourceFile("people.xlsx", b"PK\x03\x04\0\0"))[0]


def test_a_line_in_another_encoding_is_bad_and_the_others_are_not() -> None:
    content = f"{FILE}\n".encode() + "rené@example.com,René,example.com,Leaders 2026,mentee,,,,".encode("latin-1")
    source = SourceFile("people.csv", content)
    assert [(line.number, "UTF-8" in line.sentence) for line in checked(source).bad] == [(4, True)]
    assert len(people_in(source)) == 2


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert mistakes_in(SourceFile("people.csv", content)) == ["people.csv:1: the file is empty"]


def test_a_header_alone_is_an_empty_roster_and_no_mistake() -> None:
    assert mistakes_in(people()) == []
    assert people_in(people()) == []


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("email,name,organisation,programme", "the header lacks role"),
        ("email,name,organisation,programme,role,manager", 'the header has "manager"'),
        ("programme,mentor", "the header lacks mentee"),
        ("programme,mentor,mentee,email", 'the header has "email"'),
        ("email,name,organisation,programme,role,email", 'names the column "email" twice'),
        ("vorname,nachname", "the header must name the columns of people"),
        ("ana@example.com,Ana Ruiz,example.com,Leaders 2026,mentee", "the header must name the columns of people"),
        ('"email,name', "write their names without quotes"),
    ],
)
def test_a_header_with_gaps_or_strangers_is_refused_and_told_what_is_expected(header: str, said: str) -> None:
    (line,) = checked(people(ANA, header=header)).bad
    assert line.whole_file
    assert said in line.sentence
    if "quotes" not in said and "twice" not in said:
        assert "programme" in line.sentence.split(said)[1]


def test_a_quote_that_is_never_closed_spoils_its_own_line_alone() -> None:
    (said,) = mistakes_in(people('"' + ANA, SAM))
    assert said.startswith("people.csv:2: ")
    assert "not closed on this line" in said


@pytest.mark.parametrize("line", [f"{ANA},extra", "ana@example.com,Ana Ruiz", f"{ANA},10:00-11:00"])
def test_a_line_with_fields_too_many_or_too_few_is_bad(line: str) -> None:
    (said,) = mistakes_in(people(line))
    assert "the header 9" in said
    assert "double quotes" in said


def test_an_endless_line_is_bad_and_the_next_one_is_read() -> None:
    source = people("x" * 1_000_000, ANA)
    assert [(line.number, "characters" in line.sentence) for line in checked(source).bad] == [(2, True)]
    assert len(people_in(source)) == 1
