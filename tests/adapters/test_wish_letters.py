"""What admins ask of the operator, by mail over real SMTP on 127.0.0.1; once, and only while it waits for an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.wish_letters import WishLetters, address_in_contact
from calendar_core.event import Person
from calendar_core.job import MAIL_WISH, mail_wish_job
from calendar_core.mail import Security, SmtpMailer, SmtpServer
from calendar_core.store import open_store
from calendar_core.store.opening import Store
from calendar_core.wishing import Wishing
from sandbox.app import Sandbox
from tests.contracts.store.cast import NOW, enrol
from tests.contracts.store.working import working

OPERATOR = "ops@pairtime.example"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as sandbox:
        yield sandbox


@pytest.fixture
async def store(migrated_url: str, sandbox: Sandbox) -> AsyncIterator[Store]:
    store = open_store(migrated_url, sandbox.clock)
    yield store
    await store.close()


def wishing_by_mail(store: Store, sandbox: Sandbox) -> Wishing:
    server = SmtpServer(host="127.0.0.1", port=int(sandbox.mail.url.rpartition(":")[2]), security=Security.PLAIN)
    mailer = SmtpMailer(server, lambda: NOW)
    post = WishLetters(mailer, Person("sessions@pairtime.example", "Pairtime"), OPERATOR)
    return Wishing(store.people, store.programmes, store.operator_wishes, post, sandbox.clock)


async def test_a_wish_is_mailed_once_and_not_after_it_was_answered(store: Store, sandbox: Sandbox) -> None:
    priya, wishing = (await enrol(store)).priya, wishing_by_mail(store, sandbox)
    organisation = await wishing.insist_on_admin(priya)
    for _ in range(2):
        await wishing.ask(priya, organisation)
    async with working(store, MAIL_WISH) as work:
        job = await work.next()
        assert job == mail_wish_job(organisation.id)
        await work.is_all(store)
    await wishing.mail_wish(job)
    (arrived,) = sandbox.mail.post.letters(OPERATOR)
    assert arrived.message["Subject"] == "Example asks for Free/Busy Only"
    body = arrived.message.get_body(("plain",))
    assert body is not None
    assert "Priya Nair (priya@example.com), admin of Example, asks for Free/Busy Only." in body.get_content()
    assert await store.operator_wishes.answered(organisation.id)
    await wishing.mail_wish(job)
    assert len(sandbox.mail.post.letters(OPERATOR)) == 1


async def test_without_mail_no_such_work_is_left_lying(store: Store, sandbox: Sandbox) -> None:
    priya = (await enrol(store)).priya
    wishing = Wishing(store.people, store.programmes, store.operator_wishes, None, sandbox.clock)
    await wishing.ask(priya, await wishing.insist_on_admin(priya))
    async with working(store, MAIL_WISH) as work:
        await work.is_all(store)


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("ops@pairtime.example", "ops@pairtime.example"),
        ("Olu (olu@example.com), room 7", "olu@example.com"),
        ("https://help.example.com", None),
        ("ask at the @desk", None),
        (None, None),
    ],
)
def test_the_address_is_found_in_whatever_was_named(contact: str | None, address: str | None) -> None:
    assert address_in_contact(contact) == address
