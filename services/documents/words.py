"""Turns of phrase that several documents share."""

from collections.abc import Iterable
from datetime import date

from forms import Item
from forms.documents.press import chinese_date
from forms.fields import Field
from forms.fields.identities import ID_TYPES
from forms.parts import Basis, Limit
from services.law.clock_words import amount
from services.law.commands import COMMANDS
from services.people.papers import CREDIT_CODE, WORDS

ONLINE = "登录政务服务网，凭办件编号和查询码查询办理进度；也可以拨打咨询电话。"


def cited(basis: Iterable[Basis]) -> str:
    """Laws and articles as documents cite them. What nobody has checked against its text is not cited."""
    by_law: dict[str, list[str]] = {}
    for each in basis:
        if each.verified:
            by_law.setdefault(each.law, []).append(each.article)
    return "、".join(f"《{law}》{'、'.join(articles)}" for law, articles in by_law.items())


def item_basis(item: Item) -> str:
    """An item of whose laws nobody has read any says so: a document never passes on what was not checked as if it were."""
    return cited(item.basis) or "、".join(f"《{b.law}》（未核对）" for b in item.basis)


# What is granted where it is no licence, by the type in the base code (事项类型).
_ACTS = {"05": "给付", "20": "办理"}


def act_words(item: Item) -> str:
    return "登记" if "登记" in item.name.zh else _ACTS.get(item.catalog_code[2:4], "登记")


def limit_words(limit: Limit) -> str:
    if limit.unit == "months":  # what is left of them is counted in days, which is what `amount` says
        return limit.words.zh
    return amount(limit.n, limit.unit, "zh").replace(" ", "") if limit.n else "当场办结"


def unchecked(basis: str, verified: bool) -> str:
    """A basis that nobody has read in its text says so, once."""
    return basis if verified or "未核对" in basis else f"{basis}（未核对）"


def choice_words(command: str, field: str, value: str) -> str:
    """The label that the clerk picked."""
    return _field(COMMANDS[command].fields, field).show(value)


def _field(fields: Iterable[Field], name: str) -> Field:
    return next(f for f in fields if f.name == name)


def paper_words(code: str | None) -> str:
    """What a kind of identity paper is called, by its stored code."""
    if code == CREDIT_CODE:
        return "统一社会信用代码"
    return ID_TYPES[WORDS[code]].zh if code else "证件号码"


def day(iso: str) -> str:
    return chinese_date(date.fromisoformat(iso))


def rows(*given: tuple[str, str | None]) -> tuple[dict[str, str], ...]:
    """Particulars; what has no value is left out."""
    return tuple({"label": label, "value": value} for label, value in given if value)


def passages(*given: tuple[str, str | None]) -> tuple[dict[str, str], ...]:
    return tuple({"heading": heading, "text": text} for heading, text in given if text)
