"""What a mail server's answers mean to us; over real SMTP on 127.0.0.1."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.event import Person
from calendar_core.mail import Security, SmtpMailer, SmtpServer
from sandbox.app import Sandbox
from sandbox.faults import Fault

from .test_messages import NOW, letter

THEO = "theo@example.org"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        yield running


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def mailer_for(port: int, security: Security = Security.PLAIN, **more: object) -> SmtpMailer:
    fields: dict[str, object] = {"host": "127.0.0.1", "port": port, "security": security, "timeout": 5.0, **more}
    return SmtpMailer(SmtpServer(**fields), lambda: NOW)  # type: ignore[arg-type]  # each test names a field's own type


@pytest.fixture
def mailer(sandbox: Sandbox) -> SmtpMailer:
    return mailer_for(port_of(sandbox.mail.url))


def trouble(sandbox: Sandbox, fault: Fault, operation: str) -> None:
    sandbox.faults.add(
        Fault(
            fault.kind,
            vendor="smtp",
            operation=operation,
            status=fault.status,
            times=fault.times,
            after_commit=fault.after_commit,
            delay_ms=fault.delay_ms,
        )
    )


async def test_a_letter_arrives_byte_for_byte_at_its_one_recipient(sandbox: Sandbox, mailer: SmtpMailer) -> None:
    await mailer.send(letter())
    (arrived,) = sandbox.mail.post.letters(THEO)
    assert (arrived.sender, arrived.recipient) == ("sessions@pairtime.example", THEO)
    assert arrived.message["To"] == '"Marchetti, Theo" <theo@example.org>'
    assert sandbox.mail.post.addresses() == [THEO]


@pytest.mark.parametrize("operation", ["rcpt", "data"])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (421, ProviderUnavailable),
        (450, ProviderUnavailable),
        (451, ProviderUnavailable),
        (550, ProviderRejected),
        (554, ProviderRejected),
    ],
)
async def test_four_is_for_later_and_five_for_never(
    sandbox: Sandbox, mailer: SmtpMailer, operation: str, status: int, kind: type[Exception]
) -> None:
    trouble(sandbox, Fault("status", status=status), operation)
    with pytest.raises(kind) as refusal:
        await mailer.send(letter())
    assert "refused on demand" not in str(refusal.value)
    assert sandbox.mail.post.letters(THEO) == []
    await mailer.send(letter())
    assert len(sandbox.mail.post.letters(THEO)) == 1


@pytest.mark.parametrize("after_commit", [False, True])
async def test_a_connection_that_breaks_is_for_later_whatever_was_done(
    sandbox: Sandbox, mailer: SmtpMailer, after_commit: bool
) -> None:
    trouble(sandbox, Fault("drop", after_commit=after_commit), "data")
    with pytest.raises(ProviderUnavailable):
        await mailer.send(letter())
    assert len(sandbox.mail.post.letters(THEO)) == after_commit
    await mailer.send(letter())
    ids = [each.message["Message-ID"] for each in sandbox.mail.post.letters(THEO)]
    assert ids == ["<5f2b.0@pairtime.example>"] * (1 + after_commit)


async def test_a_server_that_takes_too_long_is_not_waited_for(sandbox: Sandbox) -> None:
    trouble(sandbox, Fault("delay", delay_ms=1_000), "data")
    with pytest.raises(ProviderUnavailable):
        await mailer_for(port_of(sandbox.mail.url), timeout=0.2).send(letter())


async def test_where_nobody_listens_it_is_for_later() -> None:
    server = await asyncio.start_server(lambda _, __: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(ProviderUnavailable):
        await mailer_for(port).send(letter())


async def test_nothing_is_said_in_the_clear_where_encryption_was_asked_for(sandbox: Sandbox) -> None:
    for security in (Security.STARTTLS, Security.TLS):
        with pytest.raises(ProviderUnavailable):
            await mailer_for(port_of(sandbox.mail.url), security, username="pairtime", password="secret").send(letter())
    assert sandbox.mail.post.addresses() == []
    assert sandbox.log.of(vendor="smtp") == []


async def test_a_certificate_that_nobody_vouches_for_is_not_believed(tmp_path: Path) -> None:
    loop = asyncio.get_running_loop()
    context = self_signed(tmp_path)
    server = await loop.create_server(
        lambda: SMTP(object(), hostname="mail.example.com", loop=loop, tls_context=context, require_starttls=True),
        "127.0.0.1",
        0,
    )
    async with server:
        with pytest.raises(ProviderUnavailable, match=r"SSL|Connect"):
            await mailer_for(server.sockets[0].getsockname()[1], Security.STARTTLS).send(letter())


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    at = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    return context


async def test_an_address_that_is_none_never_leaves(sandbox: Sandbox, mailer: SmtpMailer) -> None:
    with pytest.raises(ProviderRejected):
        await mailer.send(letter(to=Person("theo@example.org\r\nRCPT TO:<x@evil.example>", "Theo")))
    assert sandbox.log.of(vendor="smtp") == []


async def test_no_address_and_no_word_of_a_letter_is_logged(
    sandbox: Sandbox, mailer: SmtpMailer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    trouble(sandbox, Fault("status", status=550), "rcpt")
    with pytest.raises(ProviderRejected):
        await mailer.send(letter())
    ours = [record for record in caplog.records if record.name.startswith("calendar_core")]
    assert ours
    assert not any("theo" in str(vars(record)) or "24 Nov" in str(vars(record)) for record in ours)
    await mailer.send(letter())
