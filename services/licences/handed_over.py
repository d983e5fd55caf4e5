"""A department's file of licences (证照归集), checked whole: YAML with a list of records, or one JSON object a line.

Pure but for the day it is given. docs/e-licences.md shows a record.
"""

import json
from datetime import date
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from services.law.e_licences import STATES
from services.law.licence_ids import LicenceId, read_licence_id
from services.people.papers import CODES, CREDIT_CODE, paper_code
from services.store.crypto import normalise

MOST = 10_000  # records of one file: it is taken in as one transaction
_LONG_TERM = ("长期", "long-term", None, "")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class BadLicences(ValueError):
    """Nothing of the file was taken in. `remarks`: each names the record, the key and the remedy, and no value."""

    def __init__(self, remarks: list[str]) -> None:
        super().__init__("; ".join(remarks))
        self.remarks = remarks


class Holder(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    type: Literal[tuple(CODES)]  # type: ignore[valid-type]
    number: Words
    name: Words

    @property
    def kind(self) -> str:
        return "organisation" if paper_code(self.type) == CREDIT_CODE else "person"


class Record(BaseModel):
    """One licence as handed over. `as_of`: the day that the department's data is of."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    identifier: Words
    name: Words
    number: Words
    issuer_name: Words
    holder: Holder
    issued_on: date
    valid_from: date | None = None
    valid_until: Annotated[date | None, BeforeValidator(lambda given: None if given in _LONG_TERM else given)]
    state: str
    state_note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    previous: str | None = None
    trust: Literal["A", "B", "C", "D"]
    as_of: date
    contents: dict[Words, Words] = Field(default={}, max_length=40)

    @property
    def id(self) -> LicenceId:
        found = read_licence_id(self.identifier)
        assert found
        return found

    @property
    def since(self) -> date:
        return self.valid_from or self.issued_on

    def metadata(self) -> dict[str, Any]:
        """As it is kept, digested and signed."""
        parts = {"type": self.id.type, "issuer": self.id.issuer, "version": self.id.version}
        return self.model_dump(mode="json") | {"valid_from": self.since.isoformat()} | parts


def read_records(text: str, today: date) -> list[Record]:
    """Raises BadLicences."""
    remarks: list[str] = []
    found = [record for n, given in enumerate(_given(text), 1) if (record := _one(n, given, today, remarks))]
    seen: set[str] = set()
    for n, record in enumerate(found, 1):
        if record.identifier in seen:
            remarks.append(f"record {n}, identifier: stands in the file twice; hand over one record of it")
        seen.add(record.identifier)
    if remarks:
        raise BadLicences(remarks)
    return found


def _given(text: str) -> list[Any]:
    try:
        if text.lstrip().startswith("{"):
            given = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            given = yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as wrong:
        raise BadLicences([f"the file is neither YAML nor one JSON object a line: {_where(wrong)}"]) from None
    if not isinstance(given, list) or not given:
        raise BadLicences(["the file holds no list of records: begin each with “- identifier:”"])
    if len(given) > MOST:
        raise BadLicences([f"{len(given)} records: hand over at most {MOST} a file"])
    return given


def _where(wrong: Exception) -> str:
    """The place and not the text: what stands there is personal."""
    mark = getattr(wrong, "problem_mark", None)
    line = mark.line + 1 if mark else getattr(wrong, "lineno", 1)
    return f"line {line}"


def _one(n: int, given: Any, today: date, remarks: list[str]) -> Record | None:
    try:
        record = Record.model_validate(given)
    except ValidationError as wrong:
        for error in wrong.errors(include_input=False, include_url=False):
            key = ".".join(map(str, error["loc"])) or "record"
            remarks.append(f"record {n}, {key}: {error['msg']}")
        return None
    wrong_here = list(_remarks(record, today))
    remarks.extend(f"record {n}, {said}" for said in wrong_here)
    return None if wrong_here else record


def _remarks(record: Record, today: date):
    named = read_licence_id(record.identifier)
    if named is None:
        yield "identifier: is no e-licence identifier, or its check character does not agree; copy it again"
    elif record.holder.kind == "person" and normalise(record.holder.number) in named.serial:
        yield "identifier: its serial holds the person's number, which everybody would read; use another serial"
    if record.previous and read_licence_id(record.previous) is None:
        yield "previous: is no e-licence identifier, or its check character does not agree"
    if record.previous == record.identifier:
        yield "previous: names the licence itself; leave it out"
    if record.state not in STATES:
        yield f"state: must be one of {', '.join(STATES)}, in quotation marks"
    elif STATES[record.state].described and not record.state_note:
        yield f"state_note: state {record.state} must say in words what it means"
    if record.valid_until and record.valid_until < record.since:
        yield "valid_until: lies before the first day; for a licence without an end write 长期"
    if record.issued_on > today:
        yield "issued_on: lies in the future"
    if record.as_of > today:
        yield "as_of: lies in the future; write the day that the data is of"
