"""Where a prefilled value comes from, and which source goes before which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forms import Field, Item, Material, clean, to_raw
from services.drafts.store import Draft
from services.registries.exchange import register_of

# A later one replaces an earlier one, and a fresher value of the same one, while nobody has touched it; what was typed
# is never replaced.
RANKS = ("account", "earlier", "register", "licence")

# Which query answers which path, under which key of its answer.
ANSWERED_BY: dict[str, tuple[str, str]] = {
    "person.name": ("population.identity", "name"),
    "person.document": ("population.identity", "document"),
    "person.birth": ("population.identity", "birth"),
    "person.sex": ("population.identity", "sex"),
    "person.address": ("population.household", "address"),
    "person.region": ("population.household", "region"),
    "organisation.name": ("legal-persons.registration", "name"),
    "organisation.credit_code": ("legal-persons.registration", "credit_code"),
    "organisation.address": ("legal-persons.registration", "address"),
    "organisation.region": ("legal-persons.registration", "region"),
    "organisation.scope": ("legal-persons.registration", "scope"),
    "organisation.legal_representative.name": ("legal-persons.representative", "name"),
    "organisation.legal_representative.document": ("legal-persons.representative", "document"),
    "organisation.staff_count": ("legal-persons.annual-report", "staff_count"),
    "organisation.sells_online": ("legal-persons.annual-report", "sells_online"),
    "organisation.online_shop": ("legal-persons.annual-report", "online_shop"),
}
# Registers that ask for a person's number, and those that ask for an organisation's; any other takes either.
_ABOUT = {
    "population": "person",
    "civil-affairs": "person",
    "health": "person",
    "legal-persons": "organisation",
}
_SEXES = {"male": ("male", "男"), "female": ("female", "女")}


@dataclass(frozen=True, slots=True)
class Fact:
    """`values`: the same thing as several kinds of field would take it; the first that fits is used. `on`: its day."""

    values: tuple[Any, ...]
    source: str  # one of RANKS
    query: str = ""
    on: date | None = None

    def told(self) -> dict[str, str]:
        return {"source": self.source, "query": self.query, "on": self.on.isoformat() if self.on else ""}


@cache
def _older_items() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return yaml.safe_load((Path(__file__).parent / "known.yaml").read_text(encoding="utf-8"))


def path_of(item: Item, field: Field) -> str | None:
    """What the one number knows that this field asks for."""
    return field.known or _older_items().get(item.family, {}).get("fields", {}).get(field.name)


def exchange_of(item: Item, material: Material) -> str | None:
    """The query that stands for this material."""
    return material.exchange or _older_items().get(item.family, {}).get("materials", {}).get(material.code)


def queries_of(item: Item, kind: str) -> list[str]:
    """What to ask of an applicant of this kind: what the form and its shared papers want, and nothing else.

    Personal Information Protection Law art. 6: no more than the purpose needs.
    """
    paths = (path_of(item, field) for field in item.fields)
    wanted = [ANSWERED_BY[path][0] for path in paths if path in ANSWERED_BY]
    wanted += [query for m in item.materials if m.shared and (query := exchange_of(item, m))]
    return [q for q in dict.fromkeys(wanted) if registers_know(q, kind)]


def registers_know(query: str | None, kind: str) -> bool:
    """Whether this can be asked about a person, or about an organisation."""
    return query is not None and _ABOUT.get(register_of(query), kind) == kind


def facts_in(query: str, answer: Mapping[str, Any], as_of: date) -> dict[str, Fact]:
    """An answer by the paths that fields name."""
    return {
        path: Fact(
            _SEXES.get(answer[key], (answer[key],)) if key == "sex" else (answer[key],),
            "register",
            query,
            as_of,
        )
        for path, (asked, key) in ANSWERED_BY.items()
        if asked == query and answer.get(key) not in (None, "")
    }


def lay_over(draft: Draft, item: Item, facts: Mapping[str, Fact]) -> None:
    """Fill in what is known and nobody has typed. A value that the field itself would refuse is not known."""
    for field in item.fields:
        fact = facts.get(path_of(item, field) or "")
        if fact and open_to(draft, field, fact.source):
            put(draft, field, fact)


def put(draft: Draft, field: Field, fact: Fact) -> bool:
    """False if none of its values fits."""
    alone = field.model_copy(update={"when": None})
    for value in fact.values:
        raw = to_raw([alone], {field.name: value})
        cleaned = clean([alone], raw)
        if cleaned.ok and cleaned.values:
            draft.raw.update(cleaned.raw)
            draft.prefilled.update(cleaned.raw)
            draft.sources[field.name] = fact.told()
            return True
    return False


def open_to(draft: Draft, field: Field, source: str) -> bool:
    """Empty and never emptied by hand, or filled in by us from no better source and not changed since."""
    names = field.raw_names()
    ours = _ours(draft, names)
    if not any(name in draft.raw for name in names):
        return not ours
    if not all(draft.raw.get(name) == draft.prefilled.get(name) for name in names):
        return False
    had = draft.sources.get(field.name, {}).get("source", RANKS[0])
    return RANKS.index(source) >= RANKS.index(had)


def _ours(draft: Draft, names: Iterable[str]) -> bool:
    return any(name in draft.prefilled for name in names)
