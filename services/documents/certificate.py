"""证照: what a grant leaves behind. It hangs on a wall, so it says who, where and what, and nothing of the case."""

from typing import Any

from forms import Item
from forms.documents.press import chinese_date
from forms.fields import Field, Group
from services.cases.histories import Told
from services.documents.story import Story
from services.documents.words import paper_words
from services.law.licence_ids import licence_identifier

Rows = list[dict[str, str]]

# Answers that belong on a certificate, whatever the item. An item that asks for none of these prints every public one.
_PRINTED = (
    "premises_name",
    "business_name",
    "holder_name",
    "premises_address",
    "current_address",
    "category",
    "operation",
    "scope",
    "vehicles",
    "funds",
    "resident_since",
)


_COPIES = {"reissued": "正本·补发"}


def licence(story: Story, told: Told) -> dict[str, Any]:
    issued, item = story.licence, story.item
    assert issued is not None
    assert item.result is not None
    number = issued["number"]
    credit_code = item.result.number == "credit_code"
    return {
        "title": item.result.name.zh,
        "number": number,
        "number_label": _number_label(item, credit_code),
        "copy_name": _COPIES.get(issued["turn"], "正本"),
        "rows": tuple(_holder(story, credit_code) + stated_rows(story.main, story.stated)),
        "side_rows": tuple(_dates(issued)),
        "identifier": licence_identifier(
            item.result.licence_type, item.department, number, issued["version"]
        ),
    }


def _number_label(item: Item, credit_code: bool) -> str:
    if credit_code:
        return "统一社会信用代码"
    return "许可证编号" if item.kind == "licence" else "证件编号"


def _holder(story: Story, individual: bool) -> Rows:
    subject = story.subject
    if subject is None:
        return [_row("持证人", story.applicant)]
    if subject.kind == "person":
        if individual:
            return [
                _row("经营者", story.applicant)
            ]  # a business licence hangs in the shop: no number of a person
        return [_row("申领人", story.applicant), _row(paper_words(subject.id_type), subject.id_number)]
    rows = [_row("经营者名称", story.applicant), _row(paper_words(subject.id_type), subject.id_number)]
    if story.representative:
        rows.append(_row("法定代表人", story.representative))
    return rows


def stated_rows(item: Item, answers: dict[str, Any]) -> Rows:
    """What was answered, as far as it belongs on the paper."""
    given = {f.name: f for f in item.fields if answers.get(f.name) not in (None, "")}
    names = [n for n in _PRINTED if n in given]
    names = names or [n for n, f in given.items() if not f.personal and f.kind != "declaration"]
    return [_row(given[n].label.zh, _said(given[n], answers[n])) for n in names]


def _said(field: Field, value: Any) -> str:
    """Of rows only what each is called by, its first answer: a certificate has room for twenty number plates."""
    if not isinstance(field, Group):
        return field.show(value)
    first = field.fields[0]
    return "、".join(first.show(row.get(first.name)) for row in value)


def _dates(issued: Any) -> Rows:
    rows = [_row("发证日期", chinese_date(issued["on_day"]))]
    if issued["on_day"] != issued["issued_on"]:
        rows.append(_row("首次发证", chinese_date(issued["issued_on"])))
    if issued["valid_until"]:
        rows.append(_row("有效期至", chinese_date(issued["valid_until"])))
    return rows


def _row(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}
