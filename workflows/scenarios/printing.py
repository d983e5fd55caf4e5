"""A played story as people read it: a timeline in columns, the first thing that came out otherwise, or JSON."""

from collections.abc import Callable, Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from forms import Item
from forms.documents import KINDS
from services.cases.histories import Told
from workflows.scenarios.player import Report, Row
from workflows.scenarios.reading import Source

# An event in words, and a stage in words: the pages' own, given by whoever prints.
Tell = Callable[[Told, Item], tuple[str, str]]
Stage = Callable[[str], str]

_BEHIND = frozenset({"task_opened", "alarm"})  # how the engine keeps its books; in the JSON only


class Printer:
    def __init__(self, tell: Tell, stage: Stage) -> None:
        self.tell, self.stage = tell, stage

    def table(self, report: Report) -> Table:
        several = len(report.cases) > 1
        table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
        for head in (
            "日期",
            *(["办件"] if several else []),
            "谁",
            "做了什么",
            "阶段",
            "承诺到期",
            "法定到期",
            "牌",
        ):
            table.add_column(head, overflow="fold")
        day = ""
        for row in report.rows:
            if row.told and row.told.event.kind in _BEHIND:
                continue
            when = f"{row.at:%Y-%m-%d %H:%M}"
            cells = [when if when != day else "", *([row.case] if several else []), *self._cells(report, row)]
            table.add_row(*map(Text, cells))
            day = when
        return table

    def _cells(self, report: Report, row: Row) -> list[str]:
        if not row.told:
            what = f"文书：{_title(row.document)}" if row.document else f"（{row.note}）"
            return [row.who, what, "", "", "", ""]
        title, detail = self.tell(row.told, report.items[row.case])
        what = f"{title}　{detail}" if detail else title
        return [
            row.who,
            what,
            self.stage(row.stage),
            row.promised,
            row.statutory,
            " ".join(row.cards),
        ]

    def failure(self, report: Report, source: Source) -> Iterator[str]:
        """Where the story went otherwise: file and line, and each difference under it."""
        if report.failure is None:
            return
        step = report.scenario.story[report.failure.index]
        yield f"{source.at('story', report.failure.index)}: {step.on:%Y-%m-%d %H:%M}, as it came out:"
        for each in report.failure.unmet:
            yield f"  {each.what}"
            yield f"    - expected  {each.wanted}"
            yield f"    + found     {each.found}"

    def data(self, report: Report, source: Source) -> dict[str, Any]:
        failure = report.failure
        return {
            "file": str(source.path),
            "title": report.scenario.title,
            "law": report.scenario.law,
            "passed": failure is None,
            "failure": failure
            and {
                "line": source.line("story", failure.index),
                "unmet": [{"what": u.what, "expected": u.wanted, "found": u.found} for u in failure.unmet],
            },
            "cases": report.cases,
            "timeline": [self._record(report, row) for row in report.rows],
        }

    def _record(self, report: Report, row: Row) -> dict[str, Any]:
        known: dict[str, Any] = {"at": row.at.isoformat(timespec="minutes"), "case": row.case, "who": row.who}
        if row.told is None:
            return known | ({"document": row.document} if row.document else {"note": row.note})
        event = row.told.event
        title, detail = self.tell(row.told, report.items[row.case])
        return known | {
            "event": event.kind,
            "key": event.key,
            "title": title,
            "detail": detail,
            "stage": row.stage,
            "promised": row.promised,
            "statutory": row.statutory,
            "cards": list(row.cards),
            "data": event.data,
        }


def _title(document: str) -> str:
    return KINDS[document].title.zh if document in KINDS else document
