"""What every test may ask for: a database, the vendors' contracts, a browser; and what none gets: the network."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from inspect import iscoroutinefunction
from pathlib import Path

import hypothesis
import pytest
from aiohttp import web_app

from calendar_core.store.migrating import migrate

from . import network, workers
from .calendar_core.invitation.libical import LIBRARY, Libical
from .postgres import PostgresServer, running_server

pytest.register_assert_rewrite("tests.contracts")

CI = os.environ.get("CI") == "true"
ORDER = ("calendar_core", "bot", "sandbox", "adapters", "contracts", "faults", "scenarios", "browser")
STARTED = frozenset({"tmp_path", "postgres", "shell", "browser_path"})  # a database, a process or a browser, mostly
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CONTRACTS = os.environ.get("PAIRTIME_CONTRACTS")
ADAPTIVE_CARDS = os.environ.get("PAIRTIME_ADAPTIVE_CARDS")

# What a test may need that this machine may lack. Under CI the lack is a failure; elsewhere those tests are left out.
NEEDS = {
    "browser_path": (CHROMIUM, "a browser; Debian's is `apt-get install chromium`"),
    "libical": (LIBRARY, "libical; Debian's is `apt-get install libical3`"),
    "contracts": (CONTRACTS, "the vendors' schemas; PAIRTIME_CONTRACTS names their folder"),
    "adaptive_cards": (ADAPTIVE_CARDS, "Microsoft's renderer; PAIRTIME_ADAPTIVE_CARDS names its folder (see .ci/run)"),
}
left_out: dict[str, int] = {}
proved: list[str] = []

hypothesis.settings.register_profile("pairtime", deadline=None, derandomize=CI)
hypothesis.settings.load_profile("pairtime")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prove", action="store_true", help="as many kills and cases as the proofs demand: minutes")
    parser.addoption(
        "--postgres", choices=("system", "bundled"), default="system", help="whose PostgreSQL (default: the system's)"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: runs on PostgreSQL (every test that asks for it is marked)")
    config.addinivalue_line("markers", "unit: starts nothing (every plain function that asks for nothing of the kind)")
    config.addinivalue_line("markers", "alone: starts processes or measures, so no other test runs meanwhile")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    return workers.number(config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The quick tests first, those alone last; what needs something missing here is left out, and counted.

    A proof runs proofs alone.
    """
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        fixtures: list[str] = getattr(item, "fixturenames", [])
        if "postgres" in fixtures:
            item.add_marker("postgres")
        if isinstance(item, pytest.Function) and not iscoroutinefunction(item.obj) and STARTED.isdisjoint(fixtures):
            item.add_marker("unit")
        if config.getoption("--prove") and "proving" not in fixtures:
            dropped.append(item)
            continue
        missing = [need for need, (found, _) in NEEDS.items() if need in fixtures and not found and not CI]
        for need in missing[:1]:
            left_out[need] = left_out.get(need, 0) + 1
        (dropped if missing else kept).append(item)
    config.hook.pytest_deselected(items=dropped)
    items[:] = sorted(kept, key=place)


def pytest_collection_finish() -> None:
    """All that was read and collected stays: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


def place(item: pytest.Item) -> tuple[bool, int]:
    """Where a test comes in the run, by the folder it lies in."""
    folders = item.path.relative_to(Path(__file__).parent).parts[:-1]
    of_folder = next((ORDER.index(folder) for folder in folders if folder in ORDER), -1)
    return item.get_closest_marker("alone") is not None, of_folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes hands over what is printed at the end of the run."""
    handed: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed |= {"proved": proved, "left_out": left_out}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Takes what one of several processes has handed over. Each of them left out the same tests."""
    handed = getattr(node, "workeroutput", {})
    proved.extend(handed.get("proved", []))
    left_out.update(handed.get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for figure in proved:
        terminalreporter.write_line(f"Seen: {figure}.")
    for need, number in left_out.items():
        terminalreporter.write_line(f"Left out: {number} tests that need {NEEDS[need][1]}.")


@pytest.fixture(scope="session")
def folder_of_all(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the processes of one run have to agree about."""
    return workers.folder_of_all(request.config, tmp_path_factory.getbasetemp())


@pytest.fixture(autouse=True)
def turn(request: pytest.FixtureRequest, folder_of_all: Path) -> Iterator[None]:
    """Tests share the machine, save with one that is marked to be alone."""
    alone = request.node.get_closest_marker("alone") is not None
    with workers.turn(folder_of_all / "turn", alone=alone):
        yield


@pytest.fixture(autouse=True)
def handlers_forgotten() -> Iterator[None]:
    """aiohttp remembers a thousand handlers, each with its application and the whole world behind it."""
    yield
    web_app._cached_build_middleware.cache_clear()  # noqa: SLF001 - it has no other way


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """What the test tried to reach outside this machine. Each try was refused, and fails the test at its end."""
    network.attempts.clear()
    yield network.attempts
    assert network.attempts == [], "the test reached for the network"


@pytest.fixture(scope="session")
def proving(request: pytest.FixtureRequest) -> bool:
    """Whether this run is `make prove`: then a test repeats as often as its proof demands."""
    return bool(request.config.getoption("--prove"))


@pytest.fixture(scope="session")
def seen() -> Callable[[str], None]:
    """Takes a proof's figures, to be printed at the end of the run."""
    return proved.append


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium of this machine."""
    assert CHROMIUM, f"This run needs {NEEDS['browser_path'][1]}."
    return CHROMIUM


@pytest.fixture(scope="session")
def libical() -> Libical:
    """The C library of this machine."""
    assert LIBRARY, f"This run needs {NEEDS['libical'][1]}."
    return Libical(LIBRARY)


@pytest.fixture(scope="session")
def contracts() -> Path:
    """The folder of the vendors' own schemas."""
    assert CONTRACTS, f"This run needs {NEEDS['contracts'][1]}."
    return Path(CONTRACTS)


@pytest.fixture(scope="session")
def adaptive_cards() -> Path:
    """The folder of Microsoft's renderer, and of how Teams has it draw."""
    assert ADAPTIVE_CARDS, f"This run needs {NEEDS['adaptive_cards'][1]}."
    return Path(ADAPTIVE_CARDS)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest, folder_of_all: Path) -> Iterator[PostgresServer]:
    """A server for all tests of this process."""
    with ExitStack() as server:
        with workers.turn(folder_of_all / "postgres", alone=True):  # the bundled one would make its user twice
            bundled = request.config.getoption("--postgres") == "bundled"
            running = server.enter_context(running_server(bundled=bundled))
        yield running


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database of this test's own."""
    with postgres.fresh() as database:
        yield postgres.url(database)


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> Iterator[str]:
    """The name of a database for one test after the other: migrating one for each would take longer than they do."""
    with postgres.fresh() as database:
        migrate(postgres.url(database))
        yield database


@pytest.fixture
def migrated_postgres_url(postgres: PostgresServer, migrated_postgres: str) -> str:
    """A migrated PostgreSQL database with nothing in it, whose tables this test leaves as they are."""
    postgres.empty(migrated_postgres)
    return postgres.url(migrated_postgres)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database with nothing in it, whose tables the test leaves as they are; it runs once on each of the
    two we support."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
        migrate(url)
        return url
    kept: str = request.getfixturevalue("migrated_postgres_url")
    return kept


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of this test's own; the test runs once on each of the two we support."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
