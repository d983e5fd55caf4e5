"""A story's logs in a form in which two runs can be laid side by side."""

from typing import Any

from services.cases.histories import Told
from workflows.scenarios import Report

Entry = tuple[Any, ...]
# What an errand writes that nobody waits for (`Desk.send`): it falls where it falls among the events of its minute.
_UNAWAITED = ("document_made", "linked_told", "order_answered", "archive_made", "refunded")
# The payment platform's own numbers; and by what right somebody acted, whose rows are each story's own.
_DRAWN = ("transaction", "refund", "mandate", "guardian", "consent")


def logs(report: Report) -> dict[str, list[Entry]]:
    """Event for event, without what is drawn by lot: the salted commitments to personal values."""
    found: dict[str, list[Entry]] = {}
    for name in report.cases:
        told = [row.told for row in report.rows if row.told and row.case == name]
        course = [_entry(t) for t in told if t.event.kind not in _UNAWAITED]
        aside = sorted(_entry(t) for t in told if t.event.kind in _UNAWAITED)
        found[name] = course + aside
    return found


def _entry(told: Told) -> Entry:
    e = told.event  # by name: whoever a story invents has another number in each run
    return e.kind, _key(e), e.at, e.on, told.actor_name, e.role, e.task or "", str(_plain(e.data))


def _key(e: Any) -> str:
    """Without the payment platform's own numbers, which are drawn by lot too."""
    return e.key.replace(e.data.get("transaction") or "-", "T")


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    if "manifest" in data:  # an archive: sealed, and its manifest holds the hashes of what is drawn by lot
        return {}
    # `asked` is a digest of who asked for what, by account.
    plain = {k: "drawn" if k in _DRAWN else v for k, v in data.items() if k != "asked"}
    plain = {k: "sealed" if isinstance(v, dict) and "commitment" in v else v for k, v in plain.items()}
    return dict(sorted(plain.items()))
