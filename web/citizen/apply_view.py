"""What the pages of an application share: the draft with its item, and what is still missing where."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import asyncpg

from forms import (
    WHICH_LICENCE,
    Cleaned,
    Field,
    Item,
    Material,
    Pledge,
    Text,
    applies,
    clean,
    pledges_of,
    signing,
)
from forms.fields import Choice, Option
from forms.parts import Section
from services import drafts
from services.cases.rounds import Paper
from services.catalogue.life import closed
from services.drafts import Draft
from services.house import House
from services.law.clock import legal_date
from services.law.policy import may_apply_for
from services.law.roles import Actor
from services.licences.acting import open_to
from services.licences.contents import read_contents
from services.licences.queries import licences_of
from services.licences.register import Licence
from services.people import MaskedSubject, masked_view, unmasked
from services.people.applicants import refused_alone
from services.people.further_papers import all_papers
from web.known_words import source_hint
from web.uploads import PREFIX

Problems = dict[str, Mapping[str, str]]

MANY_SECTIONS, MANY_FIELDS = 3, 12


@dataclass
class Sheet:
    """A draft as its pages see it."""

    draft: Draft
    item: Item
    closed: Mapping[str, str] | None = (
        None  # why nothing can be filed today; a correction goes on all the same
    )

    @cached_property
    def cleaned(self) -> Cleaned:
        return clean(self.item.questions + self.item.fields, self.draft.raw)

    @property
    def values(self) -> dict[str, Any]:
        return self.cleaned.values

    @property
    def renewed(self) -> bool:
        """The item has a newer version than the one this draft was begun under."""
        return self.draft.item_version != self.item.version

    @property
    def declarations(self) -> tuple[Field, ...]:
        """真实性声明 and the like stand last, right above the button that files."""
        return tuple(f for f in self.item.fields if f.kind == "declaration" and f.when is None)

    @property
    def pledges(self) -> tuple[Pledge, ...]:
        """承诺书 that these answers and papers call for."""
        return pledges_of(self.item, self.values, {p.code for p in self.draft.papers})

    @property
    def signing(self) -> tuple[Field, ...]:
        return signing(self.pledges)

    def drawn(self, fields: Iterable[Field]) -> list[Field]:
        """What the form asks now: a field whose condition does not hold is not there."""
        last = self.declarations
        return [f for f in fields if f not in last and applies(f.when, self.values)]

    @property
    def long(self) -> bool:
        """For several sittings: a page a section, and a list that says how far each is. A short form is one page."""
        return len(self.item.form) >= MANY_SECTIONS and len(self.drawn(self.item.fields)) > MANY_FIELDS

    def sections(self) -> list[tuple[int, Section]]:
        """Those that ask something now, with their place in the item."""
        return [(n, s) for n, s in enumerate(self.item.form) if self.drawn(s.fields)]

    @cached_property
    def unanswered(self) -> dict[str, str]:
        """Shared materials, by code, whose register does not answer just now, and why."""
        return drafts.unanswered(self.draft, self.item)

    @cached_property
    def uploads(self) -> tuple[Material, ...]:
        """Materials that the applicant hands in, for these answers; or may, where no register stands for them."""
        asked = self.item.required_materials(self.values)
        return tuple(m for m in asked if not m.shared or m.code in self.unanswered)

    @cached_property
    def shared(self) -> tuple[Material, ...]:
        asked = self.item.required_materials(self.values)
        return tuple(m for m in asked if m.shared and m.code not in self.unanswered)

    def papers_of(self, code: str) -> list[Paper]:
        return [p for p in self.draft.papers if p.code == code]

    @property
    def untouched(self) -> list[Material]:
        """What the notice names, and nothing new is there for. It may be meant so: it is said, and not refused."""
        named = [m for m in self.uploads if self.draft.defects_of(m.code)]
        return [m for m in named if all(p.source == "carried" for p in self.papers_of(m.code))]

    def label(self, code: str) -> Text:
        """What a field or a material is called; a correction notice names either."""
        named = {f.name: f.label for f in self.item.fields} | {m.code: m.name for m in self.item.materials}
        return named[code]

    def start_problems(self) -> Problems:
        found = {q.name: p for q in self.item.questions if (p := self.cleaned.problems.get(q.name))}
        if self.draft.applicant_id is None and WHICH_LICENCE.name not in found:
            found["applicant"] = {"zh": "请选择申请人。", "en": "Choose who applies."}
        return found

    def form_problems(self) -> Problems:
        asked = {name for f in self.drawn(self.item.fields) for name in (f.name, *f.raw_names())}
        return {name: said for name, said in self.cleaned.problems.items() if name in asked}

    def paper_problems(self) -> Problems:
        gaps = self.item.missing(self.values, {p.code for p in self.draft.papers})
        return {f"{PREFIX}{gap['material']}": {"zh": gap["zh"], "en": gap["en"]} for gap in gaps}

    def to_file(self) -> list[Paper]:
        """What these answers call for: shared data, and of the uploads nothing that is not asked for any more."""
        asked = {m.code for m in self.uploads}
        given = [p for p in self.draft.papers if p.code in asked]
        # A shared paper that was not handed in either stays ours to fetch.
        ours = [
            m
            for m in self.item.required_materials(self.values)
            if m.shared and m.code not in {p.code for p in given}
        ]
        return [Paper(m.code, "shared") for m in ours] + given


def sheet_of(house: House, draft: Draft) -> Sheet:
    item = drafts.item_of(house, draft)
    return Sheet(draft, item, None if draft.case_no else closed(house, item))


def with_reasons(field: Field, draft: Draft) -> Field:
    """The field with what its answer is for (PIPL arts. 17, 30), and where we took it from."""
    more = [field.help or getattr(field, "hint", None)]
    if field.purpose:
        more.append(Text(zh=f"用途：{field.purpose.zh}", en=f"Used: {field.purpose.en}"))
    more.append(source_hint(draft, field.name))
    parts = [text for text in more if text]
    if not parts:
        return field
    return field.model_copy(
        update={"help": Text(zh="".join(t.zh for t in parts), en=" ".join(t.en for t in parts))}
    )


async def possible_applicants(
    conn: asyncpg.Connection, house: House, actor: Actor, item: Item
) -> list[MaskedSubject]:
    """Oneself and those one may apply for, as far as the item is for them; people before organisations."""
    whom = may_apply_for(actor, item.code, item.department) if item.delegable else actor.subjects
    if refusal := await refused_alone(conn, house, actor, item):
        whom -= {refusal.subject_id}
    known = [await masked_view(conn, house.vault, id_) for id_ in whom]
    return sorted((s for s in known if s.kind in item.audience), key=lambda s: (s.kind != "person", s.name))


async def choose_applicant(
    conn: asyncpg.Connection, house: House, draft: Draft, item: Item, subject_id: str
) -> None:
    """The caller has made sure that the actor may act for them: it is their own data that is filled in."""
    if draft.applicant_id != subject_id:
        draft.applicant_id = subject_id
        subject = await unmasked(conn, house.vault, subject_id)
        drafts.prefill(draft, item, subject, await all_papers(conn, house.vault, subject))


async def choose_licence(
    conn: asyncpg.Connection, house: House, draft: Draft, item: Item, number: str
) -> None:
    """What the licence states is filled in, to be changed where it changes. The caller knows that it is theirs."""
    draft.raw[WHICH_LICENCE.name] = [number]
    stated = await read_contents(conn, house, number)
    for field in item.fields:
        if field.kind == "declaration" or field.name not in stated:
            continue
        if drafts.open_to(draft, field, "licence"):
            drafts.put(draft, field, drafts.Fact((stated[field.name],), "licence"))


async def licence_question(
    conn: asyncpg.Connection, house: House, item: Item, subjects: Collection[str]
) -> Field | None:
    """The applicant's own licences to choose from: nobody types a number that the house knows."""
    if item.acts_on is None:
        return None
    today = legal_date(house.now())
    rows = [r for r in await licences_of(conn, subjects) if open_to(item, Licence.of(r), today)]
    options = [
        Option(
            value=r["number"],
            label=Text(zh=f"{r['number']}　{r['holder']}", en=f"{r['number']}　{r['holder']}"),
        )
        for r in rows
    ]
    if not options:
        return WHICH_LICENCE
    # A single licence is an option too; the kind of field only knows choices between two.
    label = Text(zh="哪一张证照？", en="Which licence?")
    return Choice.model_construct(
        kind="choice", name=WHICH_LICENCE.name, label=label, options=tuple(options), help=None, required=True
    )


def take(draft: Draft, fields: Sequence[Field], given: Mapping[str, list[str]]) -> None:
    """Put what was typed in these fields in place of what was there; scrubbed, but not judged."""
    typed = clean(fields, given).raw
    for field in fields:
        for name in field.raw_names():
            draft.raw.pop(name, None)
            if name in typed:
                draft.raw[name] = typed[name]
