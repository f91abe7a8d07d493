"""Opens the store: one database, all its ports."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.ports import (
    Accounts,
    ApiTokens,
    Approvals,
    Averages,
    Clock,
    Conversations,
    Credentials,
    Domains,
    Endings,
    Enrolments,
    Feedbacks,
    Happenings,
    Inbox,
    Integrations,
    Invitations,
    Jobs,
    MailedAnswers,
    Modes,
    OperatorWishes,
    People,
    PersonalData,
    Posts,
    Programmes,
    Reach,
    Receipts,
    Repairs,
    Requests,
    Secrets,
    Sessions,
    SignIns,
    SlackInstallations,
    Steps,
    TeamsInbox,
    TeamsPlaces,
    Unconnected,
    Uploads,
    Verifications,
)

from .accounts import SqlAccounts
from .api_tokens import SqlApiTokens
from .approvals import SqlApprovals
from .averages import SqlAverages
from .conversations import SqlConversations
from .credentials import SqlCredentials
from .database import Database
from .domains import SqlDomains
from .embedded_jobs import EmbeddedJobs
from .embedded_queue import EmbeddedQueue
from .endings import SqlEndings
from .enrolments import SqlEnrolments
from .feedbacks import SqlFeedbacks
from .happenings import SqlHappenings
from .inbox import SqlInbox
from .integrations import SqlIntegrations
from .invitations import SqlInvitations
from .jobs import USUAL_PACE, Pace, Queue
from .mailed_answers import SqlMailedAnswers
from .modes import SqlModes
from .operator_wishes import SqlOperatorWishes
from .people import SqlPeople
from .personal_data import SqlPersonalData
from .posts import SqlPosts, SqlReach, SqlUploads
from .programmes import SqlProgrammes
from .receipts import SqlReceipts
from .repairs import SqlRepairs
from .requests import SqlRequests
from .resealing import SqlSecrets
from .sessions import SqlSessions
from .sign_ins import SqlSignIns
from .slack_installations import SqlSlackInstallations
from .steps import SqlSteps
from .teams_inbox import SqlTeamsInbox
from .teams_places import SqlTeamsPlaces
from .unconnected import SqlUnconnected
from .vault import Vault
from .verifications import SqlVerifications

NO_KEYS = Vault()


@dataclass(frozen=True, slots=True)
class Store:
    """All the store's ports over one database."""

    people: People
    accounts: Accounts
    programmes: Programmes
    integrations: Integrations
    credentials: Credentials
    secrets: Secrets
    sign_ins: SignIns
    approvals: Approvals
    api_tokens: ApiTokens
    slack_installations: SlackInstallations
    teams_places: TeamsPlaces
    teams_inbox: TeamsInbox
    unconnected: Unconnected
    verifications: Verifications
    repairs: Repairs
    domains: Domains
    enrolments: Enrolments
    endings: Endings
    operator_wishes: OperatorWishes
    sessions: Sessions
    feedbacks: Feedbacks
    steps: Steps
    averages: Averages
    requests: Requests
    receipts: Receipts
    invitations: Invitations
    mailed_answers: MailedAnswers
    modes: Modes
    happenings: Happenings
    conversations: Conversations
    inbox: Inbox
    posts: Posts
    reach: Reach
    uploads: Uploads
    personal_data: PersonalData
    jobs: Jobs
    database: Database

    async def close(self) -> None:
        """Waits for what is queued and lets go of the database. Stop what uses it first. Twice is once."""
        await self.database.close()


def open_store(url: str, clock: Clock, pace: Pace = USUAL_PACE, vault: Vault = NO_KEYS) -> Store:
    """`sqlite:////absolute/path` or `postgresql://...`, migrated already. Connects when first used. Without keys in its
    vault nobody's own consent can be kept."""
    database = Database(url)
    queue, jobs = durable_work(database, clock, pace)
    endings = SqlEndings(database, queue)
    return Store(
        people=SqlPeople(database),
        accounts=SqlAccounts(database, queue),
        programmes=SqlProgrammes(database),
        integrations=SqlIntegrations(database, queue),
        credentials=SqlCredentials(database, vault),
        secrets=SqlSecrets(database, vault),
        sign_ins=SqlSignIns(database, queue, vault),
        approvals=SqlApprovals(database),
        api_tokens=SqlApiTokens(database),
        slack_installations=SqlSlackInstallations(database, vault),
        teams_places=SqlTeamsPlaces(database),
        teams_inbox=SqlTeamsInbox(database),
        unconnected=SqlUnconnected(database, queue),
        verifications=SqlVerifications(database),
        repairs=SqlRepairs(database, queue),
        domains=SqlDomains(database, queue),
        enrolments=SqlEnrolments(database, queue),
        endings=endings,
        operator_wishes=SqlOperatorWishes(database, queue),
        sessions=SqlSessions(database, queue),
        feedbacks=SqlFeedbacks(database, queue),
        steps=SqlSteps(database, queue, vault),
        averages=SqlAverages(database),
        requests=SqlRequests(database, queue),
        receipts=SqlReceipts(database),
        invitations=SqlInvitations(database, queue),
        mailed_answers=SqlMailedAnswers(database, queue),
        modes=SqlModes(database, queue),
        happenings=SqlHappenings(database, queue),
        conversations=SqlConversations(database),
        inbox=SqlInbox(database),
        posts=SqlPosts(database),
        reach=SqlReach(database),
        uploads=SqlUploads(database),
        personal_data=SqlPersonalData(database, queue, endings, vault),
        jobs=jobs,
        database=database,
    )


def durable_work(database: Database, clock: Clock, pace: Pace) -> tuple[Queue, Jobs]:
    if database.is_sqlite:
        embedded = EmbeddedQueue(clock)
        return embedded, EmbeddedJobs(database, embedded, clock, pace)
    from .procrastinate_jobs import ProcrastinateJobs
    from .procrastinate_queue import ProcrastinateQueue

    queue = ProcrastinateQueue(clock)
    return queue, ProcrastinateJobs(database, queue, clock, pace)
