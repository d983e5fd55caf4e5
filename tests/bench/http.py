"""A lean HTTP/1.1 client: on two cores the usual ones would be the slow part of what they measure."""

import asyncio


class Connection:
    """One keep-alive connection; one request at a time."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def request(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """(status, body). Answers come with a length: our pages and our API do."""
        if self._reader is None or self._reader.at_eof() or self._writer.is_closing():  # the server hung up
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        assert self._writer
        lines = [
            f"{method} {path} HTTP/1.1",
            f"host: {self.host}:{self.port}",
            f"content-length: {len(body)}",
        ]
        lines += [f"{k}: {v}" for k, v in (headers or {}).items()]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        content = await self._reader.readexactly(int(fields.get("content-length", 0)))
        return int(head[0].split()[1]), content

    async def close(self) -> None:
        """The next request opens it again."""
        if self._writer:
            self._writer.close()
        self._reader = self._writer = None
