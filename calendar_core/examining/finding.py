"""What an examination found: one line, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How it stands. LEFT_OUT was not examined, and the line says why."""

    OK = "ok"
    PROBLEM = "problem"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Finding:
    """`area` is what it is about ("Google - Domain, ana@example.com"), `what` the thing examined, `remedy` a sentence:
    what to do, or why it was left out; empty where all is well."""

    area: str
    what: str
    verdict: Verdict
    remedy: str = ""


def ok(area: str, what: str) -> Finding:
    """It works."""
    return Finding(area, what, Verdict.OK)


def problem(area: str, what: str, remedy: str) -> Finding:
    """It does not."""
    return Finding(area, what, Verdict.PROBLEM, remedy)


def left_out(area: str, what: str, why: str) -> Finding:
    """It was not tried."""
    return Finding(area, what, Verdict.LEFT_OUT, why)
