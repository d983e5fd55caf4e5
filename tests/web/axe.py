"""Accessibility: no serious or critical finding of axe-core on a page."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

GRAVE = ("serious", "critical")


async def assert_accessible(page: Page) -> None:
    found = (await Axe().run(page)).response
    grave = [v for v in found["violations"] if v["impact"] in GRAVE]
    assert not grave, f"{page.url}\n" + "\n".join(map(describe, grave))


def describe(violation: dict) -> str:
    lines = [f"{violation['impact']}: {violation['id']}: {violation['help']}"]
    for node in violation["nodes"][:5]:
        summary = " ".join(node["failureSummary"].split())
        lines.append(f"    {node['html'][:160]}\n      {summary[:300]}")
    return "\n".join(lines)
