"""证照 on file."""

from collections.abc import Collection

import asyncpg


async def licences_of(conn: asyncpg.Connection, subjects: Collection[str]) -> list[asyncpg.Record]:
    """What these people and organisations hold, newest first, with the document that shows it, once it is made."""
    return await conn.fetch(
        "SELECT l.*, c.title, c.item_version, s.name AS holder, d.id AS document_id FROM licence l "
        "JOIN cases c ON c.no = l.case_no JOIN subject s ON s.id = l.holder_id "
        "LEFT JOIN document d ON d.case_no = l.case_no AND d.kind = 'licence' AND d.file IS NOT NULL "
        "WHERE l.holder_id = ANY($1) ORDER BY l.issued_on DESC, l.number LIMIT 200",
        list(subjects),
    )
