"""A citizen at the website, without a browser: reads pages, fills forms in, presses buttons."""

import re
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

import httpx
from fastapi import FastAPI

from infra.seed.world import PASSWORD
from tests.living import Living
from web.app import build_app
from web.bell import Bell

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xd9"

FOOD_FORM = {
    "premises_name": "小满饭店",
    "premises_address": "示例区示例路1号",
    "area": "120",
    "category": "hot_food",
    "staff": "8",
    "has_network_trade": "no",
    "officer_name": "陈示例",
    "officer_phone": "19900000001",
}
BUSINESS_FORM = {
    "business_name": "示例区小满饮品店",
    "scope": "餐饮服务",
    "operation": "individual",
    "premises_address": "示例区示例路1号",
    "premises_proof": "declaration",
    "premises_declaration": "yes",
    "contact_phone": "19900000001",
}


def png(width: int = 8, height: int = 8) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Visitor:
    """Keeps the page it is on; `press` sends one of that page's forms as it stands, with what was filled in."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = httpx.Response(200)

    @property
    def text(self) -> str:
        return unescape(self.page.text)

    @property
    def path(self) -> str:
        return self.page.url.path

    async def go(self, path: str) -> str:
        self.page = await self.client.get(path)
        return self.text

    async def press(self, action: str, _files: list | None = None, **values: Any) -> str:
        fields = {**self.hidden(action), **values}
        if _files is None:
            self.page = await self.client.post(action, data=fields)
        else:
            # Text parts first, as they stand on the page: the token leads.
            parts = [(name, (None, value)) for name, value in fields.items()] + _files
            self.page = await self.client.post(action, files=parts)
        return self.text

    def hidden(self, action: str) -> dict[str, str]:
        forms = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', self.page.text, re.S)
        assert forms, f"no form for {action} on {self.path}"
        pairs = re.findall(r'<input type="hidden"[^>]* name="([^"]+)" value="([^"]*)"', forms[0])
        return {name: unescape(value) for name, value in pairs}

    async def sign_in(self, username: str) -> "Visitor":
        await self.go("/sign-in")
        await self.press("/sign-in", username=username, password=PASSWORD)
        return self

    async def begin(self, item: str) -> str:
        """Start an application; its draft's address."""
        await self.go(f"/items/{item}")
        await self.press(f"/items/{item}/start")
        assert self.page.status_code == 200
        return self.path.rpartition("/")[0]


@asynccontextmanager
async def desk(living: Living) -> AsyncIterator[FastAPI]:
    """The application over a house that is open already."""
    app = build_app(lambda: None)  # type: ignore[arg-type,return-value]
    async with Bell(living.house.db) as bell:
        app.state.house, app.state.bell = living.house, bell
        yield app


@asynccontextmanager
async def visiting(living: Living) -> AsyncIterator[Visitor]:
    async with (
        desk(living) as app,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://desk",
            follow_redirects=True,
            headers={"accept-language": "zh"},
        ) as client,
    ):
        yield Visitor(client)


def upload(code: str, name: str, content: bytes) -> tuple[str, tuple[str, bytes]]:
    return f"material:{code}", (name, content)
