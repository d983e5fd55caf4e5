"""申请前的几个问题: what these answers call for, and how much of it the applicant is spared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms import WHICH_LICENCE, Charge, Field, Item, Limit, Material, Stop, charges, clean
from forms.pledges import PROMISE, WAY, by_promise


@dataclass(frozen=True, slots=True)
class Outlook:
    """`asked` counts the papers this kind of applicant would bring if nothing were shared and nothing promised."""

    complete: bool  # every question that decides something is answered
    stop: Stop | None
    hand_in: tuple[Material, ...]
    fetched: tuple[Material, ...]
    promised_away: tuple[Material, ...]
    perhaps: tuple[Material, ...]  # what only the form will tell
    asked: int
    limit: Limit
    fees: Sequence[Charge]

    @property
    def bring(self) -> int:
        """Papers to bring at least: of those of which one is enough, one; and none that may be left out."""
        return _count(self.hand_in)

    @property
    def spared(self) -> int:
        return self.asked - self.bring


def questions_of(item: Item) -> tuple[Field, ...]:
    """What decides, of what is asked before the form; which licence it is about is known only to whoever signs in."""
    return tuple(q for q in item.questions if q.name != WHICH_LICENCE.name)


def outlook(item: Item, raw: Mapping[str, Sequence[str]]) -> Outlook:
    """For answers as a browser sends them; what is not answered yet decides nothing."""
    questions = questions_of(item)
    cleaned = clean(questions, {q.name: list(raw.get(q.name, ())) for q in questions})
    values: dict[str, Any] = dict(cleaned.values)
    called = item.required_materials({k: v for k, v in values.items() if (k, v) != (WAY, PROMISE)})
    needed = item.required_materials(values)
    promised = by_promise(item, values)
    return Outlook(
        complete=not cleaned.problems,
        stop=item.stop(values),
        hand_in=tuple(m for m in needed if not m.shared),
        fetched=tuple(m for m in needed if m.shared),
        promised_away=tuple(m for m in called if m not in needed) if promised else (),
        asked=_count(called),
        limit=item.promised_for(promised),
        perhaps=tuple(m for m in item.materials if m not in needed and _hangs_on_the_form(m, questions)),
        fees=(*charges(item, values, "acceptance"), *charges(item, values, "grant")),
    )


def _hangs_on_the_form(material: Material, questions: Sequence[Field]) -> bool:
    asked = {q.name for q in questions}
    return material.when is not None and any(name not in asked for name, _ in material.when.comparisons())


def _count(materials: Sequence[Material]) -> int:
    asked = [m for m in materials if m.need != "optional"]
    return len({m.group or m.code for m in asked})
