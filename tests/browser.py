"""A browser for tests: Debian's Chromium, one for the session, and the gallery or any ASGI app on loopback.

Playwright's synchronous API refuses to run inside a running event loop, so this is its asynchronous one.
Load it with `pytest_plugins = ["tests.browser"]` or by importing its fixtures.
"""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1360, "height": 900}


def find_chromium() -> str | None:
    wished = os.environ.get("CHROMIUM")
    return (
        wished
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium here: install the package chromium, or name one in CHROMIUM")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        await chromium.close()


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The app on a free loopback port, in this event loop; gives its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        )
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            if running.done():
                running.result()
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            # Also when a test fails: a socket closed under a running server would take the loop of all tests with it.
            server.should_exit = True
            await running


@asynccontextmanager
async def opened(
    browser: Browser,
    base: str,
    *,
    lang: str = "zh",
    large: bool = False,
    phone: bool = False,
    scripts: bool = True,
) -> AsyncIterator[Page]:
    """A page of its own with these preferences; its complaints are collected in `complaints_of(page)`."""
    context = await browser.new_context(
        base_url=base, viewport=PHONE if phone else DESK, java_script_enabled=scripts, reduced_motion="reduce"
    )
    cookies = {"lang": lang, "large": "1" if large else "0"}
    await context.add_cookies([{"name": n, "value": v, "url": base} for n, v in cookies.items()])
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints  # type: ignore[attr-defined]
    try:
        yield page
    finally:
        await context.close()


def complaints_of(page: Page) -> list[str]:
    """What the console said: broken scripts, and everything the Content-Security-Policy refused."""
    return page.complaints  # type: ignore[attr-defined,no-any-return]


async def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
