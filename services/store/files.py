"""The object store: every file under its own SM3 hash, written once, never over."""

import asyncio
import contextlib
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, from_url

from forms.digest import sm3


class Files:
    """Content-addressed files in a local folder or, given an s3:// address, a bucket."""

    def __init__(self, url: str) -> None:
        if "://" in url:
            self._store = from_url(url)
        else:
            Path(url).mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(url)

    async def put(self, content: bytes) -> str:
        """Keep the content and return its hash. The same content twice is kept once."""
        digest = sm3(content).hex()
        with contextlib.suppress(AlreadyExistsError):
            await obstore.put_async(self._store, _path(digest), content, mode="create")
        return digest

    async def get(self, digest: str) -> bytes:
        """Raises FileNotFoundError; raises ValueError if the content no longer matches its name."""
        result = await obstore.get_async(self._store, _path(digest))
        content = bytes(await result.bytes_async())
        if await asyncio.to_thread(lambda: sm3(content).hex()) != digest:
            raise ValueError(f"file {digest[:12]} does not match its hash")
        return content


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
