"""The intake page's form: who stands there, the item's own questions, and the papers they brought."""

import base64
import hmac
from dataclasses import dataclass, field
from typing import Any

import orjson

from forms import Item, clean, parse_fields
from services.cases.filing import NotNeeded, Paper, check_filing
from services.cases.intake import Visitor
from services.errors import Invalid
from services.house import House
from services.law.roles import Actor
from web.uploads import Received, keep

_NAME = {"kind": "text", "name": "subject_name", "max_length": 100, "personal": True}
_PHONE = {
    "kind": "phone",
    "name": "subject_phone",
    "label": {"zh": "联系电话", "en": "Telephone"},
    "personal": True,
    "required": False,
}
_FIELDS = {
    "person": parse_fields(
        [
            {
                "kind": "id_document",
                "name": "subject_paper",
                "label": {"zh": "身份证件", "en": "Identity paper"},
            },
            {**_NAME, "label": {"zh": "姓名", "en": "Name"}},
            _PHONE,
        ]
    ),
    "organisation": parse_fields(
        [
            {
                "kind": "credit_code",
                "name": "subject_paper",
                "label": {"zh": "统一社会信用代码", "en": "Unified social credit code"},
            },
            {**_NAME, "label": {"zh": "单位名称", "en": "Name of the organisation"}},
            _PHONE,
        ]
    ),
}


@dataclass(slots=True)
class Intake:
    """A form as it came back: what to file, or what is wrong with it."""

    kind: str
    raw: dict[str, list[str]]
    papers: list[Paper] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)  # materials whose original was seen and not scanned
    visitor: Visitor | None = None
    problems: dict[str, Any] = field(default_factory=dict)
    refusal: NotNeeded | None = None

    @property
    def all_papers(self) -> list[Paper]:
        """A scan says more than a tick."""
        scanned = {paper.code for paper in self.papers}
        return self.papers + [Paper(code, source="seen") for code in self.seen if code not in scanned]


def kind_of(item: Item, wish: str) -> str:
    return wish if wish in item.audience else item.audience[0]


def visitor_fields(kind: str) -> tuple:
    return _FIELDS[kind]


async def read(house: House, clerk: Actor, item: Item, received: Received) -> Intake:
    """Files are kept at once, so that a mistake elsewhere on the page does not cost a second scan."""
    kind = kind_of(item, received.first("kind"))
    known = {m.code for m in item.materials if not m.shared}
    intake = Intake(kind, received.fields, seen=[c for c in received.fields.get("seen", []) if c in known])
    intake.papers = [
        paper for text in received.fields.get("kept", []) if (paper := _unpack(house, clerk, text))
    ]
    intake.papers += await keep(house, received)
    intake.visitor, wrong = read_visitor(kind, received.fields)
    intake.problems = wrong | dict(received.problems)
    return intake


def check(intake: Intake, item: Item) -> None:
    """Adds what the item's own questions and materials lack."""
    try:
        check_filing(item, own(item, intake.raw), intake.all_papers)
    except Invalid as invalid:
        intake.problems |= invalid.problems
    except NotNeeded as refusal:
        intake.refusal = refusal


def read_visitor(kind: str, raw: dict[str, list[str]]) -> tuple[Visitor | None, dict[str, Any]]:
    given = clean(_FIELDS[kind], raw)
    if given.problems:
        return None, dict(given.problems)
    paper = given.values["subject_paper"]
    id_type, number = (paper["type"], paper["number"]) if kind == "person" else ("credit_code", paper)
    return Visitor(
        kind, given.values["subject_name"], id_type, number, given.values.get("subject_phone", "")
    ), {}


def own(item: Item, raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """The answers to the item's own questions."""
    names = {name for f in item.questions + item.fields + item.signing for name in f.raw_names()}
    return {name: values for name, values in raw.items() if name in names}


def pack(house: House, clerk: Actor, paper: Paper) -> str:
    """A kept file as a hidden field, sealed against change: only this clerk's own uploads come back."""
    body = orjson.dumps([clerk.id, paper.code, paper.file, paper.name, paper.size, paper.type])
    return f"{_text(body)}.{_text(_seal(house, body))}"


def _unpack(house: House, clerk: Actor, text: str) -> Paper | None:
    try:
        body, seal = (base64.urlsafe_b64decode(part) for part in text.split("."))
    except ValueError:
        return None
    if not hmac.compare_digest(seal, _seal(house, body)):
        return None
    owner, code, file, name, size, type_ = orjson.loads(body)
    return Paper(code, "upload", file, name, size, type_) if owner == clerk.id else None


def _seal(house: House, body: bytes) -> bytes:
    return house.vault.mac(body, purpose="intake-file")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()
