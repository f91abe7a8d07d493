"""`pairtime doctor` against a well world and an ill one; docs/doctor.md shows what it says of both."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from adapters.cli.doctor import Asked, examine, lines_of, sheets
from adapters.doctor import surroundings
from adapters.mail_values import ImapSettings, MailSettings
from adapters.main import Application, build, prepare, real_now
from adapters.secret import Secret
from adapters.setting_values import EncryptionKey, Listen
from adapters.settings import Settings
from adapters.slack_values import SlackSettings
from adapters.vendor_values import GoogleClient, MicrosoftApp
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.errors import ProviderUnavailable
from calendar_core.examining import Finding, Verdict, mail_records
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import Role
from calendar_core.ports import Granted
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.world import Mailbox

from .conftest import ROOT, Shell

PAGE = ROOT / "docs/doctor.md"
ANA, SAM, BOSS = "ana@example.com", "sam@example.com", "boss@example.com"
PROGRAMME = "mentoring@example.com"
DELEGATED = [
    "calendar.events.owned",
    "calendar.freebusy",
    "calendar.calendars.readonly",
    "calendar.calendarlist.readonly",
]
PUBLISHED = {
    "example.com": (b"v=spf1 include:mail.example.com -all", b"some-other=record"),
    "pt._domainkey.example.com": (b"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",),
    "_dmarc.example.com": (b"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com",),
}


@dataclass(frozen=True)
class Records:
    """The domain name system; None: nobody answers."""

    published: Mapping[str, tuple[bytes, ...]] | None

    async def txt(self, name: str) -> tuple[bytes, ...]:
        if self.published is None:
            raise ProviderUnavailable("silence")
        return self.published.get(name, ())


@dataclass(frozen=True)
class Clinic:
    """An installation in a sandbox, served and working."""

    sandbox: Sandbox
    settings: Settings
    application: Application

    async def examined(
        self, asked: Asked, records: Records, *, ahead: timedelta = timedelta(0), **changes: object
    ) -> list[Finding]:
        settings = replace(self.settings, **changes)  # type: ignore[arg-type]  # each test names a setting's own type
        return await examine(settings, asked, records, lambda: real_now() + ahead)


@asynccontextmanager
async def clinic(folder: Path) -> AsyncIterator[Clinic]:
    async with Sandbox() as sandbox, sandbox.over_imap(PROGRAMME) as answers:
        sandbox.world.add_mailbox(Mailbox(ANA, "Ana Ruiz", "google", "America/New_York"))
        for address in (SAM, BOSS):
            sandbox.world.add_mailbox(Mailbox(address, address, "microsoft", "Europe/Berlin"))
        registration = sandbox.entra_registration()
        sandbox.world.revoke(BOSS)  # left out by a policy
        key_file = sandbox.service_account_key()
        sandbox.google.access.delegate(key_file["client_email"], "example.com", DELEGATED)
        client = sandbox.google_client()
        server, box = urlsplit(sandbox.mail.url), urlsplit(answers.url)
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        settings = Settings(
            database=Secret(f"sqlite:///{folder / 'pairtime.sqlite3'}"),
            google_api_base=f"{sandbox.url}/google/calendar/v3",
            google_oauth_base=f"{sandbox.url}/google/oauth2",
            google_service_account=Secret(json.dumps(key_file)),
            google_accounts_base=f"{sandbox.url}/google",
            google_client=GoogleClient(client_id=client.client_id, client_secret=Secret(client.client_secret)),
            graph_base=f"{sandbox.url}/graph",
            login_base=f"{sandbox.url}/login",
            microsoft=MicrosoftApp(
                client_id=registration.client_id,
                client_secret=Secret(registration.client_secret),
                ends_at=real_now() + timedelta(days=400, hours=1),
            ),
            mail=MailSettings(
                host=server.hostname or "",
                port=server.port or 0,
                private="plain",
                username=None,
                password=None,
                address=PROGRAMME,
                name="Pairtime",
            ),
            imap=ImapSettings(
                host=box.hostname or "",
                port=box.port or 0,
                username=unquote(box.username or ""),
                password=Secret(unquote(box.password or "")),
                tls=False,
            ),
            encryption_keys=(EncryptionKey("k1", Secret(key)),),
            slack=SlackSettings(
                signing_secret=Secret(sandbox.slack.installed.app.signing_secret),
                bot_token=Secret(sandbox.slack.installed.install("example.com").access),
                api_base=f"{sandbox.url}/slack/api",
            ),
        )
        prepare(settings)
        async with (
            build(settings) as application,
            application.working(),
            serving(web_app(application.routes(), application.metrics), Listen("127.0.0.1", 0), 0.1) as url,
        ):
            await _enrolled(application, registration.tenant)
            yield Clinic(sandbox, replace(settings, public_url=url), application)


async def _enrolled(application: Application, tenant: str) -> None:
    store = application.store
    people = tuple(
        PersonEnrolled(organisation="Example", programme="Leaders 2026", role=Role.MENTEE, email=email, name=email)
        for email in (ANA, SAM)
    )
    await store.enrolments.apply(Batch(people), application.clock.now())
    (organisation,) = await store.people.organisations()
    await store.people.update_organisation(replace(organisation, google_domains=("example.com",), entra_tenant=tenant))
    for email, kind in ((ANA, IntegrationKind.GOOGLE_DOMAIN), (SAM, IntegrationKind.OUTLOOK_DOMAIN)):
        (user,) = await store.people.at_address(email)
        await store.integrations.connected(Integration(user.id, kind, Health.OK, email))
        await store.credentials.put(user.id, Granted(kind, email, email, (), "what a consent left"))  # to be sealed
    while await application.worker_seen() is None:  # the first tick comes at once
        await application.clock.sleep_until(application.clock.now() + timedelta(milliseconds=10))


def printed(findings: list[Finding]) -> str:
    """As printed, with the ports of this run left out."""
    text = "\n".join(lines_of(findings))
    text = re.sub(r"at http://127\.0\.0\.1:\d+/slack", "at https://pairtime.example.com/slack", text)
    text = re.sub(r"public address http://127\.0\.0\.1:\d+", "public address https://pairtime.example.com", text)
    return text.replace("mail server 127.0.0.1", "mail server mail.example.com").replace(
        "mailbox at 127.0.0.1", "mailbox at mail.example.com"
    )


def shown(title: str) -> str:
    """What the page has under a heading."""
    found = re.search(rf"## {title}\n.*?```\n\$ [^\n]+\n(.*?)\n```", PAGE.read_text(), re.DOTALL)
    assert found, title
    return found[1]


async def well(there: Clinic) -> list[Finding]:
    asked = Asked(outside=(BOSS,), dkim_selector="pt", letter_to=SAM)
    return await there.examined(asked, Records(PUBLISHED))


async def ill(there: Clinic) -> list[Finding]:
    """Much at once: a scope that was not granted, a permission too few, a policy that is not heeded, and more."""
    sandbox, registration = there.sandbox, there.sandbox.entra_registration()
    account = (
        json.loads(there.settings.google_service_account.reveal()) if there.settings.google_service_account else {}
    )
    sandbox.google.access.delegate(account["client_email"], "example.com", ["calendar.freebusy"])
    sandbox.entra.directory.consent(registration.tenant, registration.client_id, ["Calendars.Read"])
    sandbox.world.restore(BOSS)
    mail, imap, microsoft = there.settings.mail, there.settings.imap, there.settings.microsoft
    assert mail is not None
    assert imap is not None
    assert microsoft is not None
    soon = there.application.clock.now() + timedelta(days=12, hours=1)
    records = dict(PUBLISHED) | {
        "example.com": (b"v=spf1 +all",),
        "pt._domainkey.example.com": (b"v=DKIM1; p=",),
        "_dmarc.example.com": (b"v=DMARC1; p=none",),
    }
    return await there.examined(
        Asked(outside=(BOSS,), dkim_selector="pt"),
        Records(records),
        ahead=timedelta(minutes=11),
        public_url="http://127.0.0.1:9",
        mail=replace(mail, username="pairtime", password=Secret("wrong")),
        imap=replace(imap, password=Secret("wrong")),
        microsoft=replace(microsoft, ends_at=soon),
        encryption_keys=(),
    )


async def test_a_well_installation_is_said_to_be_well_as_the_page_shows(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        findings = await well(there)
        assert printed(findings) == shown("A well installation")
        assert {each.verdict for each in findings} == {Verdict.OK}
        for address in (ANA, SAM):
            assert [each for each in there.sandbox.world.events(address) if not each.deleted] == []


async def test_a_letter_that_is_not_taken_and_a_delegation_that_reaches_too_far_are_said(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        key_file = there.sandbox.service_account_key()
        there.sandbox.google.access.delegate(key_file["client_email"], "example.com", [*DELEGATED, "calendar"])
        there.sandbox.faults.add(Fault("status", vendor="smtp", operation="rcpt", status=550, times=None))
        default = {"default._domainkey.example.com": PUBLISHED["pt._domainkey.example.com"]}
        findings = await there.examined(Asked(letter_to=SAM), Records({**PUBLISHED, **default}))
    problems = [each.what for each in findings if each.verdict is Verdict.PROBLEM]
    assert problems == ["more than that is refused, as it must be (calendar)", f"a letter to {SAM} is taken"]
    assert "DKIM key default of example.com" in [each.what for each in findings if each.verdict is Verdict.OK]


async def test_an_ill_installation_is_told_what_to_do_as_the_page_shows(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        findings = await ill(there)
        assert printed(findings) == shown("An ill one")
        assert all(each.remedy.endswith(".") for each in findings if each.verdict is not Verdict.OK)


async def test_nobody_is_invited_and_nothing_stays_behind_when_a_step_fails(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        there.sandbox.faults.add(Fault("status", status=400, operation="events.patch", times=None))
        there.sandbox.faults.add(Fault("status", status=400, operation="events.update", times=None))
        findings = await there.examined(Asked(mailboxes=(ANA, SAM)), Records(PUBLISHED))
        moved = [each for each in findings if "it is moved" in each.what]
        assert [each.verdict for each in moved] == [Verdict.PROBLEM, Verdict.PROBLEM]
        assert there.sandbox.mail.post.addresses() == []
        for address in (ANA, SAM):
            assert [each for each in there.sandbox.world.events(address) if not each.deleted] == []


async def test_it_examines_without_telling_anybody_or_changing_any_status(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        store = there.application.store
        (sam,) = await store.people.at_address(SAM)
        before = await store.integrations.of(sam.id)
        there.sandbox.world.revoke(SAM)
        findings = await there.examined(Asked(mailboxes=(SAM, "nobody@example.com")), Records(PUBLISHED))
        assert await store.integrations.of(sam.id) == before
        refused = [each.area for each in findings if each.verdict is Verdict.PROBLEM]
        assert refused == ["Google - Domain, nobody@example.com", "Outlook - Domain, sam@example.com"]


async def test_a_mailbox_outside_that_proves_nothing_is_not_taken_for_a_proof(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        findings = await there.examined(Asked(outside=("gone@example.com",)), Records(PUBLISHED))
        (outside,) = [each for each in findings if each.what.startswith("refused")]
        assert outside.verdict is Verdict.LEFT_OUT


async def test_a_client_that_no_vendor_knows_lets_nobody_connect(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        google, microsoft = there.settings.google_client, there.settings.microsoft
        assert google is not None
        assert microsoft is not None
        findings = await there.examined(
            Asked(),
            Records(None),
            google_client=replace(google, client_secret=Secret("another")),
            microsoft=replace(microsoft, client_secret=Secret("another")),
        )
        verdicts = {each.area: each.verdict for each in findings if each.what.startswith("people can sign in")}
        assert verdicts == {"Google - Individual": Verdict.PROBLEM, "Outlook - Individual": Verdict.LEFT_OUT}
        there.sandbox.faults.add(Fault("status", operation="token", status=503, times=None))
        silent = await there.examined(Asked(), Records(None))
        said = {each.remedy for each in silent if each.what.startswith("people can sign in")}
        assert said == {
            "The vendor did not answer: try again, and look at its status page and at this machine's network."
        }


async def test_a_worker_that_has_gone_is_seen_by_its_ticks(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        seen_at = await there.application.worker_seen()
    assert seen_at is not None
    assert surroundings.worker(seen_at, seen_at + timedelta(minutes=1)).verdict is Verdict.OK
    assert surroundings.worker(seen_at, seen_at + timedelta(minutes=3)).verdict is Verdict.PROBLEM
    assert surroundings.worker(None, seen_at).verdict is Verdict.PROBLEM


async def test_a_key_that_is_another_one_opens_nothing_and_that_is_seen(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        other = EncryptionKey("k1", Secret(base64.b64encode(secrets.token_bytes(32)).decode()))
        findings = await there.examined(Asked(), Records(None), encryption_keys=(other,))
    (keys,) = [each for each in findings if each.what == "encryption keys"]
    assert (keys.verdict, keys.remedy) == (
        Verdict.PROBLEM,
        "Of 2 sealed 2 do not open: add the key that sealed them.",
    )


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        ({"example.com": ()}, "SPF", "There is none"),
        ({"example.com": (b"v=spf1 -all", b"v=spf1 ~all")}, "SPF", "There are several"),
        ({"_dmarc.example.com": ()}, "DMARC", "There is none"),
        ({"_dmarc.example.com": (b"v=DMARC1; rua=mailto:a@example.com",)}, "DMARC", "It says no policy"),
        ({"pt._domainkey.example.com": ()}, "DKIM", "There is none"),
    ],
)
async def test_each_record_that_receivers_would_not_heed_is_said(
    change: Mapping[str, tuple[bytes, ...]], place: str, what: str
) -> None:
    findings = await mail_records("example.com", "pt", Records(dict(PUBLISHED) | dict(change)))
    problems = [each for each in findings if each.verdict is Verdict.PROBLEM]
    assert [each.what.split()[0] for each in problems] == [place]
    assert problems[0].remedy.startswith(what)


async def test_name_servers_that_are_silent_say_nothing_about_the_records() -> None:
    findings = await mail_records("example.com", "pt", Records(None))
    assert {each.verdict for each in findings} == {Verdict.LEFT_OUT}


async def test_the_page_for_it_names_each_permission_and_what_it_does(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        text = "\n".join(await sheets(there.settings, Asked()))
    text = text.replace(f"{there.sandbox.url}/graph", "https://graph.microsoft.com")
    text = text.replace(there.sandbox.url, "https://login.example.com")
    text = text.replace(str(there.settings.public_url), "https://pairtime.example.com")
    assert text == shown("The page for IT").replace("\n$ ", "\n")


def test_its_exit_status_can_be_used_in_scripts(shell: Shell, tmp_path: Path) -> None:
    database = {"PAIRTIME_DATABASE_URL": f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"}
    fresh = shell.run("doctor", **database)
    assert fresh.returncode == 1
    assert fresh.stdout.startswith(
        "problem   This installation: database. It is not at the present schema: run `pairtime migrate`."
    )
    assert shell.run("migrate", **database).returncode == 0
    told = shell.run("doctor", "--json", **database)
    assert told.returncode == 1, "nobody does the durable work"
    assert {each["verdict"] for each in json.loads(told.stdout)} == {"ok", "problem", "left out"}
    assert shell.run("doctor", "--organisation", "Nowhere", **database).returncode == 2
    assert shell.run("doctor").returncode == 2
