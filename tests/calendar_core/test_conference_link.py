"""Links that people give: shown to others, so only what is plainly an https address of a named place."""

from __future__ import annotations

import pytest

from calendar_core.conference_link import LONGEST, link_of

GOOD = (
    "https://meet.google.com/abc-defg-hij",
    "https://us02web.zoom.us/j/123456789?pwd=a.B~c%20d;e,f&x=(1)#success",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%7d",
    "https://xn--bcher-kva.example/raum:8443",
    "https://video.example.com:8443/our-room",
)
BAD = (
    "",
    "meet.google.com/abc",
    "http://meet.google.com/abc",
    "javascript:alert(1)",
    "https://",
    "https://localhost/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://2130706433/x",
    "https://0x7f.0.0.1/x",
    "https://user:secret@meet.example.com/x",
    "https://meet.example.com@evil.example/x",
    "https://meet.example.com:0/x",
    "https://meet.example.com:99999/x",
    "https://meet.exаmple.com/x",
    "https://meet.example.com/a b",
    "https://meet.example.com/\u202ekcart",
    'https://meet.example.com/"onmouseover="x',
    "https://meet.example.com/<script>",
    "https://meet.example.com\\@evil.example/",
    "https://meet.example.com/x\r\nATTENDEE:mailto:x@evil.example",
    "https://-bad-.example.com/x",
    "https://meet..example.com/x",
    f"https://meet.example.com/{'x' * LONGEST}",
)


@pytest.mark.parametrize("link", GOOD)
def test_what_people_use_is_taken_as_it_is(link: str) -> None:
    assert link_of(f"  {link}\n") == link


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"link|port|Port"):
        link_of(text)
