"""Cookies and forms of browsers, before anything of them is believed."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from adapters.web.hostile import BrowserCookie, Unbelievable, fields_of, is_own_form, same_mark
from calendar_core.sign_in import new_secret


def given(cookie: BrowserCookie, browser: str) -> str:
    response = web.Response()
    cookie.give(response, browser)
    return response.cookies.output(header="").strip()


def test_over_https_it_comes_along_with_a_form_of_the_vendors_site() -> None:
    said = given(BrowserCookie(secure=True), "b" * 32)
    assert said.startswith("__Host-pairtime=")
    morsel = SimpleCookie(said)["__Host-pairtime"]
    assert (morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, True, "None", "/")
    assert not morsel["domain"]


def test_over_plain_http_it_is_lax() -> None:
    morsel = SimpleCookie(given(BrowserCookie(secure=False), "b" * 32))["pairtime"]
    assert (morsel["secure"], morsel["httponly"], morsel["samesite"]) == ("", True, "Lax")


@pytest.mark.parametrize("cookie", ["", "short", "b" * 33, "b" * 31 + "=", "b" * 31 + "é"])
def test_a_cookie_that_we_did_not_give_is_none(cookie: str) -> None:
    request = make_mocked_request("GET", "/", headers={"Cookie": f"pairtime={cookie}"})
    assert BrowserCookie(secure=False).of(request) is None


def test_a_cookie_comes_back() -> None:
    browser = new_secret()
    request = make_mocked_request("GET", "/", headers={"Cookie": f"pairtime={browser}"})
    assert BrowserCookie(secure=False).of(request) == browser
    assert BrowserCookie(secure=True).of(request) is None


@pytest.mark.parametrize(
    ("site", "mark", "own"),
    [
        ("same-origin", same_mark("b"), True),
        ("cross-site", same_mark("b"), False),
        ("same-site", same_mark("b"), False),
        ("same-origin", same_mark("c"), False),
        ("same-origin", "", False),
        ("same-origin", "é", False),
    ],
)
def test_a_form_is_our_own_page_s_or_refused(site: str, mark: str, own: bool) -> None:
    request = make_mocked_request("POST", "/", headers={"Sec-Fetch-Site": site})
    assert is_own_form(request, "b", mark) is own
    assert is_own_form(request, None, mark) is False


def test_of_a_field_that_is_there_twice_neither_counts() -> None:
    assert fields_of("state=a&state=b&code=c") == {"code": "c"}


@pytest.mark.parametrize("query", ["x=" + "y" * 8_193, "&".join(f"a{number}=" for number in range(25)), "x" * 40_000])
def test_what_is_too_long_is_not_believed(query: str) -> None:
    with pytest.raises(Unbelievable):
        fields_of(query)
