"""The store on SQLite."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from calendar_core.store import Store, migrate, open_store
from calendar_core.store.vault import Vault
from sandbox.clock import WorldClock
from tests.contracts.store.accounts import AccountsContract, OwnContract, PersonalDataContract
from tests.contracts.store.api_tokens import ApiTokensContract
from tests.contracts.store.credentials import OLD, CredentialsContract
from tests.contracts.store.endings import EndingsContract
from tests.contracts.store.enrolments import EnrolmentsContract
from tests.contracts.store.follow_ups import FollowUpsContract
from tests.contracts.store.invitations import InvitationsContract
from tests.contracts.store.jobs import QUICK, JobsContract
from tests.contracts.store.modes import MailedAnswersContract, ModesContract
from tests.contracts.store.people import IntegrationsContract, PeopleContract, ProgrammesContract
from tests.contracts.store.posts import PostsContract, ReachContract, UploadsContract
from tests.contracts.store.repairs import DomainsContract, LooksContract, RepairsContract, VerificationsContract
from tests.contracts.store.requests import ReceiptsContract, RequestsContract
from tests.contracts.store.secrets import SecretsContract
from tests.contracts.store.sessions import SessionsContract
from tests.contracts.store.sign_ins import SignInsContract
from tests.contracts.store.slack_installations import SlackInstallationsContract
from tests.contracts.store.teams import TeamsInboxContract, TeamsPlacesContract
from tests.contracts.store.telling import ConversationsContract, HappeningsContract, InboxContract
from tests.contracts.store.withdrawals import CoveredContract, WithdrawalsContract


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
    migrate(url)
    return url


@pytest.fixture
async def store(url: str, clock: WorldClock) -> AsyncIterator[Store]:
    store = open_store(url, clock, QUICK, Vault([OLD]))
    yield store
    await store.close()


@pytest.fixture
def outage(url: str) -> Callable[[], Awaitable[None]]:
    """Somebody else writes for a while."""

    def write_for_a_while() -> None:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            threading.Event().wait(1)
            connection.execute("ROLLBACK")

    return lambda: asyncio.to_thread(write_for_a_while)


class TestFollowUps(FollowUpsContract): ...


class TestModes(ModesContract): ...


class TestMailedAnswers(MailedAnswersContract): ...


class TestPeople(PeopleContract): ...


class TestProgrammes(ProgrammesContract): ...


class TestIntegrations(IntegrationsContract): ...


class TestRepairs(RepairsContract): ...


class TestDomains(DomainsContract): ...


class TestLooks(LooksContract): ...


class TestVerifications(VerificationsContract): ...


class TestApiTokens(ApiTokensContract): ...


class TestCredentials(CredentialsContract): ...


class TestWithdrawals(WithdrawalsContract): ...


class TestCovered(CoveredContract): ...


class TestSecrets(SecretsContract): ...


class TestSlackInstallations(SlackInstallationsContract): ...


class TestTeamsPlaces(TeamsPlacesContract): ...


class TestTeamsInbox(TeamsInboxContract): ...


class TestPosts(PostsContract): ...


class TestReach(ReachContract): ...


class TestUploads(UploadsContract): ...


class TestAccounts(AccountsContract): ...


class TestOwn(OwnContract): ...


class TestPersonalData(PersonalDataContract): ...


class TestEnrolments(EnrolmentsContract): ...


class TestEndings(EndingsContract): ...


class TestSessions(SessionsContract): ...


class TestInvitations(InvitationsContract): ...


class TestRequests(RequestsContract): ...


class TestReceipts(ReceiptsContract): ...


class TestHappenings(HappeningsContract): ...


class TestConversations(ConversationsContract): ...


class TestInbox(InboxContract): ...


class TestJobs(JobsContract): ...


class TestSignIns(SignInsContract): ...
