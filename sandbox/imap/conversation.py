"""One client's connection: what it says, what it is answered, and the mailbox it has selected."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

from sandbox.faults import Fault
from sandbox.imap.commands import BODY, LITERAL, Command, Malformed, command_of, listed, uids_in
from sandbox.imap.letterbox import Letter, Letterbox

CAPABILITIES = "IMAP4rev1 IDLE"
LONGEST_LINE = 64 * 1024
STILL_IDLE = 1740.0  # seconds: a server may hang up after 30 minutes

Faulty = Callable[[str], Fault | None]
Deed = Callable[[Command], Coroutine[Any, Any, None]]


class HungUp(Exception):
    """The connection is over."""


class Conversation:
    """RFC 3501's states: not authenticated, authenticated, selected, logout."""

    def __init__(
        self,
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        box: Letterbox,
        account: tuple[str, str],
        fault: Faulty,
    ) -> None:
        self._reader, self._writer = streams
        self._box = box
        self._account = account
        self._fault = fault
        self._let_in = False
        self._selected = False
        self._read_only = True
        self._known = 0

    async def hold(self) -> None:
        """Until one side has had enough."""
        with suppress(HungUp, ConnectionError, asyncio.IncompleteReadError):
            await self._say(f"* OK [CAPABILITY {CAPABILITIES}] ready")
            while True:
                line = await self._line()
                try:
                    command = command_of(line)
                except Malformed as mistake:
                    await self._say(f"* BAD {mistake}")
                else:
                    await self._answer(command)

    async def _line(self) -> bytes:
        """A command line, with the octets of its literals."""
        line = await self._reader.readuntil(b"\n")
        while literal := LITERAL.search(line.rstrip(b"\r\n")):
            size = int(literal[1])
            if len(line) + size > LONGEST_LINE:
                raise HungUp
            if not literal[2]:
                await self._say("+ go on")
            line += await self._reader.readexactly(size) + await self._reader.readuntil(b"\n")
        return line

    async def _answer(self, command: Command) -> None:
        fault = self._fault(command.name)
        if fault is not None:
            await asyncio.sleep(fault.delay_ms / 1000)
            if fault.kind == "drop":
                raise HungUp
            if fault.kind != "delay":
                await self._say(f"{command.tag} NO [UNAVAILABLE] not now")
                return
        deed = self._deeds().get(command.name)
        if deed is None:
            await self._say(f"{command.tag} BAD that is not offered here")
            return
        try:
            await deed(command)
        except Malformed as mistake:
            await self._say(f"{command.tag} BAD {mistake}")

    def _deeds(self) -> dict[str, Deed]:
        anywhere: dict[str, Deed] = {"CAPABILITY": self._capability, "NOOP": self._noop, "LOGOUT": self._logout}
        if not self._let_in:
            return anywhere | {"LOGIN": self._login}
        inside = anywhere | {"SELECT": self._select, "EXAMINE": self._select}
        if not self._selected:
            return inside
        return inside | {
            "UID SEARCH": self._search,
            "UID FETCH": self._fetch,
            "UID STORE": self._store,
            "IDLE": self._idle,
            "CLOSE": self._close,
        }

    async def _capability(self, command: Command) -> None:
        await self._say(f"* CAPABILITY {CAPABILITIES}", f"{command.tag} OK done")

    async def _noop(self, command: Command) -> None:
        await self._news()
        await self._say(f"{command.tag} OK done")

    async def _logout(self, command: Command) -> None:
        await self._say("* BYE see you", f"{command.tag} OK done")
        raise HungUp

    async def _login(self, command: Command) -> None:
        self._let_in = command.arguments == self._account
        outcome = "OK" if self._let_in else "NO [AUTHENTICATIONFAILED]"
        await self._say(f"{command.tag} {outcome} LOGIN")

    async def _select(self, command: Command) -> None:
        self._selected = command.arguments[:1] == ("INBOX",) or command.arguments[:1] == ("inbox",)
        if not self._selected:
            await self._say(f"{command.tag} NO [NONEXISTENT] no such mailbox")
            return
        self._read_only = command.name == "EXAMINE"
        self._known = len(self._box.letters)
        await self._say(
            r"* FLAGS (\Seen)",
            f"* {self._known} EXISTS",
            "* 0 RECENT",
            f"* OK [UIDVALIDITY {self._box.uidvalidity}]",
            f"* OK [UIDNEXT {self._box.next_uid}]",
            f"{command.tag} OK [{'READ-ONLY' if self._read_only else 'READ-WRITE'}]",
        )

    async def _close(self, command: Command) -> None:
        self._selected = False
        await self._say(f"{command.tag} OK done")

    async def _search(self, command: Command) -> None:
        wanted = [each.upper() for each in command.arguments]
        if wanted[:1] == ["CHARSET"]:
            wanted = wanted[2:]
        found = {letter.uid for letter in self._box.letters}
        while wanted:
            criterion, *wanted = wanted
            if criterion == "UID" and wanted:
                found &= self._uids(wanted.pop(0))
            elif criterion in ("SEEN", "UNSEEN"):
                seen = {letter.uid for letter in self._box.letters if r"\Seen" in letter.flags}
                found = found & seen if criterion == "SEEN" else found - seen
            elif criterion != "ALL":
                raise Malformed("that cannot be searched for")
        await self._say(" ".join(["* SEARCH", *map(str, sorted(found))]), f"{command.tag} OK done")

    async def _fetch(self, command: Command) -> None:
        if len(command.arguments) != 2:
            raise Malformed("a set and what of it")
        uids, items = self._uids(command.arguments[0]), listed(command.arguments[1])
        for number, letter in self._numbered(uids):
            self._writer.write(f"* {number} FETCH (UID {letter.uid}".encode())
            for item in items:
                self._writer.write(self._item(item, letter))
            await self._say(")")
        await self._say(f"{command.tag} OK done")

    def _item(self, item: str, letter: Letter) -> bytes:
        match item.upper():
            case "UID":
                return b""
            case "FLAGS":
                return f" FLAGS ({' '.join(sorted(letter.flags))})".encode()
            case "RFC822.SIZE":
                return f" RFC822.SIZE {letter.size}".encode()
            case _:
                return self._body(item, letter)

    def _body(self, item: str, letter: Letter) -> bytes:
        body = BODY.match(item)
        if body is None:
            raise Malformed("that cannot be fetched")
        if not body["peek"] and not self._read_only:
            letter.flags.add(r"\Seen")
        octets, origin = letter.raw, ""
        if body["first"] is not None:
            first = int(body["first"])
            octets, origin = octets[first : first + int(body["count"])], f"<{first}>"
        return f" BODY[]{origin} {{{len(octets)}}}\r\n".encode() + octets

    async def _store(self, command: Command) -> None:
        if self._read_only:
            await self._say(f"{command.tag} NO it was only examined")
            return
        if len(command.arguments) != 3:
            raise Malformed("a set, what to do, and flags")
        what, flags = command.arguments[1].upper(), set(listed(command.arguments[2]))
        for number, letter in self._numbered(self._uids(command.arguments[0])):
            if what.startswith("+FLAGS"):
                letter.flags |= flags
            elif what.startswith("-FLAGS"):
                letter.flags -= flags
            else:
                raise Malformed("flags are added or taken away here")
            if not what.endswith(".SILENT"):
                shown = " ".join(sorted(letter.flags))
                await self._say(f"* {number} FETCH (UID {letter.uid} FLAGS ({shown}))")
        await self._say(f"{command.tag} OK done")

    async def _idle(self, command: Command) -> None:
        await self._say("+ idling")
        done = asyncio.ensure_future(self._reader.readuntil(b"\n"))
        try:
            while not done.done():
                news = asyncio.ensure_future(self._box.changed(self._known))
                await asyncio.wait({done, news}, timeout=STILL_IDLE, return_when=asyncio.FIRST_COMPLETED)
                if news.done():
                    await self._news()
                news.cancel()
        finally:
            done.cancel()
        if (await done).strip().upper() != b"DONE":
            raise Malformed("DONE was expected")
        await self._say(f"{command.tag} OK done")

    async def _news(self) -> None:
        if self._selected and len(self._box.letters) != self._known:
            self._known = len(self._box.letters)
            await self._say(f"* {self._known} EXISTS")

    def _uids(self, text: str) -> set[int]:
        return uids_in(text, [letter.uid for letter in self._box.letters])

    def _numbered(self, uids: set[int]) -> Iterable[tuple[int, Letter]]:
        return [(number, each) for number, each in enumerate(self._box.letters, start=1) if each.uid in uids]

    async def _say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self._writer.drain()
