"""A browser's side of the wire, as small as can be: a thousand of them cost half a core."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic

from scripts.plan import HOST

PATIENCE_SECONDS = 60  # a neighbour may be busy; who hears nothing for so long never will


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when."""

    status: int
    tag: str
    asked: float
    came: float


@dataclass
class Line:
    """One browser's line to a server, open between questions for as long as the server likes."""

    port: int
    headers: Mapping[str, str]
    _ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None)

    async def ask(self, path: str, more: Mapping[str, str], body: bytes | None = None) -> Answer:
        """One question. Raises OSError or TimeoutError where no answer comes."""
        method = "GET" if body is None else "POST"
        fields = {**self.headers, **more}
        if body is not None:
            fields["Content-Type"] = "application/x-www-form-urlencoded"
            fields["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {text}" for name, text in fields.items())]
        question = "\r\n".join([*lines, "", ""]).encode() + (body or b"")
        asked = monotonic()
        async with asyncio.timeout(PATIENCE_SECONDS):
            status, tag = await self._send(question)
        return Answer(status, tag, asked, monotonic())

    async def _send(self, question: bytes) -> tuple[int, str]:
        if self._ends is not None and not self._ends[0].at_eof():
            try:
                return await self._exchange(*self._ends, question)
            except (asyncio.IncompleteReadError, ConnectionError):
                pass  # the server hung up between two questions: browsers ask again too
        await self.hang_up()
        self._ends = await asyncio.open_connection(HOST, self.port)
        try:
            return await self._exchange(*self._ends, question)
        except asyncio.IncompleteReadError as broken:
            raise ConnectionError("the server hung up in the middle of its answer") from broken

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, question: bytes
    ) -> tuple[int, str]:
        writer.write(question)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(_pair(line) for line in head[1:] if line)
        await reader.readexactly(int(fields.get("content-length", 0)))
        if fields.get("connection", "") == "close":
            await self.hang_up()
        return int(head[0].split()[1]), fields.get("etag", "")

    async def hang_up(self) -> None:
        """Close the line."""
        if self._ends is not None:
            writer, self._ends = self._ends[1], None
            writer.close()
            try:
                await writer.wait_closed()
            except OSError:
                return  # the other end was sooner


def _pair(line: str) -> tuple[str, str]:
    name, _, text = line.partition(":")
    return name.lower(), text.strip()
