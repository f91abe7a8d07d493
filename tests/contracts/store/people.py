"""What People, Programmes and Integrations promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_core.ended import Leaver
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.people import Identity, OrganisationId, ProgrammeId, Role, User, UserId, WeeklyHours
from calendar_core.ports import Matched
from calendar_core.programme import Rules
from calendar_core.store import Store

from .cast import NOW, Cast, matches_of

SLACK = Identity("https://slack.example.com", "T1:U1")


class PeopleContract:
    async def test_a_linked_chat_account_is_known(self, store: Store, cast: Cast) -> None:
        assert await store.people.known_as(SLACK) is None
        await store.people.link(SLACK, cast.ana.id)
        await store.people.link(SLACK, cast.ana.id)
        assert await store.people.known_as(SLACK) == cast.ana

    async def test_an_account_linked_anew_is_the_other_person_s(self, store: Store, cast: Cast) -> None:
        await store.people.link(SLACK, cast.ana.id)
        await store.people.link(SLACK, cast.sam.id)
        assert await store.people.known_as(SLACK) == cast.sam

    async def test_who_takes_part_is_read_with_every_match(self, store: Store, cast: Cast) -> None:
        assert await store.programmes.taking_part(SLACK) is None
        await store.people.link(SLACK, cast.ana.id)
        assert await store.programmes.taking_part(SLACK) == (cast.ana, await store.programmes.matched(cast.ana.id))
        await store.people.link(SLACK, cast.uma.id)
        assert await store.programmes.taking_part(SLACK) == (cast.uma, ())
        await store.endings.leave(Leaver(cast.uma.id, cast.ana_sam.programme), NOW)
        assert await store.programmes.taking_part(SLACK) is None

    async def test_at_an_address_it_is_told_who_has_an_account_of_a_chat(self, store: Store, cast: Cast) -> None:
        address = cast.ana.email.upper()
        assert await store.people.at_address_with(address, SLACK.issuer) == ((cast.ana, False),)
        await store.people.link(SLACK, cast.ana.id)
        assert await store.people.at_address_with(address, SLACK.issuer) == ((cast.ana, True),)
        assert await store.people.at_address_with(address, "https://teams.example.com") == ((cast.ana, False),)
        assert await store.people.at_address_with("nobody@example.com", SLACK.issuer) == ()

    async def test_accounts_are_told_apart_by_every_letter(self, store: Store, cast: Cast) -> None:
        await store.people.link(SLACK, cast.ana.id)
        assert await store.people.known_as(Identity(SLACK.issuer, SLACK.subject.lower())) is None

    async def test_an_id_that_was_never_given_out_is_a_key_error(self, store: Store, cast: Cast) -> None:
        with pytest.raises(KeyError):
            await store.people.user(UserId(999))
        with pytest.raises(KeyError):
            await store.people.update(replace(cast.ana, id=UserId(999)))
        with pytest.raises(KeyError):
            await store.people.organisation(OrganisationId(999))
        with pytest.raises(KeyError):
            await store.programmes.programme(ProgrammeId(999))

    async def test_a_person_is_stored_whole(self, store: Store, cast: Cast) -> None:
        hours = WeeklyHours((((540, 720), (780, 1020)), (), (), (), (), (), ((0, 1440),)))
        changed = User(
            id=cast.ana.id,
            organisation=cast.ana.organisation,
            email="Ana.Ruiz@Example.com",
            name="Ana Ruiz García",
            time_zone="Europe/Madrid",
            language="es-ES",
            region="ES-MD",
            hours=hours,
            paused_until=date(2026, 12, 24),
        )
        await store.people.update(changed)
        assert await store.people.user(cast.ana.id) == changed
        assert await store.people.at_address("ana.ruiz@example.com") == (changed,)

    async def test_an_address_is_found_whatever_its_case(self, store: Store, cast: Cast) -> None:
        programme = cast.ana_sam.programme
        assert await store.people.with_address("ANA@Example.COM", programme) == cast.ana
        assert await store.people.with_address("nobody@example.com", programme) is None

    async def test_members_come_by_name_with_their_roles(self, store: Store, cast: Cast) -> None:
        members = await store.people.members(cast.ana_sam.programme)
        assert [user.first_name for user, _ in members] == ["Ana", "Kai", "Priya", "Sam", "Uma"]
        assert dict(members)[cast.priya] is Role.ADMIN

    async def test_members_are_found_by_how_a_name_begins(self, store: Store, cast: Cast) -> None:
        here = [cast.ana_sam.programme]
        await store.people.update(replace(cast.uma, name="Úma  van 100% Ößle"))
        for typed, first in (("an", "Ana"), ("RUI", "Ana"), ("ana@ex", "Ana"), ("úM", "Úma"), ("van  100", "Úma")):
            [found] = await store.people.beginning(here, typed, 15)
            assert found.first_name == first, typed
        assert [each.name for each in await store.people.beginning(here, "öß", 15)] == ["Úma  van 100% Ößle"]
        for typed in ("uiz", "", " ", "%", "_an", "van_", "a!", "ana  @"):
            assert await store.people.beginning(here, typed, 15) == (), typed
        assert await store.people.beginning([], "ana", 15) == ()
        assert [len(await store.people.beginning(here, "example", most)) for most in (0, 1)] == [0, 0]
        assert [len(await store.people.beginning(here, "s", most)) for most in (0, 1)] == [0, 1]
        own = await store.people.organisation(cast.ana.organisation)
        await store.people.update_organisation(replace(own, groups_only=True))
        assert await store.people.beginning(here, "ana", 15) == ()

    async def test_who_has_left_is_a_member_no_more(self, store: Store, cast: Cast) -> None:
        programme = cast.ana_sam.programme
        await store.endings.leave(Leaver(cast.ana.id, programme), NOW)
        await store.endings.leave(Leaver(cast.ana.id, programme), NOW + timedelta(days=1))
        assert await store.people.memberships(cast.ana.id) == ()
        assert await store.people.with_address(cast.ana.email, programme) is None
        assert cast.ana not in dict(await store.people.members(programme))

    async def test_an_organisation_is_stored_whole(self, store: Store, cast: Cast) -> None:
        stored = await store.people.organisation(cast.ana.organisation)
        changed = replace(
            stored, google_domains=("example.com", "example.org"), entra_tenant="t-1", contact="Priya Nair"
        )
        await store.people.update_organisation(changed)
        assert await store.people.organisation(stored.id) == changed


class ProgrammesContract:
    async def test_a_programme_is_stored_whole(self, store: Store, cast: Cast) -> None:
        stored = await store.programmes.programme(cast.ana_sam.programme)
        changed = replace(
            stored,
            time_zone="Europe/Berlin",
            starts=date(2026, 1, 1),
            ends=date(2026, 12, 31),
            contact="Priya Nair",
            rules=Rules(lengths=(20, 40), default_length=40, approval=True),
        )
        await store.programmes.update(changed)
        assert await store.programmes.programme(stored.id) == changed

    async def test_matches_come_the_oldest_first(self, store: Store, cast: Cast) -> None:
        assert await matches_of(store, cast.sam.id) == (cast.ana_sam, cast.kai_sam)
        assert await store.programmes.matches_in(cast.ana_sam.programme) == (cast.ana_sam, cast.kai_sam)
        assert await matches_of(store, cast.uma.id) == ()

    async def test_matches_come_whole(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(google(cast.sam), google(cast.kai))
        programme = await store.programmes.programme(cast.ana_sam.programme)
        never = await store.integrations.of(cast.ana.id)
        assert await store.programmes.matched(cast.sam.id) == (
            Matched(cast.ana_sam, programme, cast.ana, google(cast.sam), never),
            Matched(cast.kai_sam, programme, cast.kai, google(cast.sam), google(cast.kai)),
        )
        assert [each.partner for each in await store.programmes.matched(cast.ana.id)] == [cast.sam]
        assert await store.programmes.matched(cast.uma.id) == ()

    async def test_matches_stand_with_the_trouble_of_a_domain_that_lets_nobody_in(
        self, store: Store, cast: Cast
    ) -> None:
        elsewhere = Integration(cast.kai.id, IntegrationKind.GOOGLE_DOMAIN, Health.OK, "kai@example.net")
        await store.integrations.connected(google(cast.ana), google(cast.sam), elsewhere)
        await store.integrations.domain_refused(google(cast.ana), Trouble.ADMIN_CONSENT_MISSING, NOW)
        await store.people.link(SLACK, cast.sam.id)
        matched = await store.programmes.matched(cast.sam.id)
        assert await store.programmes.taking_part(SLACK) == (cast.sam, matched)
        refused = await store.integrations.of_all([cast.sam.id, cast.ana.id])
        assert [(each.integration, each.partner_integration) for each in matched] == [
            (refused[cast.sam.id], refused[cast.ana.id]),
            (refused[cast.sam.id], elsewhere),
        ]
        assert {each.trouble for each in refused.values()} == {Trouble.ADMIN_CONSENT_MISSING}
        await store.people.link(SLACK, cast.uma.id)
        assert await store.programmes.taking_part(SLACK) == (cast.uma, ())

    async def test_an_ended_match_is_found_by_its_id_alone(self, store: Store, cast: Cast) -> None:
        await store.endings.end(cast.ana_sam.id, NOW)
        await store.endings.end(cast.ana_sam.id, NOW + timedelta(days=1))
        assert await matches_of(store, cast.sam.id) == (cast.kai_sam,)
        assert await store.programmes.match(cast.ana_sam.id) == replace(cast.ana_sam, ended_at=NOW)

    async def test_a_match_stands_only_while_both_are_in_the_programme(self, store: Store, cast: Cast) -> None:
        await store.endings.leave(Leaver(cast.ana.id, cast.ana_sam.programme), NOW)
        assert await matches_of(store, cast.ana.id) == ()
        assert await matches_of(store, cast.sam.id) == (cast.kai_sam,)

    async def test_the_earlier_opening_stays(self, store: Store, cast: Cast) -> None:
        for hours in (2, 1, 3):
            await store.programmes.opened(cast.ana_sam.id, NOW + timedelta(hours=hours))
        opened = await store.programmes.match(cast.ana_sam.id)
        assert opened == replace(cast.ana_sam, opens_at=NOW + timedelta(hours=1))


class IntegrationsContract:
    async def test_who_never_connected_is_never_connected(self, store: Store, cast: Cast) -> None:
        never = await store.integrations.of(cast.ana.id)
        assert never.kind is None
        assert never.trouble is Trouble.NEVER_CONNECTED
        assert not never.usable

    async def test_a_connection_is_stored_whole_and_replaced_whole(self, store: Store, cast: Cast) -> None:
        broken = Integration(
            cast.ana.id, IntegrationKind.GOOGLE_DOMAIN, Health.BROKEN, "ana@example.com", Trouble.NO_MAILBOX, NOW, NOW
        )
        await store.integrations.connected(broken)
        assert await store.integrations.of(cast.ana.id) == broken
        fresh = Integration(cast.ana.id, IntegrationKind.OUTLOOK_INDIVIDUAL, Health.OK, "ana@example.org")
        await store.integrations.connected(fresh)
        assert await store.integrations.of_all([cast.ana.id, cast.sam.id]) == {
            cast.ana.id: fresh,
            cast.sam.id: await store.integrations.of(cast.sam.id),
        }

    async def test_breaking_is_news_once(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(google(cast.ana))
        assert await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, NOW)
        later = NOW + timedelta(hours=1)
        assert not await store.integrations.broke(cast.ana.id, Trouble.ACCESS_WITHDRAWN, later)
        broken = await store.integrations.of(cast.ana.id)
        assert (broken.kind, broken.health, broken.trouble) == (
            IntegrationKind.GOOGLE_DOMAIN,
            Health.REVOKED,
            Trouble.ACCESS_WITHDRAWN,
        )
        assert (broken.since, broken.checked_at) == (NOW, later)
        assert await store.integrations.broke(cast.ana.id, Trouble.NOT_ANSWERING, later)

    async def test_an_answer_makes_it_whole_again(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(google(cast.ana))
        await store.integrations.broke(cast.ana.id, Trouble.NOT_ANSWERING, NOW)
        later = NOW + timedelta(minutes=1)
        await store.integrations.worked(cast.ana.id, later)
        assert await store.integrations.of(cast.ana.id) == replace(google(cast.ana), since=later, checked_at=later)

    async def test_an_answer_connects_nobody(self, store: Store, cast: Cast) -> None:
        opted_out = Integration(cast.ana.id, None, Health.REVOKED, "", Trouble.OPTED_OUT, NOW)
        await store.integrations.connected(opted_out)
        await store.integrations.worked(cast.ana.id, NOW + timedelta(days=1))
        assert await store.integrations.of(cast.ana.id) == opted_out

    async def test_when_it_was_last_seen_to_work_is_kept_by_the_hour(self, store: Store, cast: Cast) -> None:
        await store.integrations.connected(google(cast.ana))
        for minutes in (0, 30, 59):
            await store.integrations.worked(cast.ana.id, NOW + timedelta(minutes=minutes))
        assert (await store.integrations.of(cast.ana.id)).checked_at == NOW
        await store.integrations.worked(cast.ana.id, NOW + timedelta(minutes=60))
        assert (await store.integrations.of(cast.ana.id)).checked_at == NOW + timedelta(minutes=60)


def google(user: User) -> Integration:
    """A connection in order."""
    return Integration(user.id, IntegrationKind.GOOGLE_DOMAIN, Health.OK, user.email)
