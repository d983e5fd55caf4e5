"""Evidence: the exact bytes of an event and their hash.

An event's body names the hash of the one before it, so a body can't be changed, dropped or moved without every
later hash changing too. The hash is also a leaf in the sense of RFC 6962 (0x00 prefix), ready for a Merkle tree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from forms.digest import sm3

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a case's log. `data` holds no personal data, only commitments to it."""

    case_no: str
    seq: int
    key: str  # unique within the case: what makes a repeat a repeat
    kind: str
    at: datetime  # the instant, aware
    on: date  # the legal date, Asia/Shanghai
    actor: str
    role: str
    task: str | None
    data: dict[str, Any]

    def body(self, prev: bytes) -> bytes:
        """The canonical bytes: what is hashed is what is stored."""
        return orjson.dumps(
            {
                "v": 1,
                "case": self.case_no,
                "seq": self.seq,
                "prev": prev.hex(),
                "key": self.key,
                "kind": self.kind,
                "at": self.at,
                "on": self.on,
                "actor": self.actor,
                "role": self.role,
                "task": self.task,
                "data": self.data,
            },
            option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z,
        )


def leaf(body: bytes) -> bytes:
    return sm3(b"\x00" + body)


def read(body: bytes | str) -> Event:
    raw = orjson.loads(body)
    return Event(
        case_no=raw["case"],
        seq=raw["seq"],
        key=raw["key"],
        kind=raw["kind"],
        at=datetime.fromisoformat(raw["at"]),
        on=date.fromisoformat(raw["on"]),
        actor=raw["actor"],
        role=raw["role"],
        task=raw["task"],
        data=raw["data"],
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """`verified`: events 1..n hold. `broken`: the first one that does not, or None."""

    verified: int
    broken: int | None
    head: bytes


def verify(rows: Iterable[tuple[int, str, bytes]], head: bytes) -> Verdict:
    """Check (seq, body, hash) rows in order against each other and against the head the case row keeps."""
    prev, n = GENESIS, 0
    for seq, body, digest in rows:
        if seq != n + 1 or not _follows(body, seq, prev) or leaf(body.encode()) != digest:
            return Verdict(n, n + 1, prev)
        prev, n = digest, seq
    return Verdict(n, None if prev == head else n + 1, prev)


def _follows(body: str, seq: int, prev: bytes) -> bool:
    try:
        raw = orjson.loads(body)
        return raw["seq"] == seq and raw["prev"] == prev.hex()
    except (ValueError, KeyError, TypeError):
        return False  # not even an event any more
