"""Command <-> short token: what a button carries through a chat and back.

A token is a suggestion, never a permission: it is not signed, because the core checks again who asks and whether it
still holds. Its check bytes only tell a whole token of this version from a truncated, foreign or older one.

Layout, before base64url without padding: version, command's number, its fields in order, 3 bytes of BLAKE2b.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from calendar_core.errors import OldButton

from . import commands as c
from .commands import following_up, own
from .packing import Bytes, packing_of

VERSION = 1
LONGEST = 150  # Slack's limit for the value of a menu's option; buttons may carry more
CHECK_BYTES = 3

# A number is never given to another command; a change of a command's fields takes a new VERSION.
NUMBERED: dict[int, type[c.Command]] = {
    1: c.FindSlots,
    2: c.AskBack,
    3: c.ShowMore,
    4: c.WhyThese,
    5: c.WhyNone,
    6: c.ShowCalendars,
    7: c.BookSession,
    8: c.LooksGood,
    9: c.CannotMakeIt,
    10: c.AskPartner,
    11: c.ShowOwnTimes,
    12: c.PickTime,
    13: c.OfferTimes,
    14: c.SendOffer,
    15: c.DeclineRequest,
    16: c.NoMoreFrom,
    17: c.PlainTimes,
    18: c.SendPlainRequest,
    19: c.ShowSessions,
    20: c.ShowReceipts,
    21: c.ShowStatus,
    22: c.WhoHasntIntegrated,
    23: c.Help,
    24: c.Contact,
    25: c.NotThisMatch,
    26: c.NumberTyped,
    27: c.NotUnderstood,
    60: c.AddLink,
    30: c.Connect,
    31: c.Disconnect,
    32: c.AskForApproval,
    33: c.ShowApprovalText,
    34: c.CodeTyped,
    70: own.LinkAccount,
    71: own.UnlinkAccount,
    72: own.ShowSettings,
    73: own.UseCalendar,
    74: own.Pause,
    75: own.Resume,
    76: own.SetHours,
    77: own.HoursFromCalendar,
    78: own.SetZone,
    79: own.Travel,
    80: own.ForgetTrips,
    81: own.ShowOwnCalendars,
    82: own.CountCalendar,
    83: own.SetRoom,
    84: own.PrivateEvents,
    85: own.DownloadData,
    86: own.DeleteData,
    87: own.AllowMore,
    88: own.ConfirmInGroup,
    90: c.ShowHealth,
    91: c.HowToRenew,
    92: c.StatusOf,
    93: c.ShowPerson,
    94: c.CheckCalendar,
    95: c.RemindTomorrow,
    96: c.StopAsking,
    100: c.DecidePlanned,
    101: c.AskFreeBusyOnly,
    110: c.ChooseDay,
    111: c.BookAbout,
    112: c.AskAbout,
    113: c.ShowIntegrations,
    114: c.TakeStatuses,
    115: c.MoreOfStatuses,
    120: following_up.SayHappened,
    121: following_up.SayMissed,
    122: following_up.RateSession,
    123: following_up.LookLater,
    124: following_up.WriteStep,
    125: following_up.ShareStep,
    126: following_up.DropStep,
    127: following_up.ShowStep,
    128: following_up.ShowSteps,
    129: following_up.AskAfterSessions,
    130: following_up.ShowAverages,
}
_NUMBER_OF = {command: number for number, command in NUMBERED.items()}


def token_of(command: c.Command) -> str:
    """The token. Raises ValueError if it would not fit a button: a wish has to be cut down first."""
    payload = bytearray((VERSION, _NUMBER_OF[type(command)]))
    packing_of(type(command)).write(command, payload)
    token = base64.urlsafe_b64encode(bytes(payload) + _check(payload)).rstrip(b"=").decode()
    if len(token) > LONGEST:
        raise ValueError("too long for a button")
    return token


def fits(command: c.Command) -> bool:
    """Whether a button can carry it."""
    try:
        token_of(command)
    except ValueError:
        return False
    return True


def command_of(token: str) -> c.Command:
    """The command. Raises OldButton for everything that `token_of` of this version did not make."""
    if len(token) > LONGEST:
        raise OldButton
    try:
        whole = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
        payload, check = whole[:-CHECK_BYTES], whole[-CHECK_BYTES:]
        if len(payload) < 2 or check != _check(payload) or payload[0] != VERSION:
            raise OldButton
        unread = Bytes(payload[2:])
        command = packing_of(NUMBERED[payload[1]]).read(unread)
    except (binascii.Error, ValueError, KeyError) as broken:
        raise OldButton from broken
    if unread.left or not isinstance(command, c.Command) or token_of(command) != token:  # one token a command
        raise OldButton
    return command


def _check(payload: bytes | bytearray) -> bytes:
    return hashlib.blake2b(payload, digest_size=CHECK_BYTES).digest()
