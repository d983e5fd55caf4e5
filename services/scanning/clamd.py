"""ClamAV's daemon, asked over its socket with INSTREAM: it gets the bytes and keeps no file (man clamd, COMMANDS).

The one asyncio client that is kept up to date speaks TCP only, and Debian's daemon listens on a Unix socket.
"""

import asyncio
import contextlib
import re
import socket
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
        except (OSError, TimeoutError) as error:
            raise Unreachable(f"clamd: {error or type(error).__name__}") from error
        said = _ANSWER.fullmatch(answer)
        if said is None:  # for instance: INSTREAM size limit exceeded. ERROR
            raise Undecided(f"clamd: {answer[:200] or 'no answer'}")
        return Verdict("infected", said["found"]) if said["word"] == "FOUND" else Verdict("clean")

    async def _ask(self, content: bytes) -> str:
        # Plain sockets: it hangs up on more than its StreamMaxLength and has said so before, but asyncio's streams
        # throw an answer away that came in while they wrote to a closed end.
        loop = asyncio.get_running_loop()
        with await self._connect(loop) as line:
            reading = asyncio.create_task(loop.sock_recv(line, _LONGEST_ANSWER))
            try:
                with contextlib.suppress(ConnectionError):
                    await self._send(loop, line, content, reading)
                with contextlib.suppress(ConnectionError):
                    return (await reading).rstrip(b"\0\n").decode("utf-8", "replace")
                return ""
            finally:
                reading.cancel()

    async def _connect(self, loop: asyncio.AbstractEventLoop) -> socket.socket:
        if self._host is None:
            family, address = socket.AF_UNIX, self._path
        else:
            found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
            family, _, _, _, address = found[0]
        line = socket.socket(family, socket.SOCK_STREAM)
        line.setblocking(False)
        try:
            await loop.sock_connect(line, address)
        except BaseException:
            line.close()
            raise
        return line

    async def _send(
        self,
        loop: asyncio.AbstractEventLoop,
        line: socket.socket,
        content: bytes,
        answered: asyncio.Task[bytes],
    ) -> None:
        await loop.sock_sendall(line, b"zINSTREAM\0")
        for at in range(0, len(content), _CHUNK):
            piece = content[at : at + _CHUNK]
            await loop.sock_sendall(line, struct.pack(">I", len(piece)) + piece)
            if answered.done():
                return
        await loop.sock_sendall(line, struct.pack(">I", 0))
