"""短信. The real gateway is the province's; here a stand-in keeps in the store what would have been sent."""

from datetime import datetime
from typing import Protocol

import asyncpg

from services.law.masking import mask_phone


class Sms(Protocol):
    async def send(self, conn: asyncpg.Connection, phone: str, text: str, at: datetime) -> None:
        """In the caller's transaction: what is taken back was never sent."""
        ...


class StoredSms:
    async def send(self, conn: asyncpg.Connection, phone: str, text: str, at: datetime) -> None:
        await conn.execute(
            'INSERT INTO sms ("to", text, at) VALUES ($1, $2, $3)', mask_phone(phone), text, at
        )
