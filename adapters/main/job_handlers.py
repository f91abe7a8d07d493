"""What is done of each kind of durable job. Of what is not set up, nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from adapters.programme_mail import AnswersByMail, reply_addresses
from adapters.settings import Settings
from bot.handlers.talk import Core
from bot.letters import Letters
from calendar_core.forgetting import Forgetting
from calendar_core.job import (
    ANSWER_LEFT,
    CHECK_INSTALLATION,
    END_PROGRAMMES,
    FOLLOW_UP,
    FORGET,
    LOOK,
    MAIL,
    MAIL_CODE,
    MAIL_WISH,
    MONITOR,
    PROBE,
    READ_LETTERS,
    REMIND,
    REMOVE_FILES,
    REVOKE,
    SETTLE,
    SWEEP,
    TELL,
    TRANSFER,
    WELCOME,
    Job,
)
from calendar_core.mailing import Mailing
from calendar_core.notifying import Notifying
from calendar_core.ports import Clock, Handler, Mailer, Notifier
from calendar_core.providers import OpenedCalendars
from calendar_core.scheduling import Settling
from calendar_core.store import Store
from calendar_core.switching import Transferring

from .slack import SlackOut
from .teams import TeamsIn

if TYPE_CHECKING:
    from adapters.slack.files import SlackFiles


def handlers_of(
    settings: Settings,
    store: Store,
    calendars: OpenedCalendars,
    clock: Clock,
    *,
    core: Core,
    settling: Settling,
    delivery: Notifier,
    mailer: Mailer | None,
    answers: AnswersByMail | None,
    slack: SlackOut | None,
    slack_files: SlackFiles | None,
    teams: TeamsIn | None,
) -> Mapping[str, Handler]:
    """By the job's name. Whoever works for jobs alone is made here."""
    notifying = Notifying(store.people, store.programmes, store.sessions, store.happenings, delivery, clock)
    transferring = Transferring(
        store.people, store.programmes, store.integrations, store.sessions, store.modes, calendars, clock
    )
    mailing = None
    if mailer:
        replies_to = reply_addresses(settings)
        mailing = Mailing(store.people, store.invitations, mailer, Letters(), store.jobs, clock, replies_to)
    return {
        SETTLE: settling.settle,
        SWEEP: _one_after_the_other(settling.sweep, *((mailing.sweep,) if mailing else ())),
        TELL: notifying.tell,
        REMIND: notifying.remind,
        FOLLOW_UP: core.following_up.ask,
        MAIL_CODE: core.own.linking.mail_code,
        MAIL_WISH: core.wishes.mail_wish,
        PROBE: core.connecting.probing.probe,
        WELCOME: core.connecting.following.welcome,
        REVOKE: core.connecting.revoking.revoke,
        END_PROGRAMMES: core.ending.end_programmes,
        FORGET: _forgetting(store, clock).forget,
        **({MAIL: mailing.mail} if mailing else {}),
        TRANSFER: transferring.transfer,
        **({READ_LETTERS: answers.reading.read} if answers else {}),
        REMOVE_FILES: _one_after_the_other(
            *((slack_files.remove,) if slack_files else ()), *((teams.remove,) if teams else ())
        ),
        **({CHECK_INSTALLATION: slack.uninstalls.check} if slack else {}),
        **({ANSWER_LEFT: teams.left} if teams else {}),
        LOOK: core.connecting.probing.look_around,
        MONITOR: core.monitoring.watch,
    }


def _one_after_the_other(*handlers: Callable[[Job], Awaitable[None]]) -> Handler:
    async def all_of_them(job: Job) -> None:
        for handle in handlers:
            await handle(job)

    return all_of_them


def _forgetting(store: Store, clock: Clock) -> Forgetting:
    return Forgetting(
        store.receipts,
        store.happenings,
        store.sign_ins,
        store.credentials,
        store.accounts,
        store.mailed_answers,
        store.posts,
        store.teams_inbox,
        store.teams_places,
        clock,
    )
