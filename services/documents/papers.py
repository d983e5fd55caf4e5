"""The list of papers (材料清单) as a receipt tells it."""

from collections import Counter
from typing import Any

from forms.parts import Material
from services.documents.story import Story

_UPLOADS = {"pdf": "电子文件（PDF）", "jpg": "电子图片", "png": "电子图片"}


def handed_in(story: Story) -> tuple[dict[str, Any], ...]:
    """The form itself, what the applicant uploaded, and what government fetched for itself (免提交)."""
    copies = Counter(p["code"] for p in _first_round(story))
    types = {p["code"]: p["type"] for p in _first_round(story)}
    licences = {p["code"] for p in _first_round(story) if p["source"] == "licence"}
    rows: list[dict[str, Any]] = [
        {"name": "申请表", "form": "网上表单", "original": "电子件", "source": "申请人填报"}
    ]
    for material in story.item.required_materials(story.answers):
        if material.code in licences:
            rows.append(
                {
                    "name": material.name.zh,
                    "form": "电子证照",
                    "original": "电子件",
                    "source": "经同意引用电子证照",
                }
            )
        elif copies[material.code]:
            rows.append(_uploaded(material, copies[material.code], types[material.code]))
        elif material.shared:
            rows.append(
                {"name": material.name.zh, "form": "数据共享", "original": "电子件", "source": "部门共享"}
            )
    return tuple(rows)


def _uploaded(material: Material, copies: int, type_: str | None) -> dict[str, Any]:
    form = _UPLOADS.get(type_ or "", "电子文件")
    return {
        "name": material.name.zh,
        "form": form,
        "copies": copies,
        "original": "电子件",
        "source": "申请人提交",
    }


def not_yet_handed_in(story: Story) -> tuple[str, ...]:
    """容缺后补: what may follow."""
    have = {p["code"] for p in _first_round(story)}
    asked = story.item.required_materials(story.answers)
    return tuple(f"{m.name.zh}（可后补）" for m in asked if m.need == "late" and m.code not in have)


def handed_in_on_paper(story: Story) -> tuple[str, ...]:
    """What can be given back: papers brought to the counter."""
    if story.page.row["channel"] not in ("window", "discovered"):
        return ()
    names = {m.code: m.name.zh for m in story.item.materials}
    codes = Counter(p["code"] for p in story.papers if p["source"] == "upload")
    return tuple(f"{names[code]}{n}份" for code, n in codes.items())


def _first_round(story: Story) -> list[Any]:
    return [p for p in story.papers if p["round"] == 1]
