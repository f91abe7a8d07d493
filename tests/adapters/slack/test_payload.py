"""Forms are read as the standard library reads them."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.slack.payload import FORM, MOST_FIELDS, Unreadable, payload_of

PIECES = st.lists(
    st.sampled_from(["a", "b=", "=", "&", "+", "%20", "%C3%A9", "%", "%zz", "%FF", "é", "text", ";", "\n"])
)


@given(PIECES.map("".join))
@example("a=1&a=2&=3&b")
@example("&".join(["a=1"] * MOST_FIELDS))
@example("&".join(["a=1"] * (MOST_FIELDS + 1)))
def test_a_form_is_what_the_standard_library_says(text: str) -> None:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        with pytest.raises(Unreadable):
            payload_of(text.encode(), FORM)
        return
    assert payload_of(text.encode(), FORM) == dict(reversed(pairs))


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=9).filter(lambda fields: "payload" not in fields))
def test_whatever_was_written_is_read(fields: dict[str, str]) -> None:
    assert payload_of(urlencode(fields).encode(), FORM) == fields
    wrapped = urlencode({"payload": json.dumps(fields)}).encode()
    assert payload_of(wrapped, FORM) == fields
