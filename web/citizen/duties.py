"""等您办: what the citizen's cases wait for of them, with a limit that costs something if it passes."""

from typing import Any

import asyncpg

from services.cases.mine import tasks_of_citizen
from services.house import House
from services.law.roles import Actor

_STEPS = ("correction", "payment", "supply_late", "rectification")


async def duties(conn: asyncpg.Connection, house: House, actor: Actor) -> list[dict[str, Any]]:
    """The one that ends first on top."""
    tasks = await tasks_of_citizen(conn, actor.id, actor.subjects, actor.mandates)
    return [
        {"task": task, "name": house.items.get(task["item_code"], task["item_version"]).name}
        for task in tasks
        if task["step"] in _STEPS
    ]
