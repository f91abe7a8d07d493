"""Plays Slack's side as cheaply as can be, in a process of its own: `python -m tests.bench.slack_client`.

A line of JSON in says what to send where; a line out says how long each took. Requests are made before, sockets are
plain, and nothing of the answers is read but that they acknowledge: what is measured is the server.
"""

from __future__ import annotations

import base64
import gc
import json
import select
import socket
import sys
from time import perf_counter
from typing import TypedDict


class Wanted(TypedDict):
    """`requests` in base64, `at_once` of them under way at a time. `every`: so many seconds lie between the moments at
    which they are due, whether or not the one before was answered; 0: each as soon as the one before was answered."""

    port: int
    requests: list[str]
    at_once: int
    every: float


class Taken(TypedDict):
    """`each` in milliseconds, from when it was due to its acknowledgement; `whole` from the first to the last."""

    each: list[float]
    whole: float


def main() -> None:
    """Until nothing is wanted any more."""
    for line in sys.stdin:
        wanted: Wanted = json.loads(line)
        requests = [base64.b64decode(each) for each in wanted["requests"]]
        gc.collect()
        gc.disable()
        if wanted["at_once"] > 1:
            taken = side_by_side(wanted["port"], requests, wanted["at_once"])
        else:
            taken = one_by_one(wanted["port"], requests, wanted["every"])
        gc.enable()
        sys.stdout.write(json.dumps(taken) + "\n")
        sys.stdout.flush()


def one_by_one(port: int, requests: list[bytes], every: float) -> Taken:
    """On one connection."""
    each = []
    with connected(port) as line:
        first = perf_counter()
        for number, request in enumerate(requests):
            due = first + number * every if every else perf_counter()
            if (left := due - perf_counter()) > 0:
                select.select([line], [], [], left)  # it says nothing by itself
            line.sendall(request)
            check(line.recv(4096))
            each.append((perf_counter() - due) * 1000)
        return {"each": each, "whole": (perf_counter() - first) * 1000}


def side_by_side(port: int, requests: list[bytes], at_once: int) -> Taken:
    """On as many connections, each of which sends its next when its last was answered."""
    lines = [connected(port) for _ in range(at_once)]
    left = {line.fileno(): (line, iter(requests[number::at_once])) for number, line in enumerate(lines)}
    began: dict[int, float] = {}
    each = []
    poll = select.epoll()
    first = perf_counter()
    for number, (line, mine) in left.items():
        poll.register(number, select.EPOLLIN)
        began[number] = perf_counter()
        line.sendall(next(mine))
    while began:
        for number, _ in poll.poll():
            line, mine = left[number]
            check(line.recv(4096))
            now = perf_counter()
            each.append((now - began.pop(number)) * 1000)
            if (request := next(mine, None)) is not None:
                began[number] = now
                line.sendall(request)
    whole = (perf_counter() - first) * 1000
    poll.close()
    for line in lines:
        line.close()
    return {"each": each, "whole": whole}


def connected(port: int) -> socket.socket:
    """A connection that sends at once."""
    line = socket.create_connection(("127.0.0.1", port))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def check(answer: bytes) -> None:
    """An acknowledgement says nothing but that it is one."""
    assert answer.startswith(b"HTTP/1.1 20"), answer
    assert answer.endswith(b"\r\n\r\n"), answer
    assert b"Content-Length: 0" in answer, answer


if __name__ == "__main__":
    main()
