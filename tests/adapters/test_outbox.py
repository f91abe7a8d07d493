"""The outbox: one message however often it is pushed, and nothing that is on its way is sent beside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.deliver import Notice, NotReached
from adapters.outbox import NotAsked, Outbox, Stands
from bot.replies import Answer, Reader, Reply, Said
from bot.sentences import sentence
from bot.words import ChattingWords
from calendar_core.errors import ProviderUnavailable
from calendar_core.people import Identity
from calendar_core.ports import Post, Posts, Unreached
from calendar_core.store import migrate, open_store
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW, Cast, enrol

ACCOUNT = Identity("slack:T0", "U0ANA")
DOUBTFUL_FOR = timedelta(seconds=20)
NOTICE = Notice("told", Answer(Said(sentences=(sentence(ChattingWords.APOLOGY),)), Reader()))
Find = Callable[[str, Post], Awaitable[Stands | None]]


@dataclass
class Chat:
    """Where pages stand once they were sent; `fails` is raised once after the next was, or before (`refuses`)."""

    clock: WorldClock
    cast: Cast
    posts: Posts
    happened: list[str] = field(default_factory=list)
    there: list[tuple[str, Stands | None]] = field(default_factory=list)
    sent_at: datetime | None = None  # the first page of a push
    fails: Exception | None = None
    refuses: Exception | None = None

    def __post_init__(self) -> None:
        self.outbox = Outbox(posts=self.posts, conversation=self, clock=self.clock, doubtful_for=DOUBTFUL_FOR)

    async def push(self, *pages: str, find: Find | None = None, instead_of: Stands | None = None) -> Stands | None:
        self.sent_at = None
        return await self.outbox.push(
            self.cast.ana, ACCOUNT, NOTICE, pages, send=self.send, find=find, instead_of=instead_of
        )

    async def send(self, page: str, post: Post) -> Stands:
        """See Outbox."""
        refused, self.refuses = self.refuses, None
        if refused is not None:
            raise refused
        self.sent_at = self.sent_at or self.clock.now()
        self.there.append((page, (post.channel, post.ts) if post.channel and post.ts else None))
        self.happened.append(page)
        failed, self.fails = self.fails, None
        if failed is not None:
            raise failed
        return "D0", f"{len(self.there)}"

    async def found(self, page: str, post: Post) -> Stands | None:
        """Looks for it."""
        del post
        return ("D0", "1") if page in [each for each, _ in self.there] else None

    async def missed(self, page: str, post: Post) -> Stands | None:
        """Looks for it, where it is not."""
        del page, post
        return None

    async def interrupted(self, who: Identity) -> None:
        """See Listened."""
        assert who == ACCOUNT
        self.happened.append("interrupted")

    async def posted(self, who: Identity, reply: Reply, *, since: datetime) -> None:
        """See Listened."""
        assert (who, reply) == (ACCOUNT, NOTICE.answer.reply)
        assert self.sent_at is not None
        assert since < self.sent_at
        self.happened.append("posted")

    def a_while_passes(self) -> None:
        """Until what was on its way has arrived."""
        self.clock.set(self.clock.now() + DOUBTFUL_FOR)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    url, clock = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}", WorldClock(NOW)
    migrate(url)
    store = open_store(url, clock)
    yield Chat(clock, await enrol(store), store.posts)
    await store.close()


async def test_every_page_is_told_once_and_the_first_takes_a_place(chat: Chat) -> None:
    assert await chat.push("one", "two", instead_of=("D0", "0")) == ("D0", "2")
    assert await chat.push("one", "two") is None
    assert chat.there == [("one", ("D0", "0")), ("two", None)]
    assert chat.happened == ["interrupted", "one", "interrupted", "two", "posted"]


@pytest.mark.parametrize("no", [NotAsked("not now"), NotReached(Unreached.REFUSED, "no")])
async def test_what_certainly_was_not_posted_is_sent_by_whoever_comes_next(chat: Chat, no: Exception) -> None:
    chat.refuses = no
    with pytest.raises(type(no)):
        await chat.push("one")
    assert await chat.push("one") == ("D0", "1")


async def test_what_may_be_on_its_way_is_not_sent_beside_and_then_looked_for(chat: Chat) -> None:
    chat.fails = ProviderUnavailable("no answer")
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await chat.push("one", find=chat.found)
    chat.a_while_passes()
    assert await chat.push("one", find=chat.found) is None
    assert await chat.push("one") is None, "it was found, and that is kept"
    assert chat.happened == ["interrupted", "one"]


async def test_what_is_looked_for_in_vain_is_sent_again_where_the_newest_wants_it(chat: Chat) -> None:
    chat.fails = ProviderUnavailable("no answer")
    with pytest.raises(ProviderUnavailable):
        await chat.push("one", instead_of=("D0", "old"))
    chat.a_while_passes()
    assert await chat.push("one", find=chat.missed, instead_of=("D0", "new")) is not None
    assert [place for _, place in chat.there] == [("D0", "old"), ("D0", "new")]


async def test_where_nobody_can_look_it_is_sent_again_to_where_it_may_stand(chat: Chat) -> None:
    chat.fails = ProviderUnavailable("no answer")
    with pytest.raises(ProviderUnavailable):
        await chat.push("one", instead_of=("D0", "old"))
    chat.a_while_passes()
    assert await chat.push("one") is not None
    assert [place for _, place in chat.there] == [("D0", "old")] * 2


async def test_another_try_is_in_doubt_for_as_long_as_the_first(chat: Chat) -> None:
    begun = chat.outbox.new(chat.cast.ana, ACCOUNT, NOTICE.key)
    assert await chat.posts.begin(begun) is None
    chat.a_while_passes()
    again = await chat.outbox.tried_anew(begun)
    assert again.at >= begun.at + DOUBTFUL_FOR
    with pytest.raises(ProviderUnavailable):
        await chat.push("one")
    chat.a_while_passes()
    assert await chat.push("one") == ("D0", "1")
