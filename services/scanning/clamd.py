"""ClamAV's daemon, asked over its socket with INSTREAM: it gets the bytes and keeps no file (man clamd, COMMANDS).

The one asyncio client that is kept up to date speaks TCP only, and Debian's daemon listens on a Unix socket.
"""

import asyncio
import contextlib
import re
import struct
from urllib.parse import urlsplit

from services.scanning.port import Undecided, Unreachable, Verdict

_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_ANSWER = re.compile(r"stream: (?:(?P<found>.+) )?(?P<word>OK|FOUND)")


class Clamd:
    """`address`: clamd:///run/clamav/clamd.ctl for its Unix socket, or clamd://host:3310."""

    name = "clamd"

    def __init__(self, address: str, *, refuses: bool = False, seconds: float = 30) -> None:
        parts = urlsplit(address)
        if parts.scheme != "clamd" or not (parts.hostname or parts.path.strip("/")):
            raise ValueError("must look like clamd:///run/clamav/clamd.ctl or clamd://host:3310")
        self._host, self._port, self._path = parts.hostname, parts.port or 3310, parts.path
        self.refuses, self.seconds = refuses, seconds

    async def scan(self, content: bytes) -> Verdict:
        try:
            async with asyncio.timeout(self.seconds):
                answer = await self._ask(content)
        except (OSError, TimeoutError, asyncio.LimitOverrunError) as error:
            raise Unreachable(f"clamd: {error or type(error).__name__}") from error
        said = _ANSWER.fullmatch(answer)
        if said is None:  # for instance: INSTREAM size limit exceeded. ERROR
            raise Undecided(f"clamd: {answer[:200] or 'no answer'}")
        return Verdict("infected", said["found"]) if said["word"] == "FOUND" else Verdict("clean")

    async def _ask(self, content: bytes) -> str:
        if self._host:
            reader, writer = await asyncio.open_connection(self._host, self._port, limit=_LONGEST_ANSWER)
        else:
            reader, writer = await asyncio.open_unix_connection(self._path, limit=_LONGEST_ANSWER)
        # Read while sending: it hangs up on more than its StreamMaxLength, and has said so before.
        reading = asyncio.create_task(reader.read(_LONGEST_ANSWER))
        try:
            with contextlib.suppress(ConnectionError):
                await self._send(writer, content, reading)
            with contextlib.suppress(ConnectionError):
                return (await reading).rstrip(b"\0\n").decode("utf-8", "replace")
            return ""
        finally:
            reading.cancel()
            writer.close()

    async def _send(
        self, writer: asyncio.StreamWriter, content: bytes, answered: asyncio.Task[bytes]
    ) -> None:
        writer.write(b"zINSTREAM\0")
        for at in range(0, len(content), _CHUNK):
            piece = content[at : at + _CHUNK]
            writer.write(struct.pack(">I", len(piece)) + piece)
            await writer.drain()
            if answered.done():
                return
        writer.write(struct.pack(">I", 0))
        await writer.drain()
