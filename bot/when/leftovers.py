"""What is left when the time is taken out of a text: a name for others to find, and time words not understood."""

from __future__ import annotations

from .english_words import FILLERS, TURNING
from .pieces import DayPiece, DayWords, Folded, HourWords, LengthWords, Piece, Role, SoonWords, Word, ZoneWords

_KEEP_A_LINK = (Role.OTHER, Role.PLACE, Role.TURNING, Role.LINK)
TIMES = DayWords | DayPiece | HourWords | LengthWords | SoonWords | ZoneWords


def without_links(pieces: list[Piece]) -> list[Piece]:
    """The pieces but for "on", "at", "the" before a time word or at the end."""
    kept: list[Piece] = []
    for piece in reversed(pieces):
        after = kept[-1] if kept else None
        named_next = isinstance(after, Word) and after.role in _KEEP_A_LINK and after.text not in FILLERS
        if named_next or not (isinstance(piece, Word) and piece.role == Role.LINK):
            kept.append(piece)
    return kept[::-1]


def sifted(items: list[Folded]) -> tuple[str, tuple[str, ...]]:
    """The words that are not about time, as typed; and those that are, or turn it round, and were not read."""
    rest: list[str] = []
    unread: list[str] = []
    timed = any(isinstance(item, TIMES) for item in items)
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        if _has_two_scopes(item, after):
            unread.append(item.text)
        if not isinstance(item, Word):
            continue
        beside = isinstance(before, TIMES) or isinstance(after, TIMES)
        if _is_unread(item, timed, beside, before, after):
            unread.append(item.shown or item.text)
        elif _is_rest(item, before, after):
            rest.append(item.shown or item.text)
    return " ".join(rest), tuple(unread)


def _has_two_scopes(item: Folded, after: Folded | None) -> bool:
    """ "by Friday 3pm": the hour of the bound, or of each day? "20 minutes before noon": a length, or a time?"""
    if not isinstance(after, HourWords):
        return False
    if isinstance(item, LengthWords):
        return after.is_limit and not item.text.startswith("for ")
    return isinstance(item, DayPiece) and item.bounded


def _is_unread(word: Word, timed: bool, beside: bool, before: Folded | None, after: Folded | None) -> bool:
    match word.role:
        case Role.UNREAD:
            return True
        case Role.PLACE:
            return timed
        case Role.TURNING:
            return timed if word.text in TURNING else beside
        case Role.EXCEPT:
            return timed and not isinstance(after, DayPiece)
        case Role.OR:
            return word.text == "or" and isinstance(before, TIMES) and not _goes_on(after)
        case Role.TO:
            days_then_hours = isinstance(before, DayPiece) != isinstance(after, DayPiece)
            return isinstance(before, TIMES) and isinstance(after, TIMES) and not (word.text == "-" and days_then_hours)
        case _:
            return False


def _goes_on(after: Folded | None) -> bool:
    return isinstance(after, TIMES) or (
        isinstance(after, Word) and after.role in (Role.ANY_DAY, Role.NOTHING, Role.EXCEPT)
    )


def _is_rest(word: Word, before: Folded | None, after: Folded | None) -> bool:
    if word.role == Role.OR:
        return all(isinstance(near, Word) and near.role == Role.OTHER for near in (before, after))
    said = any(letter.isalnum() for letter in word.text) and word.text not in FILLERS
    return said and word.role in (Role.OTHER, Role.PLACE, Role.TURNING, Role.LINK)
