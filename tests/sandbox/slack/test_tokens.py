"""Tokens, scopes, and what Slack says before it looks at what is asked."""

from __future__ import annotations

from dataclasses import replace

from sandbox.faults import Fault

from .conftest import Api


async def test_who_one_is(api: Api) -> None:
    told = await api.good("auth.test")
    assert told["team_id"] == api.slack.people.team_of("example.com").id
    assert told["is_enterprise_install"] is False
    assert told["user_id"].startswith("U")


async def test_an_unknown_method(api: Api) -> None:
    assert await api.refused("chat.shout") == "unknown_method"


async def test_no_token_and_a_wrong_one(api: Api) -> None:
    assert await replace(api, token="").refused("auth.test") == "not_authed"
    assert await replace(api, token="xoxb-1-2-3").refused("auth.test") == "invalid_auth"


async def test_a_missing_scope_is_named_with_those_there_are(api: Api) -> None:
    token = api.slack.installed.install("example.org", ["commands", "team:read"]).access
    told = await replace(api, token=token).call("chat.postMessage", channel="C1", text="Hello")
    assert told == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "commands,team:read",
    }


async def test_a_revoked_token_and_a_removed_application(api: Api) -> None:
    other = replace(api, token=api.slack.installed.install("example.com").access)
    await other.good("auth.revoke", test=True)
    assert (await other.good("auth.revoke"))["revoked"] is True
    assert await other.refused("auth.test") == "token_revoked"
    await api.good("auth.test")
    api.slack.installed.uninstall(api.slack.people.team_of("example.com").id)
    assert await api.refused("auth.test") == "account_inactive"


async def test_each_kind_of_token_has_its_methods(api: Api) -> None:
    assert await api.refused("apps.connections.open") == "not_allowed_token_type"
    app = replace(api, token=api.slack.installed.app.app_token)
    assert await app.refused("auth.test") == "not_allowed_token_type"


async def test_arguments_by_query_form_and_json_are_the_same(api: Api) -> None:
    path, headers = "/slack/api/users.info", {"Authorization": f"Bearer {api.token}"}
    form = {"user": api.user(), "include_locale": "1"}
    async with api.http.get(path, params=form, headers=headers) as answer:
        by_query = await answer.json()
    async with api.http.post(path, data={**form, "token": api.token}) as answer:
        by_form = await answer.json()
    by_json = await api.good("users.info", user=api.user(), include_locale=True)
    assert by_query["user"] == by_form["user"] == by_json["user"]
    assert by_json["user"]["locale"] == "en-US"


async def test_what_is_no_json_and_what_is_not_known(api: Api) -> None:
    headers = {"Authorization": f"Bearer {api.token}", "Content-Type": "application/json"}
    for body, code in ((b"{", "invalid_json"), (b"[]", "json_not_object")):
        async with api.http.post("/slack/api/auth.test", data=body, headers=headers) as answer:
            assert (await answer.json())["error"] == code
    told = await api.call("users.info", user=api.user(), colour="red")
    assert told["error"] == "invalid_arguments"
    assert told["response_metadata"]["messages"] == ["[ERROR] unsupported field: colour"]
    assert await api.refused("users.info") == "invalid_arguments"
    assert await api.refused("chat.update", channel="C1", ts=5) == "invalid_arguments"


async def test_rates_are_counted_once_they_are_switched_on(api: Api) -> None:
    for _ in range(60):
        await api.good("team.info")
    api.slack.state.rates.on = True
    for _ in range(50):
        await api.good("team.info")
    assert await api.refused("team.info") == "ratelimited"
    assert api.status == 429
    assert 1 <= int(api.retry_after or 0) <= 60
    channel = (await api.good("conversations.open", users=api.user()))["channel"]["id"]
    await api.good("chat.postMessage", channel=channel, text="One")
    assert await api.refused("chat.postMessage", channel=channel, text="Two") == "ratelimited"
    assert api.retry_after == "1"


async def test_trouble_in_store_is_said_in_slacks_words(api: Api) -> None:
    api.sandbox.faults.add(Fault("status", vendor="slack", status=429, retry_after=7))
    assert await api.refused("auth.test") == "ratelimited"
    assert (api.status, api.retry_after) == (429, "7")
    ana = "ana@example.com"
    trouble = Fault("status", "slack", ana, "chat.postMessage", status=200, reason="restricted_action")
    api.sandbox.faults.add(trouble)
    await api.good("chat.postMessage", channel=api.user("sam"), text="Hello")
    assert await api.refused("chat.postMessage", channel=api.user(), text="Hello") == "restricted_action"
    assert [call.mailbox for call in api.sandbox.log.of(vendor="slack", operation="chat.postMessage")] == [
        "sam@example.com",
        ana,
    ]
