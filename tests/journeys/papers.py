"""Papers going in and out: what a restaurant uploads (a floor plan, two lists), and the text of a PDF it gets."""

import io
from functools import cache

import typst
from pypdf import PdfReader

from forms.documents.glyphs import FONT_DIR

_PAGE = '#set text(font: "Noto Sans SC", size: 11pt, lang: "zh")\n#set page(width: 190mm, height: {height}mm, margin: 10mm, fill: white)\n'
_ROOMS = (
    ("粗加工区", 0, 0, 45, 40), ("切配区", 45, 0, 40, 40), ("烹饪区", 85, 0, 50, 40), ("备餐间", 135, 0, 35, 40),
    ("就餐区（64 座）", 0, 40, 125, 45), ("洗消间", 125, 40, 45, 45),
)  # fmt: skip
_ROOM = "#place(dx: {1}mm, dy: {2}mm, rect(width: {3}mm, height: {4}mm, stroke: 1pt, align(center + horizon)[{0}]))\n"


@cache
def layout(scale: bool) -> bytes:
    """The first plan forgets its scale: that is what the counter asks to have corrected."""
    note = "比例 1:100　单位：毫米　" if scale else ""
    body = "".join(_ROOM.format(*room) for room in _ROOMS)
    foot = f"#place(dy: 88mm)[{note}流程：粗加工 → 切配 → 烹饪 → 备餐 → 就餐]"
    return typst.compile(
        (_PAGE.format(height=130) + "#text(size: 15pt)[小满饭店 设备设施布局图]\n#block(height: 98mm, width: 100%)[\n" + body + foot + "]").encode(),
        font_paths=[FONT_DIR], format="png", ppi=110,
    )  # fmt: skip


@cache
def written(title: str, *lines: str) -> bytes:
    body = f"#align(center, text(size: 17pt)[{title}])\n" + "\n".join(f"+ {line}" for line in lines)
    return typst.compile((_PAGE.format(height=140) + body).encode(), font_paths=[FONT_DIR])


def upload(name: str, type_: str, content: bytes) -> dict[str, object]:
    """As Playwright puts a file into a field."""
    mime = {"png": "image/png", "pdf": "application/pdf"}[type_]
    return {"name": f"{name}.{type_}", "mimeType": mime, "buffer": content}


def safety_rules() -> bytes:
    return written(
        "食品安全规章制度清单",
        "从业人员健康管理制度",
        "进货查验和记录制度",
        "清洗消毒和维修保养制度",
        "食品添加剂使用制度",
        "负责人：（示例签名）",
    )


def health_certificates() -> bytes:
    return written(
        "从业人员健康证明（8 份）",
        "健康证 示例-0001 有效期至 2027 年 6 月",
        "健康证 示例-0002 有效期至 2027 年 6 月",
    )


def text_of(pdf: bytes) -> str:
    assert pdf.startswith(b"%PDF")
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
