"""Whatever a chat may ask of the core, joined."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from uuid import uuid4

from adapters.code_letters import CodeLetters
from adapters.homes import Homes
from adapters.settings import Settings
from adapters.wish_letters import WishLetters, address_in_contact
from bot.handlers.talk import Core, Own
from calendar_core.adjusting import Adjusting
from calendar_core.averaging import Averaging
from calendar_core.chat_account import DIGITS, SALT_BYTES
from calendar_core.counting import Counting
from calendar_core.ending import Ending
from calendar_core.event import Person
from calendar_core.following_up import FollowingUp
from calendar_core.health import Unwell
from calendar_core.linking import Linking
from calendar_core.monitoring import Monitoring
from calendar_core.opting_out import OptingOut
from calendar_core.ports import Clock, Mailer
from calendar_core.providers import OpenedCalendars, Surroundings
from calendar_core.reporting import Reporting
from calendar_core.scheduling import Scheduling
from calendar_core.store import Store
from calendar_core.wishing import Wishing

from .connecting import connecting_of
from .mail_server import mail_check_of
from .vendors import ends_of


def core_of(
    settings: Settings,
    store: Store,
    calendars: OpenedCalendars,
    around: Surroundings,
    scheduling: Scheduling,
    *,
    homes: Homes,
    mail: tuple[Mailer, Person] | None,
    unwell: Callable[[], Awaitable[frozenset[Unwell]]],
    clock: Clock,
) -> Core:
    """`mail`: what letters are sent with, and from; `unwell`: what this installation stands on and should not."""
    operator = address_in_contact(settings.operator_contact)
    wish_letters = WishLetters(*mail, operator) if mail and operator else None
    connecting = connecting_of(settings, store, calendars, around, clock)
    return Core(
        people=store.people,
        programmes=store.programmes,
        integrations=store.integrations,
        receipts=store.receipts,
        conversations=store.conversations,
        scheduling=scheduling,
        reporting=Reporting(store.people, store.programmes, store.integrations, homes),
        ending=Ending(store.programmes, store.sessions, store.endings, clock),
        wishes=Wishing(store.people, store.programmes, store.operator_wishes, wish_letters, clock),
        own=Own(
            linking=Linking(
                store.people, store.accounts, CodeLetters(*mail) if mail else None, clock, _new_code, _new_salt
            ),
            adjusting=Adjusting(store.people, calendars, clock),
            counting=Counting(store.people, calendars),
            opting_out=OptingOut(store.people, store.integrations, store.unconnected, clock),
            personal_data=store.personal_data,
        ),
        monitoring=Monitoring(
            people=store.people,
            programmes=store.programmes,
            integrations=store.integrations,
            repairs=store.repairs,
            domains=store.domains,
            jobs=store.jobs,
            home_chats=homes,
            clock=clock,
            check_calendar=connecting.probing.check,
            ends=ends_of(settings),
            mail_works=mail_check_of(settings),
            unwell=unwell,
        ),
        connecting=connecting,
        following_up=FollowingUp(
            store.people, store.programmes, store.sessions, store.feedbacks, store.steps, clock, new_uid
        ),
        averaging=Averaging(store.people, store.programmes, store.averages, clock),
        clock=clock,
        contact=settings.operator_contact,
    )


def new_uid() -> str:
    """A name for an event, or whatever else is there before its row."""
    return uuid4().hex


def _new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)
