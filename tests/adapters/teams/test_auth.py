"""Who is believed to be Teams: the whole matrix of tokens, against a server that publishes keys and changes them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.teams.auth import LARGEST, Authentication, Untrusted
from adapters.teams.signing_keys import KeysUnavailable, SigningKeys

from .microsoft import APP_ID, SERVICE, Microsoft, encoded, key_pair, published

ACTIVITY = {"type": "message", "channelId": "msteams", "serviceUrl": SERVICE}
Forge = Callable[[Microsoft], str]


async def believe(authentication: Authentication, token: str, activity: dict[str, object] | None = None) -> None:
    (await authentication.proof([f"Bearer {token}"])).insist_sent(ACTIVITY if activity is None else activity)


async def test_a_good_token_is_believed_again_and_again_for_one_look(
    authentication: Authentication, microsoft: Microsoft
) -> None:
    for _ in range(50):
        await believe(authentication, microsoft.token())
    assert microsoft.asked == 1


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer"])
async def test_the_schemes_letters_do_not_matter(
    authentication: Authentication, microsoft: Microsoft, scheme: str
) -> None:
    assert (await authentication.proof([f"{scheme} {microsoft.token()}"])).service_url == SERVICE


FORGED: dict[str, Forge] = {
    "expired": lambda m: m.token(m.claims(nbf=m.now.timestamp() - 7200, exp=m.now.timestamp() - 301)),
    "not yet": lambda m: m.token(m.claims(nbf=m.now.timestamp() + 301)),
    "no expiry": lambda m: m.token(m.claims(exp=None)),
    "no beginning": lambda m: m.token(m.claims(nbf=None)),
    "expiry as text": lambda m: m.token(m.claims(exp="9999999999")),
    "expiry true": lambda m: m.token(m.claims(exp=True)),
    "expiry infinite": lambda m: m.token(m.claims(exp=float("inf"))),
    "expiry no number": lambda m: m.token(m.claims(exp=float("nan"))),
    "another audience": lambda m: m.token(m.claims(aud="66666666-1111-2222-3333-444455556666")),
    "several audiences": lambda m: m.token(m.claims(aud=[APP_ID, "another"])),
    "no audience": lambda m: m.token(m.claims(aud=None)),
    "another issuer": lambda m: m.token(m.claims(iss="https://api.botframework.com.evil.example")),
    "Entra as the issuer": lambda m: m.token(m.claims(iss="https://sts.windows.net/1111/")),
    "no issuer": lambda m: m.token(m.claims(iss=None)),
    "no service": lambda m: m.token(m.claims(serviceurl=None)),
    "an empty service": lambda m: m.token(m.claims(serviceurl="")),
    "forged with another key": lambda m: m.token(key=key_pair(2)),
    "a key that is not there": lambda m: m.token(key=key_pair(2), kid="k2"),
    "no key named": lambda m: m.token(kid=None),
    "a number for a key": lambda m: m.token(kid=1),
    "an endless name": lambda m: m.token(kid="k" * 201),
    "unsigned": lambda m: f"{m.token(alg='none').rpartition('.')[0]}.",
    "alg none, signed": lambda m: m.token(alg="none"),
    "a shared secret": lambda m: m.token(alg="HS256"),
    "another algorithm": lambda m: m.token(alg="PS256"),
    "no algorithm": lambda m: m.token(alg=None),
    "an extension": lambda m: m.token(crit=["b64"], b64=False),
    "another type": lambda m: m.token(typ="at+jwt"),
    "claims that are a list": lambda m: m.token([]),
    "claims that are text": lambda m: m.token("text"),
    "its claims changed": lambda m: ".".join(
        [m.token().split(".")[0], encoded(json.dumps(m.claims(aud="x")).encode()), m.token().split(".")[2]]
    ),
    "its signature cut": lambda m: m.token()[:-4],
    "five parts": lambda m: f"{m.token()}.a.b",
    "two parts": lambda m: m.token().rpartition(".")[0],
    "a word": lambda _: "abc",
    "nothing": lambda _: "",
    "dots": lambda _: "..",
    "no base64": lambda _: "!!.!!.!!",
    "no JSON": lambda _: f"{encoded(b'{')}.{encoded(b'{')}.{encoded(b'x')}",
    "deep JSON": lambda _: f"{encoded(b'[' * 9_000)}.{encoded(b'{}')}.{encoded(b'x')}",
    "other letters": lambda m: m.token().replace(".", ".é", 1),
    "endless": lambda m: m.token(m.claims(padding="x" * LARGEST)),
}


@pytest.mark.parametrize("why", FORGED)
async def test_whatever_is_wrong_it_is_refused_without_being_quoted(
    authentication: Authentication, microsoft: Microsoft, why: str
) -> None:
    token = FORGED[why](microsoft)
    with pytest.raises(Untrusted) as refused:
        await believe(authentication, token)
    assert not any(part and part in str(refused.value) for part in token.split("."))
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "headers",
    [[], [""], ["Bearer"], ["Basic dXM6dXM="], ["Bearer a b"], ["Bearer {}", "Bearer {}"], ["{}"], ["Bearer{}"]],
    ids=str,
)
async def test_no_token_or_two_are_refused(
    authentication: Authentication, microsoft: Microsoft, headers: list[str]
) -> None:
    with pytest.raises(Untrusted):
        await authentication.proof([each.format(microsoft.token()) for each in headers])


@pytest.mark.parametrize(
    "activity",
    [
        {"channelId": "msteams"},
        {"channelId": "msteams", "serviceUrl": None},
        {"channelId": "msteams", "serviceUrl": ""},
        {"channelId": "msteams", "serviceUrl": [SERVICE]},
        {"channelId": "msteams", "serviceUrl": "https://evil.example/"},
        {"channelId": "msteams", "serviceUrl": f"{SERVICE}more"},
        {"channelId": "msteams", "serviceUrl": SERVICE.upper()},
        {"channelId": "webchat", "serviceUrl": SERVICE},
        {"serviceUrl": SERVICE},
        {},
    ],
    ids=str,
)
async def test_an_activity_of_another_service_or_channel_is_refused(
    authentication: Authentication, microsoft: Microsoft, activity: dict[str, object]
) -> None:
    with pytest.raises(Untrusted):
        await believe(authentication, microsoft.token(), activity)


async def test_a_slash_at_the_services_end_does_not_matter(
    authentication: Authentication, microsoft: Microsoft
) -> None:
    await believe(authentication, microsoft.token(), {**ACTIVITY, "serviceUrl": SERVICE.rstrip("/")})
    await believe(authentication, microsoft.token(microsoft.claims(serviceurl=SERVICE.rstrip("/"))))


async def test_clocks_may_differ_by_five_minutes(authentication: Authentication, microsoft: Microsoft) -> None:
    token = microsoft.token()
    microsoft.later(seconds=3600 + 299)
    await believe(authentication, token)
    microsoft.later(seconds=2)
    with pytest.raises(Untrusted):
        await believe(authentication, token)


def test_without_an_id_there_is_no_authentication(authentication: Authentication, microsoft: Microsoft) -> None:
    with pytest.raises(ValueError, match="id is missing"):
        Authentication("", microsoft.authority, authentication._keys, lambda: microsoft.now)  # noqa: SLF001


# --- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("endorsements", [[], ["webchat"], ["MSTEAMS"]])
async def test_a_key_that_may_not_speak_for_teams_is_refused(
    authentication: Authentication, microsoft: Microsoft, endorsements: list[str]
) -> None:
    microsoft.keys = [published("k1", key_pair(1), endorsements)]
    with pytest.raises(Untrusted):
        await believe(authentication, microsoft.token())


async def test_a_new_key_is_believed_at_the_next_request_and_a_withdrawn_one_no_more(
    authentication: Authentication, microsoft: Microsoft
) -> None:
    await believe(authentication, microsoft.token())
    microsoft.keys = [published("k2", key_pair(2))]
    await believe(authentication, microsoft.token(key=key_pair(2), kid="k2"))
    with pytest.raises(Untrusted):
        await believe(authentication, microsoft.token())
    assert microsoft.asked == 3


async def test_whoever_names_keys_that_are_not_there_makes_us_ask_once_in_a_while(
    authentication: Authentication, microsoft: Microsoft
) -> None:
    await believe(authentication, microsoft.token())
    for at in range(200):
        with pytest.raises(Untrusted):
            await believe(authentication, microsoft.token(kid=f"forged{at}"))
    await believe(authentication, microsoft.token())
    assert microsoft.asked == 2
    microsoft.keys = [published("k2", key_pair(2))]
    microsoft.later(seconds=30)
    await believe(authentication, microsoft.token(key=key_pair(2), kid="k2"))
    assert microsoft.asked == 3


async def test_a_hundred_at_once_ask_once(authentication: Authentication, microsoft: Microsoft) -> None:
    await asyncio.gather(*(believe(authentication, microsoft.token()) for _ in range(100)))
    assert microsoft.asked == 1


async def test_a_day_later_keys_are_asked_for_again(authentication: Authentication, microsoft: Microsoft) -> None:
    await believe(authentication, microsoft.token())
    microsoft.later(hours=24)
    microsoft.keys = [published("k2", key_pair(2))]
    with pytest.raises(Untrusted):
        await believe(authentication, microsoft.token())


async def test_the_last_good_keys_serve_on_while_microsoft_is_silent_but_not_for_ever(
    authentication: Authentication, microsoft: Microsoft
) -> None:
    await believe(authentication, microsoft.token())
    microsoft.status = 503
    microsoft.later(hours=25)
    await believe(authentication, microsoft.token())
    microsoft.later(days=4)
    with pytest.raises(KeysUnavailable):
        await believe(authentication, microsoft.token())
    microsoft.status = 200
    microsoft.later(seconds=30)
    await believe(authentication, microsoft.token())


@pytest.mark.parametrize("status", [500, 404, 302])
async def test_without_any_key_nobody_is_refused_and_nobody_believed(
    authentication: Authentication, microsoft: Microsoft, status: int
) -> None:
    microsoft.status = status
    for _ in range(5):
        with pytest.raises(KeysUnavailable):
            await believe(authentication, microsoft.token())
    assert microsoft.asked == 1


@pytest.mark.parametrize("jwks", ["https://evil.example/keys", "http://127.0.0.1:9/keys", "file:///etc/passwd", "x"])
async def test_keys_at_another_host_are_not_fetched(
    authentication: Authentication, microsoft: Microsoft, jwks: str
) -> None:
    microsoft.jwks = jwks
    with pytest.raises(KeysUnavailable):
        await believe(authentication, microsoft.token())


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"jwks_uri": 7}', b'"' + b"x" * 300_000 + b'"'])
async def test_an_answer_that_is_none_is_no_answer(
    authentication: Authentication, microsoft: Microsoft, body: bytes
) -> None:
    microsoft.body = body
    with pytest.raises(KeysUnavailable):
        await believe(authentication, microsoft.token())


async def test_of_what_is_listed_only_good_keys_count(authentication: Authentication, microsoft: Microsoft) -> None:
    good = published("k1", key_pair(1))
    weak = published("weak", rsa.generate_private_key(public_exponent=65537, key_size=1024))
    microsoft.keys = [
        {"kid": "empty"},
        {**good, "kid": "ec", "kty": "EC"},
        {**good, "kid": "enc", "use": "enc"},
        {**good, "kid": "bare", "endorsements": None},
        {**good, "kid": "odd", "n": "!!"},
        {**good, "kid": "zero", "n": "AA"},
        {**good, "kid": 7},
        weak,
        good,
    ]
    await believe(authentication, microsoft.token())
    for name in ("empty", "ec", "enc", "bare", "odd", "zero", "weak"):
        with pytest.raises(Untrusted):
            await believe(authentication, microsoft.token(kid=name))


async def test_a_server_that_is_not_there_is_no_refusal(connections: aiohttp.ClientSession) -> None:
    microsoft = Microsoft()
    keys = SigningKeys(connections, "http://127.0.0.1:9/openid", lambda: microsoft.now)
    with pytest.raises(KeysUnavailable):
        await keys.key("k1")


# --- whatever comes --------------------------------------------------------------------------------------------------

PARTS = st.binary(max_size=60).map(encoded) | st.text(max_size=20)


@given(st.lists(st.text(max_size=80) | st.builds("Bearer {}.{}.{}".format, PARTS, PARTS, PARTS), max_size=2))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_that_is_sent_breaks_it(authentication: Authentication, headers: list[str]) -> None:
    with pytest.raises(Untrusted):
        await authentication.proof(headers)


@given(
    st.dictionaries(
        st.sampled_from(["iss", "aud", "nbf", "exp", "serviceurl"]),
        st.none() | st.text(max_size=9) | st.integers() | st.floats() | st.lists(st.integers(), max_size=2),
        min_size=1,
    )
)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_changed_claim_is_believed_but_times_that_hold(
    authentication: Authentication, microsoft: Microsoft, changes: dict[str, object]
) -> None:
    claims = microsoft.claims(**changes)
    try:
        await believe(authentication, microsoft.token(claims))
    except Untrusted:
        return
    good = microsoft.claims()
    assert all(claims[name] == good[name] for name in ("iss", "aud", "serviceurl"))
    begins, ends = claims["nbf"], claims["exp"]
    assert isinstance(begins, int | float)
    assert isinstance(ends, int | float)
    assert begins - 300 <= microsoft.now.timestamp() < ends + 300
