"""撤销: the licence row follows the event, in its transaction."""

import asyncpg

from services.law.chain import Event


async def revoke_licence(conn: asyncpg.Connection, event: Event) -> None:
    await conn.execute("UPDATE licence SET state = 'revoked' WHERE case_no = $1", event.case_no)
