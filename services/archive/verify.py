"""What a package proves by itself: each check in one line, the first broken one last. No database, no network."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import Certificate

from forms import Item, sm3
from services.archive import metadata
from services.archive.box import MANIFEST, SEAL, SIGNATURE, SUMS, pack, spans, sums
from services.archive.gather import EVENTS, FORMAT, ITEM, PRIVATE
from services.cases.private import commitment
from services.law import chain
from services.law.notices import read_text
from services.signing.seals import common_name, is_demo


class Broken(Exception):
    """A check that does not hold; the message names the part."""


@dataclass(frozen=True, slots=True)
class Check:
    holds: bool
    name: str
    said: str


@dataclass
class Opened:
    content: bytes
    parts: Mapping[str, bytes]
    roots: Sequence[Certificate]
    root: Certificate | None = None  # the signature's, once it was checked

    @property
    def manifest(self) -> dict[str, Any]:
        return orjson.loads(self.parts[MANIFEST])

    @property
    def case(self) -> dict[str, Any]:
        return orjson.loads(self.parts[metadata.CASE])

    @property
    def events(self) -> list[chain.Event]:
        return [chain.read(line) for line in self.parts[EVENTS].splitlines()]


def verify(content: bytes, roots: Sequence[Certificate] = ()) -> Iterator[Check]:
    """Until the first check that fails. With `roots`, the manifest must be signed under one of them."""
    opened: Opened | None = None
    for name, check in _CHECKS:
        try:
            if opened is None:
                opened = Opened(content, _open(content), roots)
            yield Check(True, name, check(opened))
        except Broken as broken:
            yield Check(False, name, str(broken))
            return
        except Exception as fault:  # a damaged file breaks its readers in any way
            yield Check(False, name, f"cannot be read: {fault}")
            return


def _open(content: bytes) -> dict[str, bytes]:
    try:
        box = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise Broken(f"the ZIP's directory: {fault}") from None
    parts = {}
    with box:
        for name in box.namelist():
            try:
                parts[name] = box.read(name)
            except Exception as fault:
                raise Broken(f"{name}: {fault}") from None
    for name in SEAL:
        if name not in parts:
            raise Broken(f"{name} is missing")
    return parts


def _container(opened: Opened) -> str:
    """A ZIP can hide things between its parts: made again from them, it must be the same file."""
    at = 0
    for piece in pack(opened.parts.items()):
        if opened.content[at : at + len(piece)] != piece:
            raise Broken(_where(opened, at, piece))
        at += len(piece)
    if at != len(opened.content):
        raise Broken(f"{len(opened.content) - at} bytes follow the ZIP's directory")
    return f"{len(opened.parts)} parts and nothing else, {at:,} bytes"


def _where(opened: Opened, at: int, piece: bytes) -> str:
    here = opened.content[at : at + len(piece)]
    same = next((n for n, (a, b) in enumerate(zip(here, piece, strict=False)) if a != b), len(here))
    places = spans((name, len(part)) for name, part in opened.parts.items())
    return next(
        (f"{name}: its heading in the ZIP" for name, span in places.items() if at + same in span),
        "the ZIP's directory",
    )


def _sums(opened: Opened) -> str:
    if opened.parts[SUMS] != sums(opened.parts):
        listed = dict(reversed(line.split("  ")) for line in opened.parts[SUMS].decode().splitlines())
        for name in (MANIFEST, SIGNATURE):
            if listed.get(name) != sm3(opened.parts[name]).hex():
                raise Broken(f"{name}, or its sum in {SUMS}, was changed")
        raise Broken(f"{SUMS} was changed")
    return f"{MANIFEST} and {SIGNATURE} are as summed"


def _signature(opened: Opened) -> str:
    from services.signing.cms import check_detached  # late: it brings all of pyHanko

    manifest = opened.parts[MANIFEST]
    moment = datetime.fromisoformat(opened.manifest["made_at"])
    found = check_detached(opened.parts[SIGNATURE], manifest, moment, opened.roots)
    by = common_name(found.signer)
    if not found.holds:
        raise Broken(f"{SIGNATURE}: {MANIFEST} is not what {by} signed")
    if not found.trusted:
        raise Broken(f"{SIGNATURE}: {by} is not certified by a root that you believe")
    opened.root = found.root
    root = f"{common_name(found.root)}, SHA-256 {found.root.fingerprint(hashes.SHA256()).hex()[:16]}…"
    believed = "" if opened.roots else "; compare the root, or give it with --root"
    demo = "; a demonstration, of no legal force" if is_demo(found.signer) else ""
    return f"signed by {by} at {found.at}, certified by {root}{believed}{demo}"


def _parts(opened: Opened) -> str:
    manifest, withheld, missing = opened.manifest, 0, 0
    if manifest["format"] != FORMAT:
        raise Broken(f"{MANIFEST}: format {manifest['format']}; this program reads {FORMAT}")
    for line in manifest["parts"]:
        name, part = line["name"], opened.parts.get(line["name"])
        if line.get("missing"):
            missing += 1
        elif part is None:
            if not line["personal"]:
                raise Broken(f"{name} is missing")
            withheld += 1
        else:
            _summed(line, part)
    unlisted = opened.parts.keys() - {line["name"] for line in manifest["parts"]} - set(SEAL)
    if unlisted:
        raise Broken(f"{min(unlisted)} is not listed in {MANIFEST}")
    apart = f"; {withheld} personal ones withheld from this copy" if withheld else ""
    gone = f"; {missing} were not in the store any more when it was made" if missing else ""
    return f"{len(opened.parts) - len(SEAL)} parts have the listed size, SM3 and SHA-256{apart}{gone}"


def _summed(line: Mapping[str, Any], part: bytes) -> None:
    found = {"size": len(part), "sm3": sm3(part).hex(), "sha256": hashlib.sha256(part).hexdigest()}
    for what, value in found.items():
        if line[what] != value:
            raise Broken(f"{line['name']}: {what} is not the listed one")


def _log(opened: Opened) -> str:
    bodies = opened.parts[EVENTS].decode().splitlines()
    hashes_ = [chain.leaf(body.encode()) for body in bodies]
    head = bytes.fromhex(opened.manifest["head"])
    rows = zip(range(1, len(bodies) + 1), bodies, hashes_, strict=True)
    verdict = chain.verify(rows, head)
    if verdict.broken is not None or len(bodies) != opened.manifest["events"]:
        raise Broken(f"{EVENTS}: the chain breaks at event {verdict.broken or verdict.verified + 1}")
    others = {e.case_no for e in opened.events} - {opened.manifest["case"]}
    if others:
        raise Broken(f"{EVENTS}: events of another case")
    return f"{len(bodies)} events, each naming the hash of the one before, up to {head.hex()[:16]}…"


def _documents(opened: Opened) -> str:
    from services.signing.pdf import check_pdf  # late: it brings all of pyHanko

    listed = {d["id"]: d for d in opened.case["documents"]}
    roots, sealed, read = [*opened.roots, *([opened.root] if opened.root else [])], 0, 0
    moment = datetime.fromisoformat(opened.manifest["made_at"])
    for event in opened.events:
        if event.kind != "document_made":
            continue
        document = listed.get(event.data["document"])
        if document is None or document["file"] != event.data["file"]:
            raise Broken(f"{metadata.CASE}: document {event.data['number']} is not the one in the log")
        part = opened.parts.get(document["part"])
        if part is None:
            continue
        if sm3(part).hex() != event.data["file"]:
            raise Broken(f"{document['part']} is not the file that the log names")
        state = check_pdf(part, roots, moment).state
        if state not in ("valid", "unsigned"):
            raise Broken(f"{document['part']}: its seal is {state}")
        sealed, read = sealed + (state == "valid"), read + 1
    bare = f", {read - sealed} from before there were seals" if read > sealed else ""
    return f"{read} documents are those of the log, {sealed} with a valid seal{bare}"


def _materials(opened: Opened) -> str:
    parts = {m["part"]: m["file"] for m in opened.case["materials"] if m["part"]}
    named = {
        paper["file"] for event in opened.events for paper in event.data.get("papers", ()) if paper["file"]
    }
    lost = named - set(parts.values())
    if lost:
        raise Broken(f"{metadata.CASE}: a paper that the log names is not listed, SM3 {min(lost)[:16]}…")
    here = [name for name in parts if name in opened.parts]
    for name in here:
        if sm3(opened.parts[name]).hex() != parts[name]:
            raise Broken(f"{name} is not the paper that the log names")
    return f"{len(here)} of {len(parts)} papers are here and are those of the log"


def _rules(opened: Opened) -> str:
    item = Item.model_validate_json(opened.parts[ITEM])
    filed = opened.events[0].data
    if (item.code, item.version, item.hash) != (filed["item"], filed["version"], filed["item_hash"]):
        raise Broken(f"{ITEM} is not the version that the case was filed under")
    names = opened.case["calendars"]
    for name in names:
        read_text(opened.parts[name].decode(), name)
    return f"item {item.code} version {item.version} as filed under; {len(names)} notices of days off"


def _metadata(opened: Opened) -> str:
    case, manifest = opened.case, opened.manifest
    if (case["no"], case["events"], case["head"]) != tuple(manifest[k] for k in ("case", "events", "head")):
        raise Broken(f"{metadata.CASE} speaks of another case or another log")
    told = [(step["seq"], step["kind"]) for step in case["steps"]]
    if told != [(event.seq, event.kind) for event in opened.events]:
        raise Broken(f"{metadata.CASE}: its steps are not those of the log")
    for name, content in metadata.written(case).items():
        if opened.parts[name] != content:
            raise Broken(f"{name} does not say what {metadata.CASE} says")
    return "the XML files say what the log and case.json say"


def _private(opened: Opened) -> str:
    if PRIVATE not in opened.parts:
        return f"{PRIVATE} is withheld from this copy"
    kept, count = orjson.loads(opened.parts[PRIVATE])["events"], 0
    for event in opened.events:
        for name, value in event.data.items():
            if not (isinstance(value, dict) and set(value) == {"commitment"}):
                continue
            given = kept.get(str(event.seq), {}).get(name)
            if given is None:
                continue  # lawfully erased before the package was made
            if commitment(given["salt"], given["value"]) != value["commitment"]:
                raise Broken(f"{PRIVATE}: {name} of event {event.seq} is not what the log commits to")
            count += 1
    return f"{count} personal values are those that the log commits to"


_CHECKS: tuple[tuple[str, Callable[[Opened], str]], ...] = (
    ("file", _container),
    ("sums", _sums),
    ("signature", _signature),
    ("parts", _parts),
    ("log", _log),
    ("documents", _documents),
    ("papers", _materials),
    ("rules", _rules),
    ("metadata", _metadata),
    ("personal", _private),
)
