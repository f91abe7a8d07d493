"""What the roster's answer makes of somebody: its names for the same things differ by endpoint and by person."""

from __future__ import annotations

import pytest

from adapters.teams.activity import activity_of
from adapters.teams.who import account_of
from calendar_core.chat_account import Standing
from calendar_core.people import Identity

from .activities import BOT, OBJECT_ID, message
from .microsoft import TENANT

OTHER = "99999999-2222-3333-4444-555555555555"
ADDRESS = "Sam@Example.com"


@pytest.mark.parametrize(
    ("profile", "standing"),
    [
        ({"aadObjectId": OBJECT_ID, "tenantId": TENANT, "userRole": "user"}, Standing.MEMBER),
        ({"objectId": OBJECT_ID}, Standing.MEMBER),
        ({"objectId": OBJECT_ID.upper(), "tenantId": TENANT.upper()}, Standing.MEMBER),
        ({"aadObjectId": OTHER}, Standing.EXTERNAL),
        ({"objectId": OTHER}, Standing.EXTERNAL),
        ({"aadObjectId": OBJECT_ID, "objectId": OTHER}, Standing.EXTERNAL),
        ({"aadObjectId": OBJECT_ID, "tenantId": OTHER}, Standing.EXTERNAL),
        ({"aadObjectId": OBJECT_ID, "userRole": "Guest"}, Standing.GUEST),
        ({"aadObjectId": OBJECT_ID, "userRole": "anonymous"}, Standing.GUEST),
        ({"objectId": OBJECT_ID, "userPrincipalName": "sam_partner.example#EXT#@example.com"}, Standing.GUEST),
    ],
    ids=str,
)
def test_only_the_tenants_own_people_are_members(profile: dict[str, str], standing: Standing) -> None:
    assert account_of(activity_of(message("book")), profile).standing is standing


@pytest.mark.parametrize("name", ["email", "userPrincipalName"])
def test_an_account_is_the_tenant_and_entras_id_whatever_its_address_is_called(name: str) -> None:
    account = account_of(activity_of(message("book")), {name: ADDRESS, "objectId": OBJECT_ID})
    assert account.account == Identity(f"teams:{TENANT}", OBJECT_ID)
    assert account.address == ADDRESS.lower()


@pytest.mark.parametrize("address", [None, "", 7, [ADDRESS], "x" * 321])
def test_without_an_address_there_is_none(address: object) -> None:
    account = account_of(activity_of(message("book")), {"email": address, "objectId": OBJECT_ID})
    assert (account.address, account.standing) == (None, Standing.MEMBER)


def test_whoever_has_no_entra_id_and_whoever_is_a_bot_is_no_member() -> None:
    bare, bot = {"id": "29:sam", "name": "Sam"}, {"id": BOT, "aadObjectId": OBJECT_ID}
    assert account_of(activity_of(message("book", **{"from": bare})), {"email": ADDRESS}).standing is Standing.EXTERNAL
    assert account_of(activity_of(message("book", **{"from": bot})), {"email": ADDRESS}).standing is Standing.BOT
