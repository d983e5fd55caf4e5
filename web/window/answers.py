"""What the applicant filled in, as a list to read."""

from typing import NamedTuple

from forms import Item, applies
from services.law.roles import Actor, Role
from web.i18n import pick
from web.parts import Row
from web.window.bench import Bench

HIDDEN = {"zh": "（保密，不显示）", "en": "(kept confidential)"}


class Section(NamedTuple):
    title: str
    rows: list[Row]


def answers(bench: Bench, actor: Actor, lang: str) -> list[Section]:
    """Sections with their rows. A field that does not apply to these answers is not there."""
    hide = not bench.reader.personal or (bench.case.kind == "order" and _secret(bench, actor))
    values = bench.answers

    def row(field) -> Row:
        value = values.get(field.name)
        if hide and value not in (None, "") and (field.personal or field.always_personal):
            return Row(field.label, HIDDEN)
        return Row(field.label, field.show(value, lang) if value is not None else "")

    sections = _sections(bench.item, lang)
    return [
        Section(title, [row(f) for f in asked])
        for title, fields in sections
        if (asked := [f for f in fields if applies(f.when, values)])
    ]


def _sections(item: Item, lang: str) -> list[tuple[str, tuple]]:
    first = [(pick({"zh": "情形", "en": "Situation"}, lang), item.questions)]
    return first + [(pick(section.title, lang), section.fields) for section in item.form]


def _secret(bench: Bench, actor: Actor) -> bool:
    """举报一律保密; others on request. The responding unit then sees neither name nor telephone."""
    asked = bench.answers.get("confidential") is True or bench.answers.get("category") == "report"
    return asked and not actor.has(Role.AGENT)
