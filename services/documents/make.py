"""Making a document, once: number, page, file, and the event that says so."""

from collections.abc import Mapping, Sequence

import asyncpg

from services.house import House


async def make_document(house: House, case_no: str, key: str, kind: str) -> None:
    """Make the document of `kind` whose event is `key`. May be repeated at any time; it is made once."""
    raise NotImplementedError


async def preview(
    conn: asyncpg.Connection,
    house: House,
    case_no: str,
    command: str,
    raw: Mapping[str, list[str]],
    defects: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """What the command's document would look like if the act were done now. Reserves nothing."""
    raise NotImplementedError
