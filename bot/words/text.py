"""What every sentence and button name is: an English text with fields in braces."""

from __future__ import annotations

from enum import StrEnum


class Text(StrEnum):
    """Name and English text. Each subject has its own in a module beside this.

    In braces: a named field, and after a colon its form ("{when:long}"; "{count:# time|# times}" chooses by number).
    `**` and `*` mark emphasis; a chat draws it in its own way and plain text leaves it out.
    """
