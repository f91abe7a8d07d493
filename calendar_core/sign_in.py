"""One person's way through a vendor's consent: from the link shown in a chat to the calendar connected, or to nothing.

Everything secret about it is known here by its hash alone: the link, the browser, the vendor's `state`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from .integration import Suite
from .people import Identity, UserId

SignInKey = NewType("SignInKey", str)

LASTS = timedelta(minutes=10)  # of each step: the link shown, the vendor's pages, the choice, the code
CODE_TRIES = 5
CODE_DIGITS = 6
SECRET_BYTES = 24  # of links, browsers and states: 192 bits


class Extra(StrEnum):
    """What a person may allow beyond the least that works; asked for only when they want what it gives."""

    WORKING_HOURS = "working hours"
    SECONDARY_CALENDARS = "secondary calendars"


class SignInState(StrEnum):
    """How far it has come. Each but the last three ends by itself once its time is over."""

    OFFERED = "a link was shown"
    STARTED = "the browser was sent to the vendor"
    ANSWERED = "the vendor's answer is being looked at"
    CHOOSING = "signed in by another account than the one we know"
    CODE = "a code was shown, to be typed in the chat that asked"
    CONNECTED = "connected, to be told in the chat that asked"
    TOLD = "connected, and the person knows"
    REFUSED = "nothing was connected"

    @property
    def is_end(self) -> bool:
        """Nothing more comes of it by itself."""
        return self in (SignInState.CONNECTED, SignInState.TOLD, SignInState.REFUSED)


class Failure(StrEnum):
    """Why nothing came of it. The first seven are the vendor's answer, the others ours."""

    DECLINED = "declined"
    PARTIAL = "partial"
    ADMIN_MUST_APPROVE = "an administrator must approve"
    WRONG_TENANT = "another organisation's account"
    UNUSABLE_ACCOUNT = "an account without a calendar for us"
    STALE = "the vendor's answer came too late"
    FORGED = "the vendor's answer does not belong to it"
    UNAVAILABLE = "the vendor did not answer"
    NOT_SET_UP = "the installation is not set up for that vendor"
    WRONG_ACCOUNT = "another account, in another browser"
    NOT_ANYMORE = "the person may not connect it any more"
    TOO_MANY_CODES = "too many wrong codes"


@dataclass(frozen=True, slots=True)
class SignIn:
    """`key` is the hash of its link; `browser` and `answer` those of the browser that pressed [Continue] and of the
    `state` it was sent away with. Who asked, and in which chat, never changes. `ends_at` is domain time.

    `extras` are asked for beside the least that works. `kept` is what the next step needs, sealed at rest: the vendor's
    flow; what was granted, with the code; or why not.
    """

    key: SignInKey
    user: UserId
    suite: Suite
    asked_in: Identity
    ends_at: datetime
    state: SignInState = SignInState.OFFERED
    browser: str | None = None
    answer: str | None = None
    failure: Failure | None = None
    tries: int = 0
    extras: tuple[Extra, ...] = ()
    kept: str = field(default="", repr=False)
    revision: int = 0

    def is_over(self, now: datetime) -> bool:
        """Its time has gone by. What it came to is still shown to its browser."""
        return now >= self.ends_at

    def is_of(self, browser: str | None) -> bool:
        """Whether this browser's cookie is that of the browser it is bound to."""
        return browser is not None and self.browser is not None and hmac.compare_digest(self.browser, hashed(browser))

    def started(self, browser: str, state: str, flow: str, now: datetime) -> SignIn:
        """[Continue] was pressed there: the link is spent."""
        return replace(
            self,
            state=SignInState.STARTED,
            browser=hashed(browser),
            answer=hashed(state),
            failure=None,
            kept=flow,
            ends_at=now + LASTS,
        )

    def answered(self) -> SignIn:
        """The vendor's answer came: no other is taken."""
        return replace(self, state=SignInState.ANSWERED, kept="")

    def waiting(self, state: SignInState, kept: str, browser: str, now: datetime) -> SignIn:
        """For the person's choice, or for a code from the chat; shown to that browser alone."""
        return replace(self, state=state, kept=kept, browser=hashed(browser), ends_at=now + LASTS)

    def refused(self, failure: Failure, kept: str = "", browser: str | None = None) -> SignIn:
        """Nothing came of it. `browser` is shown why."""
        bound = self.browser if browser is None else hashed(browser)
        return replace(self, state=SignInState.REFUSED, failure=failure, kept=kept, browser=bound)

    def tried(self) -> SignIn:
        """A wrong code was typed; with the last try it is over."""
        tries = self.tries + 1
        spent = replace(self, tries=tries)
        return spent if tries < CODE_TRIES else replace(spent.refused(Failure.TOO_MANY_CODES), kept="")

    def connected(self, *, told: bool) -> SignIn:
        """The calendar is connected. `told`: the person has the answer on the screen of the chat that asked."""
        state = SignInState.TOLD if told else SignInState.CONNECTED
        return replace(self, state=state, kept="", failure=None)


def offered(
    user: UserId, suite: Suite, asked_in: Identity, now: datetime, extras: tuple[Extra, ...] = ()
) -> tuple[SignIn, str]:
    """A new one, and the secret of its link: to be shown once, in that chat, and stored nowhere."""
    link = new_secret()
    return SignIn(SignInKey(hashed(link)), user, suite, asked_in, now + LASTS, extras=extras), link


def new_secret() -> str:
    """Fit for a link, a cookie and a `state`."""
    return secrets.token_urlsafe(SECRET_BYTES)


def new_code() -> str:
    """Six digits, any of them as likely as any other."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def hashed(secret: str) -> str:
    """How a secret of 192 bits is stored: nobody can try them all, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
