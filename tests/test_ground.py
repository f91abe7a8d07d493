"""The ground the other tests stand on: a database each, and no network."""

from __future__ import annotations

import socket

import pytest
from sqlalchemy import create_engine, func, insert, select, text

from calendar_core.store.schema import organisation

from .network import NetworkUsed
from .postgres import PostgresServer


def test_a_test_that_reaches_for_the_network_is_refused(network_attempts: list[str]) -> None:
    with pytest.raises(NetworkUsed), socket.socket() as outward:
        outward.connect(("192.0.2.1", 443))
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("calendar.example.com", 443)
    assert network_attempts == ["socket.connect 192.0.2.1", "socket.getaddrinfo calendar.example.com"]
    network_attempts.clear()


def test_this_machine_is_not_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_has_an_empty_database_of_its_own(database_url: str, time: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (number INTEGER)"))
    engine.dispose()


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_finds_nothing_in_a_migrated_database(migrated_url: str, time: str) -> None:
    engine = create_engine(migrated_url)
    with engine.begin() as connection:
        made = connection.execute(insert(organisation).values(name="Example", google_domains=())).inserted_primary_key
        assert made == (1,)
        assert connection.execute(select(func.count()).select_from(organisation)).scalar_one() == 1
    engine.dispose()


def test_the_server_keeps_what_was_committed_through_a_restart(postgres: PostgresServer, postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (number INTEGER)"))
    engine.dispose()
    postgres.restart()
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM kept")).scalar_one() == 0
    engine.dispose()
