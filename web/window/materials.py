"""Materials on the workbench: the checklist with each one's acceptance standard, and the pages to turn."""

from dataclasses import dataclass, replace
from typing import Any

from forms import Material
from services.cases.desk_page import Given
from services.cases.histories import Told
from web.i18n import pick
from web.window.bench import Bench

_SOURCES = {
    "upload": {"zh": "申请人提供", "en": "From the applicant"},
    "shared": {"zh": "共享取得", "en": "From shared data"},
    "carried": {"zh": "沿用上一轮", "en": "Kept from the last round"},
    "sent_up": {"zh": "下级机关转报", "en": "Sent up by the lower level"},
    "seen": {"zh": "窗口核对原件", "en": "Original seen at the counter"},
    "licence": {"zh": "经同意引用电子证照", "en": "An e-licence, with consent"},
}
_BOTH = {"zh": "本轮有新文件，上一轮的也在", "en": "New this round; the last round's is there too"}
_LAST = {"zh": "%s（上一轮的）", "en": "%s (last round's)"}
_SHARED = {"zh": "系统共享取得，不用申请人提供", "en": "Fetched by the system, not asked of the applicant"}
_STATES = {
    "have": ("", {"zh": "待核对", "en": "To check"}),
    "checked": ("done", {"zh": "已核对", "en": "Checked"}),
    "late": ("stop", {"zh": "容缺后补", "en": "May follow"}),
    "optional": ("", {"zh": "选交，未提供", "en": "Optional, not given"}),
    "missing": ("near", {"zh": "缺", "en": "Missing"}),
}


_LAPSED = {"zh": "电子证照不能用", "en": "The e-licence cannot be used"}


@dataclass(frozen=True, slots=True)
class Line:
    """One material to check. `papers` are what was handed in for it."""

    code: str
    name: Any
    standard: Any
    source: Any
    trust: str
    light: str
    words: dict[str, str]
    papers: list[Given]
    asked: str  # what was asked to be corrected in the last round
    lapsed: Any = None  # why the e-licence that it is cannot be used any more
    copy: bool = False  # of an e-licence there is one to look at

    @property
    def both(self) -> bool:
        """New files and those of the round before."""
        return self.source is _BOTH


def checklist(bench: Bench) -> list[Line]:
    asked = last_asked(bench.told)
    wanted = bench.item.required_materials(bench.answers)
    # Accepted by somebody, not by silence: then somebody looked at every one of them.
    have = "checked" if any(t.event.kind == "accepted" for t in bench.told) else "have"
    newest = sorted(bench.papers, key=lambda p: p.source == "carried")  # new files before old ones
    lines = [_line(m, [p for p in newest if p.code == m.code], asked.get(m.code, ""), have) for m in wanted]
    return [_with_licence(line, bench) for line in lines]


def _with_licence(line: Line, bench: Bench) -> Line:
    """电子证照: whether there is a copy to look at; a lapsed one is said, unless the paper itself was uploaded too."""
    reference = bench.reused.get(line.code)
    if reference and reference.why_not and not any(p.file for p in line.papers):
        return replace(line, light="near", words=_LAPSED, lapsed=reference.why_not)
    return replace(line, copy=True) if line.code in bench.copies else line


def last_asked(told: list[Told]) -> dict[str, str]:
    """By code, what the last correction notice said was wrong."""
    for t in reversed(told):
        if t.event.kind == "correction_requested":
            return {line["code"]: line["defect"] for line in t.event.data["items"]}
    return {}


def _line(m: Material, papers: list[Given], asked: str, have: str) -> Line:
    absent = m.need if m.need != "required" else "missing"
    light, words = _STATES[have if papers or m.shared else absent]
    return Line(m.code, m.name, m.standard, _source(m, papers), m.trust or "", light, words, papers, asked)


def _source(m: Material, papers: list[Given]) -> Any:
    if {p.source for p in papers} == {"carried", "upload"}:
        return _BOTH
    if papers:
        return _SOURCES.get(papers[0].source, "")
    return _SHARED if m.shared else ""


def _title(line: Line, paper: Given) -> Any:
    """Where a material has new files and old ones, the old ones say so."""
    if not line.both or paper.source != "carried":
        return line.name
    return {lang: words % pick(line.name, lang) for lang, words in _LAST.items()}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One stored file in the viewer."""

    id: int | str
    title: Any
    href: str
    type: str  # pdf or image
    download: str = ""  # an e-licence's copy: its download is noted as one


@dataclass(frozen=True, slots=True)
class Viewer:
    sheet: Sheet | None
    at: int
    of: int
    before: int | str | None
    after: int | str | None
    closed: bool = False  # there are files, but not for this reader


def viewer(lines: list[Line], wish: str, case_no: str, *, personal: bool) -> Viewer:
    """The wished file, or the first; nothing if there are no files, or they may not be opened by this reader.

    Copies of e-licences are shown when they are asked for and not before: every look at one is in its holder's log.
    """
    if copy := next((line for line in lines if line.copy and line.code == wish), None):
        href = f"/window/cases/{case_no}/licences/{copy.code}.pdf"
        return Viewer(Sheet(copy.code, copy.name, href, "pdf", f"{href}?download=true"), 1, 1, None, None)
    sheets = [
        Sheet(p.id, _title(line, p), f"/materials/{p.id}", "pdf" if p.type == "pdf" else "image")
        for line in lines
        for p in line.papers
        if p.file
    ]
    at = next((n for n, sheet in enumerate(sheets) if str(sheet.id) == wish), 0)
    if not sheets or not personal:
        return Viewer(None, 0, 0, None, None, closed=bool(sheets))
    return Viewer(
        sheets[at],
        at + 1,
        len(sheets),
        sheets[at - 1].id if at else None,
        sheets[at + 1].id if at + 1 < len(sheets) else None,
    )
