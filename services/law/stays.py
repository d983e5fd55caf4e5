"""What stands beside the review: procedures that stop the clock, and those a decision must wait for.

Licence Law art. 45: hearing, tender, auction, inspection, testing, quarantine, appraisal and expert review are not
counted. The list is closed, so a site check or a public notice runs on. A suspension (挂起) stops the clock on its own
stated basis. A decision waits for all of them (arts 46-48; rule P07).
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from services.law.chain import Event
from services.law.counting import Stop

if TYPE_CHECKING:
    from services.law.case import CaseState

SUSPENSION = "suspended"
HEARING = "hearing"


def stay(state: "CaseState", event: Event) -> None:
    """Fold one event into the case's stays and into what a decision waits for."""
    number = number_of(event.task or "")
    match event.kind:
        case "special_started":
            _begin(state, event, f"special#{number}", event.data["kind"], event.data["basis"])
        case "special_ended":
            _end(state, event, f"special#{number}")
        case "hearing_informed":
            state.pending.append(f"hearing#{number}")
            if event.data["ground"] == "public":
                _begin(state, event, f"hearing#{number}", HEARING, event.data["basis"])
        case "hearing_requested":
            # The time a hearing takes runs from its request: the five days to ask for one are the agency's own.
            _begin(state, event, f"hearing#{number}", HEARING, "《行政许可法》第四十七条")
        case "hearing_waived" | "hearing_recorded":
            _end(state, event, f"hearing#{number}")
        case "notice_published":
            state.pending.append(f"notice#{number}")
            state.notices[number] = event.data["until"]
        case "notice_ended":
            state.pending.remove(f"notice#{number}")
        case "suspended":
            _begin(state, event, f"suspension#{number}", SUSPENSION, event.data["basis"])
        case "resumed":
            _end(state, event, f"suspension#{number}")


def number_of(task: str) -> str:
    """Which special procedure, hearing, notice or suspension of the case a task belongs to."""
    return task.partition("#")[2].partition(".")[0]


def _begin(state: "CaseState", event: Event, key: str, kind: str, basis: str) -> None:
    state.stays.append(
        {
            "key": key,
            "kind": kind,
            "basis": basis,
            "start": event.on.isoformat(),
            "end": None,
            "days": event.data.get("days"),
        }
    )
    if key not in state.pending:
        state.pending.append(key)


def _end(state: "CaseState", event: Event, key: str) -> None:
    for each in state.stays:
        if each["key"] == key:
            each["end"] = event.on.isoformat()
    state.pending.remove(key)


def stops_of(stays: Iterable[dict[str, Any]]) -> tuple[Stop, ...]:
    """The stays as the clock counts them."""
    return tuple(
        Stop(
            date.fromisoformat(s["start"]),
            date.fromisoformat(s["end"]) if s["end"] else None,
            s["kind"],
            s["basis"],
        )
        for s in stays
    )
