"""Commands by which an operator ends and sets things, as typed: what is done, and what is refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_importing import MATCHES, PEOPLE, Operator


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """With Ana and Sam enrolled and matched."""
    operator = Operator(tmp_path)
    operator.types("import", operator.file("people.csv", PEOPLE), operator.file("matches.csv", MATCHES))
    return operator


PAIR = ("--mentor", "SAM@example.com", "--mentee", "ana@example.com")
LEADERS = ("--programme", "leaders 2026")


def test_a_match_is_ended_once(operator: Operator) -> None:
    done = operator.types("end-match", *LEADERS, *PAIR)
    assert (done.exit_code, done.stdout) == (
        0,
        "Ended. Both are told, and asked what becomes of their planned sessions in Leaders 2026.\n",
    )
    again = operator.types("end-match", *LEADERS, *PAIR)
    assert again.exit_code == 2
    assert "sam@example.com and ana@example.com are not mentor and mentee of a match in Leaders 2026." in again.stderr
    imported = operator.types("import", str(operator.folder / "matches.csv"))
    assert "1 match has ended before and stays ended." in imported.stdout


def test_somebody_leaves_once_and_is_back_by_an_import(operator: Operator) -> None:
    left = operator.types("leave", "ana@example.com", *LEADERS)
    assert (left.exit_code, left.stdout) == (
        0,
        "ana@example.com is no longer in Leaders 2026. Whoever it concerns is told.\n",
    )
    again = operator.types("leave", "ana@example.com", *LEADERS)
    assert (again.exit_code, again.stderr) == (2, "Nobody in Leaders 2026 has the address ana@example.com.\n")
    back = operator.types("import", str(operator.folder / "people.csv"), str(operator.folder / "matches.csv"))
    assert "new places in programmes 1, new matches 1" in back.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("leave", "sam@example.com", *LEADERS, "--role", "admin"), "sam@example.com is no admin of Leaders 2026."),
        (("leave", "sam@example.com", "--programme", "X"), 'No programme is called "X". There is Leaders 2026.'),
        (
            ("leave", "sam@example.com", *LEADERS, "--organisation", "X"),
            'No organisation is called "X". There is Example.',
        ),
        (("end-match", *LEADERS, "--mentor", "ana@example.com", "--mentee", "sam@example.com"), "are not mentor and"),
    ],
)
def test_what_is_named_wrongly_is_said(operator: Operator, arguments: tuple[str, ...], said: str) -> None:
    refused = operator.types(*arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert said in refused.stderr


def test_where_two_organisations_have_one_of_that_name_it_is_asked_whose(operator: Operator) -> None:
    operator.types("import", operator.file("others.csv", PEOPLE.replace("Example", "Other")))
    asked = operator.types("leave", "ana@example.com", *LEADERS)
    assert '"leaders 2026" is a programme of Example and Other. Say which with --organisation.' in asked.stderr
    assert operator.types("leave", "ana@example.com", *LEADERS, "--organisation", "other").exit_code == 0
