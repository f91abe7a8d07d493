"""Everybody's calendar status as lines of CSV: for administrators in a chat, and for whoever runs the installation."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime

from calendar_core.health import repairer
from calendar_core.integration import Integration
from calendar_core.people import Role, User

COLUMNS = ("email", "name", "calendar integration", "health", "reason", "who can repair it", "since", "checked")
IN_PROGRAMME = ("role", *COLUMNS)
# The wide signs count in some languages' spreadsheets, and in some a semicolon begins another cell.
FORMULA = re.compile(r"(?:\A|(?<=;))(?= *[=+\-@\t\r\n＝＋－＠])")
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8


def status_row(user: User, integration: Integration) -> tuple[str, ...]:
    """One person's line. What a spreadsheet would take for a formula gets an apostrophe before it."""
    trouble = None if integration.usable else integration.trouble
    cells = (
        user.email,
        user.name,
        integration.kind.value if integration.kind else "",
        integration.health.value if integration.kind else "",
        trouble.value if trouble else "",
        repairer(integration.kind, trouble).value if trouble else "",
        _instant(integration.since),
        _instant(integration.checked_at),
    )
    return tuple(FORMULA.sub("'", cell) for cell in cells)


def statuses_file(people: Iterable[tuple[User, Role, Integration]]) -> bytes:
    """A whole file, with its heading, as spreadsheets open it: one line a person."""
    lines = io.StringIO(newline="")
    rows = csv.writer(lines, quoting=csv.QUOTE_ALL)
    rows.writerow(IN_PROGRAMME)
    rows.writerows((role.value, *status_row(user, integration)) for user, role, integration in people)
    return f"{BYTE_ORDER_MARK}{lines.getvalue()}".encode()


def _instant(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
