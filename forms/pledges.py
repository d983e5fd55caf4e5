"""承诺书: what an applicant signs instead of handing something in.

A promise to meet the conditions (告知承诺) stands for their proof; a promise to supply (容缺受理) for papers that follow.
Each is one declaration, and one name signs them all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from forms.fields import Choice, Declaration, Field, Option, TextField
from forms.parts import Gaps, Promise
from forms.text import Text

if TYPE_CHECKING:
    from forms.item import Item

WAY, PROMISE = "way", "promise"
_OTHERWISE = {
    "terminate": Text(zh="同意终止本次办理", en="this application ends"),
    "refuse": Text(zh="由审批机关依法不予许可", en="the authority refuses it"),
}
TITLES = {
    "promise": Text(zh="告知承诺书", en="Letter of promise"),
    "gaps": Text(zh="容缺受理承诺书", en="Promise to supply papers later"),
}
SIGNER = TextField(
    kind="text",
    name="signer",
    label=Text(zh="签署人姓名", en="Name of whoever signs"),
    help=Text(zh="填写您的姓名，与手写签名具有同样效力。", en="Your name; it counts as your signature."),
    max_length=60,
    personal=True,
    purpose=Text(zh="签署承诺书", en="to sign the promise"),
    autocomplete="name",
)


@dataclass(frozen=True)
class Pledge:
    """One promise to sign. `materials`: codes of the papers that are to follow."""

    kind: Literal["promise", "gaps"]
    statement: Text
    materials: tuple[str, ...] = ()

    @property
    def field(self) -> Declaration:
        return Declaration(
            kind="declaration", name=f"{self.kind}_signed", label=TITLES[self.kind], statement=self.statement
        )


def way_question(promise: Promise) -> Choice:
    """Whoever does not choose goes the ordinary way: a promise is voluntary."""
    ordinary = Option(value="ordinary", label=Text(zh="一般程序", en="The ordinary way"))
    promised = Option(value=PROMISE, label=Text(zh="告知承诺", en="On a promise"))
    return Choice(
        kind="choice", name=WAY, label=Text(zh="用哪种方式办理？", en="Which way do you choose?"), help=promise.help,
        required=False, options=(ordinary, promised),
    )  # fmt: skip


def by_promise(item: "Item", values: Mapping[str, Any]) -> bool:
    return item.promise is not None and values.get(WAY) == PROMISE


def pledges_of(item: "Item", values: Mapping[str, Any], have: Collection[str]) -> tuple[Pledge, ...]:
    """What must be signed with these answers and papers."""
    found = []
    if item.promise and by_promise(item, values):
        found.append(promise_pledge(item.promise))
    late = tuple(
        m.code for m in item.required_materials(values) if m.need == "late" and not m.shared and m.code not in have
    )  # fmt: skip
    if item.gaps and late:
        found.append(gaps_pledge(item, item.gaps, late))
    return tuple(found)


def signing(pledges: Collection[Pledge]) -> tuple[Field, ...]:
    return (*(p.field for p in pledges), SIGNER) if pledges else ()


def signing_of(item: "Item") -> tuple[Field, ...]:
    """Everything that may have to be signed for this item, for whoever asks before the answers are there."""
    possible = []
    if item.promise:
        possible.append(promise_pledge(item.promise))
    if item.gaps:
        late = tuple(m.code for m in item.materials if m.need == "late")
        possible.append(gaps_pledge(item, item.gaps, late))
    return tuple(f.model_copy(update={"required": False}) for f in signing(possible))


def promise_pledge(promise: Promise) -> Pledge:
    said, then = promise.statement, promise.consequence
    return Pledge("promise", Text(zh=said.zh + then.zh, en=f"{said.en} {then.en}"))


def gaps_pledge(item: "Item", gaps: Gaps, codes: Collection[str]) -> Pledge:
    names = [item.material(code).name for code in codes]
    span, then = gaps.limit.words, _OTHERWISE[gaps.otherwise]
    return Pledge(
        "gaps",
        Text(
            zh=f"我（单位）承诺自受理之日起{span.zh}内补交：{'、'.join(n.zh for n in names)}。逾期未补交的，{then.zh}。",
            en=f"I promise to supply within {span.en} of acceptance: {', '.join(n.en for n in names)}. "
            f"If I do not, {then.en}.",
        ),
        tuple(codes),
    )
