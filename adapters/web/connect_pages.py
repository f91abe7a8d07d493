"""What a browser is shown of a sign-in: one page for each thing that can be so, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass

from bot.handlers.broken_connection import VENDORS
from bot.replies import Reader
from bot.sentences import Field, Sentence, sentence
from bot.wording import Voice
from bot.words import PageWords, Text
from calendar_core.connecting.in_browser import can_begin_again
from calendar_core.connecting.kept import answered_in, granted_in
from calendar_core.connecting.site import PATHS
from calendar_core.people import User
from calendar_core.sign_in import Extra, Failure, SignIn, SignInState

from .page import Form, Onward, Page, Person

DO, LINK, SIGN_IN, SAME = "do", "link", "sign_in", "same"
CONTINUE, AGAIN, USE = "continue", "again", "use"

FAILURES: dict[Failure, Text] = {
    Failure.DECLINED: PageWords.SAID_NO,
    Failure.PARTIAL: PageWords.PARTIAL,
    Failure.ADMIN_MUST_APPROVE: PageWords.ADMIN_FIRST_PAGE,
    Failure.WRONG_TENANT: PageWords.WRONG_TENANT,
    Failure.UNUSABLE_ACCOUNT: PageWords.UNUSABLE,
    Failure.STALE: PageWords.TOO_LATE,
    Failure.FORGED: PageWords.NOT_YOURS,
    Failure.UNAVAILABLE: PageWords.UNAVAILABLE,
    Failure.NOT_SET_UP: PageWords.NOT_SET_UP,
    Failure.WRONG_ACCOUNT: PageWords.SIGNED_IN_AS,
    Failure.NOT_ANYMORE: PageWords.NOT_ANY_MORE,
    Failure.TOO_MANY_CODES: PageWords.VOID,
}
EXTRA_POINTS: dict[Extra, Text] = {
    Extra.WORKING_HOURS: PageWords.READS_HOURS,
    Extra.SECONDARY_CALENDARS: PageWords.SHOWS_CALENDARS,
}
_FREE, _SESSIONS = ("freebusy",), ("events", "calendars.readwrite")


@dataclass(frozen=True, slots=True)
class ConnectPage:
    """Draws one sign-in for its person. `same` shows that a form was sent by this very browser's page."""

    sign_in: SignIn
    user: User
    same: str

    def _say(self, words: Text, /, **fields: Field) -> str:
        return Voice(Reader(self.user.language, self.user.time_zone)).say(sentence(words, **fields))

    @property
    def _vendor(self) -> str:
        return VENDORS[self.sign_in.suite]

    def offered(self, link: str) -> Page:
        """Names whom it connects, what for, and until when. [Continue at Microsoft]"""
        ends = self.sign_in.ends_at
        return Page(
            title=self._say(PageWords.CONNECT_TITLE),
            person=Person(self._say(PageWords.CONNECTS_WHOM), self.user.name or self.user.email, self.user.email),
            points_title=self._say(PageWords.WHAT_FOR),
            points=tuple(
                self._say(each)
                for each in (
                    *(EXTRA_POINTS[extra] for extra in self.sign_in.extras),
                    PageWords.SEES_FREE,
                    PageWords.WRITES_SESSIONS,
                    PageWords.NEVER_TITLES,
                )
            ),
            forms=(self._form(self._say(PageWords.GO_ON, vendor=self._vendor), CONTINUE, {LINK: link}),),
            smalls=(self._say(PageWords.NOT_YOU), self._say(PageWords.WORKS_UNTIL, at=ends)),
        )

    def onward(self, address: str) -> Page:
        """The link is spent; the browser goes on to the vendor by itself."""
        return Page(
            title=self._say(PageWords.ON_YOUR_WAY_TITLE, vendor=self._vendor),
            paragraphs=(self._say(PageWords.ON_YOUR_WAY),),
            onward=Onward(self._say(PageWords.GO_ON, vendor=self._vendor), address),
        )

    def standing(self, *, over: bool) -> Page:
        """How far it has come, for the browser that it is bound to."""
        match self.sign_in.state:
            case SignInState.CONNECTED | SignInState.TOLD:
                return Page(
                    title=self._say(PageWords.CONNECTED_TITLE),
                    paragraphs=(self._say(PageWords.CONNECTED_NOW),),
                    tone="done",
                )
            case SignInState.REFUSED:
                return self._refused(over=over)
            case _ if over:
                return self._nothing(PageWords.ENDED)
            case SignInState.CHOOSING:
                return self._choice()
            case SignInState.CODE:
                return self._code()
            case _:
                return Page(
                    title=self._say(PageWords.UNDER_WAY_TITLE),
                    paragraphs=(self._say(PageWords.UNDER_WAY, vendor=self._vendor),),
                    forms=self._again(),
                )

    def _choice(self) -> Page:
        granted, _ = granted_in(self.sign_in.kept)
        use = self._form(self._say(PageWords.USE_ACCOUNT, account=granted.account), USE, self._mine)
        return Page(
            title=self._say(PageWords.OTHER_TITLE),
            paragraphs=(
                self._say(PageWords.SIGNED_IN_AS, account=granted.account, email=self.user.email),
                self._say(PageWords.OTHER_MAY),
            ),
            forms=(*self._again(), use),
            tone="trouble",
        )

    def _code(self) -> Page:
        _, code = granted_in(self.sign_in.kept)
        return Page(
            title=self._say(PageWords.CODE_TITLE),
            paragraphs=(self._say(PageWords.CODE_WHY),),
            code=code,
            smalls=(self._say(PageWords.CODE_LASTS, at=self.sign_in.ends_at),),
        )

    def _refused(self, *, over: bool) -> Page:
        failure = self.sign_in.failure or Failure.STALE
        known = answered_in(self.sign_in.kept)
        said = self._say(
            FAILURES[failure],
            vendor=self._vendor,
            email=self.user.email,
            account=known.account or "",
            parts=_parts(known.missing),
        )
        title = PageWords.OTHER_TITLE if failure is Failure.WRONG_ACCOUNT else PageWords.NOTHING_TITLE
        forms = self._again() if can_begin_again(self.sign_in) and not over else ()
        return Page(title=self._say(title), paragraphs=(said,), forms=forms, tone="trouble")

    def _nothing(self, words: Text) -> Page:
        return Page(title=self._say(PageWords.NOTHING_TITLE), paragraphs=(self._say(words),), tone="trouble")

    @property
    def _mine(self) -> dict[str, str]:
        return {SIGN_IN: self.sign_in.key}

    def _again(self) -> tuple[Form, ...]:
        return (self._form(self._say(PageWords.SIGN_IN_AGAIN), AGAIN, self._mine),)

    def _form(self, label: str, do: str, fields: dict[str, str]) -> Form:
        return Form(label, f"/connect/{PATHS[self.sign_in.suite]}", {DO: do, SAME: self.same, **fields})


def _parts(scopes: tuple[str, ...]) -> tuple[Sentence, ...]:
    """What people call the permissions that were not given; each once."""
    return tuple(dict.fromkeys(sentence(_part(scope.casefold())) for scope in scopes))


def _part(scope: str) -> Text:
    if any(mark in scope for mark in _FREE):
        return PageWords.PART_FREE
    return PageWords.PART_SESSIONS if any(mark in scope for mark in _SESSIONS) else PageWords.PART_OTHER


def notice_page(title: Text, text: Text, language: str, *, tone: str = "trouble", **fields: Field) -> Page:
    """Where no person is known, or nothing of one may be shown."""
    voice = Voice(Reader(language))
    return Page(title=voice.say(sentence(title)), paragraphs=(voice.say(sentence(text, **fields)),), tone=tone)
