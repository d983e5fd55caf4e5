"""An open task's row as the policy wants it."""

from collections.abc import Mapping
from typing import Any

from services.law.policy import Expected
from services.law.roles import Role


def expected(task: Mapping[str, Any]) -> Expected:
    """Takes a row of `task`, or the door's joined row, where the case's own department stands beside the task's."""
    return Expected(
        Role(task["role"]),
        tuple(task["commands"]),
        task["task_department"] if "task_department" in task else task["department"],
        task["district"],
        frozenset(task["not_by"]),
        task["claimed_by"],
        task.get("standing", False),
    )
