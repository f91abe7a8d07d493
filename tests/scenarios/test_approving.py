"""An administrator approves for a whole tenant: what the browser brings back is believed in nothing (HTTP)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from sandbox.login.directory import CLIENT_ID, TENANT, Directory
from tests.visiting import Visitor

ADMINISTRATOR = "sam@example.com"
FOREIGN = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def directory(visitor: Visitor) -> Directory:
    """Whose application was removed, and who may approve it again."""
    found = visitor.stage.sandbox.entra.directory
    found.delegated.set_administrators(TENANT, [ADMINISTRATOR])
    found.withdraw(TENANT, CLIENT_ID)
    return found


async def link(visitor: Visitor) -> str:
    found = await visitor.stage.application.connecting.approving.link("Example.com", TENANT)
    assert found is not None
    return found


async def approved(visitor: Visitor, url: str, decision: str = "allow") -> str:
    """Where the vendor's page sends the administrator then."""
    told = {"url": url, "mailbox": ADMINISTRATOR, "decision": decision}
    async with visitor.http.post(f"{visitor.stage.sandbox.url}/_/consent", json=told) as answer:
        said = await answer.json()
        assert answer.status == 200, said
    assert said["method"] == "GET"
    return str(said["url"])


async def page(http: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    async with http.get(url) as answer:
        return answer.status, await answer.text()


async def test_an_approval_is_found_out_by_a_token_of_that_tenant(visitor: Visitor, directory: Directory) -> None:
    back = await approved(visitor, await link(visitor))
    await visitor.drive("log/clear")
    status, said = await page(visitor.http, back)
    assert (status, '<h1 id="title">Approved</h1>' in said) == (200, True)
    assert directory.roles(TENANT, CLIENT_ID)
    async with visitor.http.get(f"{visitor.stage.sandbox.url}/_/log") as log:
        asked = [(call["vendor"], call["operation"]) for call in (await log.json())["calls"]]
    assert ("login", "token") in asked
    assert (await page(visitor.http, back))[0] == 200  # twice is once


async def test_an_approval_that_only_the_browser_claims_changes_nothing(visitor: Visitor, directory: Directory) -> None:
    state = parse_qs(urlsplit(await link(visitor)).query)["state"][0]
    claimed = {"admin_consent": "True", "tenant": TENANT, "state": state}
    status, said = await page(visitor.http, f"/consent/microsoft/callback?{urlencode(claimed)}")
    assert (status, "Approved, but not there yet" in said) == (200, True)
    assert directory.roles(TENANT, CLIENT_ID) is None


@pytest.mark.parametrize("tenant", [FOREIGN, "", "common", "x" * 5000])
async def test_another_tenants_approval_is_refused(
    visitor: Visitor, directory: Directory, tenant: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "calendar_core")
    back = await approved(visitor, await link(visitor))
    state = parse_qs(urlsplit(back).query)["state"][0]
    foreign = {"admin_consent": "True", "tenant": tenant, "state": state}
    status, said = await page(visitor.http, f"/consent/microsoft/callback?{urlencode(foreign)}")
    assert (status, "another tenant than the one" in said) == (403, True)
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("calendar_core.connecting")]
    assert ours == ["approval: another tenant's approval"]  # why, and nothing of what came
    (own,) = [
        each for each in await visitor.stage.application.store.people.organisations() if each.name == "example.com"
    ]
    assert own.entra_tenant == TENANT


async def test_saying_no_changes_nothing(visitor: Visitor, directory: Directory) -> None:
    back = await approved(visitor, await link(visitor), "cancel")
    status, said = await page(visitor.http, back)
    assert (status, "Not approved" in said) == (200, True)
    assert directory.roles(TENANT, CLIENT_ID) is None


async def test_a_forged_or_ended_state_leads_nowhere(visitor: Visitor, directory: Directory) -> None:
    back = await approved(visitor, await link(visitor))
    forged = {"admin_consent": "True", "tenant": TENANT, "state": "A" * 32}
    await visitor.drive("clock", jump_seconds=7 * 24 * 3600 + 1)
    for url in (back, f"/consent/microsoft/callback?{urlencode(forged)}"):
        status, said = await page(visitor.http, url)
        assert (status, "This answer belongs to nothing" in said) == (403, True)


async def test_the_link_in_the_text_for_it_ends_on_a_page_of_ours(visitor: Visitor, directory: Directory) -> None:
    back = await approved(visitor, visitor.stage.application.connecting.approvals["Microsoft"])  # type: ignore[index]  # a Suite is a text
    status, said = await page(visitor.http, back)
    assert (status, "can now say connect" in said) == (200, True)


async def test_a_tenant_that_is_another_organisations_by_then_is_refused(
    visitor: Visitor, directory: Directory
) -> None:
    back = await approved(visitor, await link(visitor))
    people = visitor.stage.application.store.people
    own = await people.organisation((await people.at_address(ADMINISTRATOR))[0].organisation)
    other = next(each for each in await people.organisations() if each != own)
    await people.update_organisation(replace(own, entra_tenant=None))
    await people.update_organisation(replace(other, entra_tenant=TENANT))
    status, said = await page(visitor.http, back)
    assert (status, "Approved, but not used" in said, "to another organisation" in said) == (403, True, True)
    assert "another tenant" not in said
    assert (await people.organisation(own.id)).entra_tenant is None
