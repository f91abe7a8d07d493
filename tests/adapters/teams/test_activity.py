"""What is read of an activity: the words without the mention, and nothing that has another form than it should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.activity import Activity, Scope, activity_of

from .activities import BOT, OBJECT_ID, mention, message
from .microsoft import TENANT


def test_a_message_in_the_personal_chat() -> None:
    read = activity_of(message("book with my mentor"))
    assert (read.kind, read.text, read.scope, read.addressed, read.targeted) == (
        "message",
        "book with my mentor",
        Scope.PERSONAL,
        True,
        False,
    )
    assert (read.tenant, read.object_id, read.language, read.zone) == (TENANT, OBJECT_ID, "en-GB", "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<at>Pairtime</at> book with my mentor", "book with my mentor"),
        ("<at>Pairtime</at>&nbsp;book\u00a0with  my\nmentor ", "book with my mentor"),
        ("book <at>Pairtime</at> with <at>Sam Okoye</at>", "book with Sam Okoye"),
        ("<at>Pairtime</at>", ""),
        ("book with O&#39;Brien &amp; Søn", "book with O'Brien & Søn"),
        ("２", "2"),
        ("/book", "/book"),
        ("<at>Pairtime</at>&lt;at&gt;x&lt;/at&gt;", "<at>x</at>"),
    ],
)
def test_what_was_said_is_one_line_without_the_mention_of_the_bot(text: str, said: str) -> None:
    assert activity_of(message(text, entities=[mention("Pairtime", BOT), mention("Sam Okoye", "29:sam")])).text == said


@pytest.mark.parametrize("text", [None, "", 7, ["book"]])
def test_a_press_says_nothing(text: object) -> None:
    read = activity_of(message(text, value={"token": "abc"}))
    assert (read.text, read.value) == ("", {"token": "abc"})


@pytest.mark.parametrize("scope", ["groupChat", "channel", "meeting", None, ["personal"]])
def test_in_groups_only_what_mentions_the_bot_or_is_for_one_persons_eyes_is_addressed(scope: object) -> None:
    where = {"id": "19:x@thread.tacv2;messageid=1", "tenantId": TENANT, "conversationType": scope}
    bare = activity_of(message("book", conversation=where))
    assert not bare.addressed
    assert bare.scope is not Scope.PERSONAL
    assert activity_of(message("<at>P</at>", conversation=where, entities=[mention("P", BOT)])).addressed
    assert not activity_of(message("<at>S</at>", conversation=where, entities=[mention("S", "29:sam")])).addressed
    targeted = activity_of(message("book", conversation=where, recipient={"id": BOT, "isTargeted": True}))
    assert targeted.addressed
    assert targeted.targeted


@pytest.mark.parametrize(
    "changes",
    [
        {"type": None},
        {"type": 7},
        {"conversation": None},
        {"conversation": "x"},
        {"conversation": {"tenantId": TENANT}},
        {"conversation": {"id": "a:1"}, "channelData": None},
        {"conversation": {"id": "a" * 501, "tenantId": TENANT}},
        {"conversation": {"id": "a:1", "tenantId": "another"}},
        {"channelData": {"tenant": {"id": "99999999-2222-3333-4444-555555555555"}}},
        {"channelData": {"tenant": "x"}},
        {"from": ["29:x"]},
        {"from": {"id": "29:x", "aadObjectId": "x' OR 1=1"}},
        {"recipient": 7},
        {"serviceUrl": None},
    ],
    ids=str,
)
def test_what_is_missing_or_has_another_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        activity_of(message("book", **changes))


def test_one_place_for_the_tenant_is_enough() -> None:
    assert activity_of(message("x", channelData=None)).tenant == TENANT
    assert activity_of(message("x", conversation={"id": "a:1"})).tenant == TENANT


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from([*message("x"), "value", "entities", "name", "channelData", "localTimezone"])


@given(st.dictionaries(NAMES, ANYTHING, max_size=4), st.lists(ANYTHING, max_size=3))
def test_nothing_that_is_sent_breaks_it(changes: dict[str, object], entities: list[object]) -> None:
    for raw in ({**message("book"), **changes}, message("book", entities=entities), changes):
        try:
            assert isinstance(activity_of(raw), Activity)
        except ValueError:
            continue


def test_nothing_personal_is_in_what_is_logged() -> None:
    said = repr(activity_of(message("my secret", value={"token": "secret"})))
    assert "secret" not in said
    assert "Sam Okoye" not in said
