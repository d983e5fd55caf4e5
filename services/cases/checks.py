"""What the law asks of an act's content, beyond its fields' own checks. Pure; raises Invalid."""

from collections.abc import Mapping, Sequence
from typing import Any

from forms import Item, clean
from services.errors import Invalid
from services.law.commands import Command

_LONGEST = 500
_BY_TWO = ("record_site_check", "confirm_kept", "order_rectification", "find_broken")
# Licence Law art. 32(2): whoever has not the power says who has.
_WHERE_THEN = {"zh": "请写明应当向哪个机关申请", "en": "Name the body to apply to"}


def check(
    command: Command, raw: Mapping[str, list[str]], defects: Sequence[Mapping[str, str]], item: Item
) -> dict[str, Any]:
    """The clean values of an act, or Invalid with a problem per field."""
    result = clean(command.fields, raw)
    problems = dict(result.problems)
    values = dict(result.values)
    if command.code == "request_correction":
        values["items"] = _defects(defects, item, problems)
    if (
        command.code == "decline"
        and values.get("category") == "not_ours"
        and not values.get("competent_body")
    ):
        problems["competent_body"] = _WHERE_THEN
    if command.code in _BY_TWO:
        _two_officers(values, problems)
    if problems:
        raise Invalid(problems)
    return values


def _defects(
    lines: Sequence[Mapping[str, str]], item: Item, problems: dict[str, dict[str, str]]
) -> list[dict[str, str]]:
    """Licence Law art. 32(4): everything to correct, at once; each line names a thing on the list and its defect."""
    known = {m.code for m in item.materials} | {f.name for f in item.fields}
    defects = [
        {k: str(line.get(k, ""))[:_LONGEST].strip() for k in ("code", "defect", "fix")} for line in lines
    ]
    if not defects or any(d["code"] not in known or not d["defect"] for d in defects):
        problems["items"] = {
            "zh": "请勾选需要补正的材料或内容，并写明每一项的问题",
            "en": "Tick what must be corrected and say what is wrong with each",
        }
    return defects


def _two_officers(values: Mapping[str, Any], problems: dict[str, dict[str, str]]) -> None:
    # Licence Law art. 34 para 3: a field check is made by two or more officers.
    if "officer_2" in values and _plain(values.get("officer_1")) == _plain(values["officer_2"]):
        problems["officer_2"] = {
            "zh": "现场核查须两名以上工作人员",
            "en": "A site check takes two different officers",
        }


def _plain(name: Any) -> str:
    return "".join(str(name).split()).upper()
