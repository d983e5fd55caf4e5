"""What the applicants of the month upload: small sheets that a reviewer can open and read."""

from collections.abc import Mapping
from dataclasses import dataclass

import typst

from forms.documents.glyphs import FONT_DIR
from services.cases.rounds import Paper
from services.house import House

_HEAD = '#set page(width: 210mm, height: 148mm, margin: 16mm)\n#set text(font: "Noto Sans SC", size: 11pt, lang: "zh")\n'
_TITLE = "#align(center, text(size: 17pt)[{title}])\n#v(4mm)\n"

_ROOM = "#place(dx: {x}mm, dy: {y}mm, rect(width: {w}mm, height: {h}mm, stroke: 1pt, align(center + horizon)[{name}]))\n"
_ROOMS = {
    1: (("粗加工区", 0, 0, 45, 40), ("切配区", 45, 0, 40, 40), ("烹饪区", 85, 0, 50, 40), ("备餐间", 135, 0, 40, 40),
        ("就餐区", 0, 40, 135, 45), ("洗消间", 135, 40, 40, 45)),
    2: (("库房", 0, 0, 40, 45), ("粗加工区", 40, 0, 50, 45), ("烹饪区", 90, 0, 50, 45), ("冷食专间", 140, 0, 35, 45),
        ("就餐区", 0, 45, 140, 40), ("洗手消毒", 140, 45, 35, 40)),
    3: (("操作间", 0, 0, 80, 50), ("裱花专间", 80, 0, 45, 50), ("库房", 125, 0, 50, 50), ("售卖区", 0, 50, 175, 35)),
}  # fmt: skip
_RULES = (
    "从业人员健康管理制度", "食品安全管理员制度", "进货查验和查验记录制度", "场所及设施设备清洗消毒和维修保养制度",
    "食品添加剂使用制度", "餐厨废弃物处置制度", "食品安全自检自查与报告制度", "食品安全突发事件应急处置方案",
)  # fmt: skip


def _plan(kind: int, scale: bool) -> str:
    rooms = "".join(_ROOM.format(name=n, x=x, y=y, w=w, h=h) for n, x, y, w, h in _ROOMS[kind])
    note = (
        "比例 1:100　尺寸单位：毫米　流程：粗加工 → 切配 → 烹饪 → 备餐 → 就餐"
        if scale
        else "流程：粗加工 → 烹饪 → 就餐"
    )
    return f"{_TITLE.format(title='主要设备设施布局和操作流程')}#block(height: 90mm, width: 100%)[\n{rooms}]\n#text(size: 10pt)[{note}]"


def _list(title: str, lines: tuple[str, ...], foot: str) -> str:
    numbered = "\n".join(f"+ {line}" for line in lines)
    return f"{_TITLE.format(title=title)}{numbered}\n#v(6mm)\n#align(right)[{foot}]"


_FOOT = "负责人签名：（示例签名）　　日期：2026年"
_PAGES: Mapping[str, str] = {
    "plan-1": _plan(1, True),
    "plan-2": _plan(2, True),
    "plan-3": _plan(3, True),
    "plan-poor": _plan(1, False),
    "rules": _list("食品安全规章制度清单", _RULES, _FOOT),
    "rules-poor": _list("食品安全规章制度清单", _RULES[:3], "（未签名）"),
    "health": _list("从业人员健康证明（摘页）", ("姓名：示例员工", "体检结论：合格", "有效期：一年"), "发证机构：（示例印章）"),
    "stated": _list("申报表和说明（摘页）", ("所填内容与实际情况一致", "附件齐全，逐页签名或者盖章", "同意有关部门核对"), _FOOT),
    "assessed": _list("检测评价报告（摘页）", ("委托单位：示例单位", "依据：现行标准", "结论：合格"), "出具机构：（示例印章）"),
    "authority": _list("授权委托书", ("委托人：示例公司", "受托人：示例代理人", "委托事项：办理食品经营许可", "期限：三个月"), _FOOT),
    "lease": _list("房屋租赁合同（摘页）", ("出租人：示例房东", "承租人：示例住户", "房屋：示例区示例路", "租期：一年"), "双方签名：（示例签名）"),
    "contract": _list("劳动合同（摘页）", ("用人单位：湖南示例物流有限公司", "劳动者：示例员工", "期限：三年"), "双方签名：（示例签名）"),
}  # fmt: skip
_PORTRAIT = (
    "#set page(width: 26mm, height: 32mm, margin: 0mm, fill: white)\n"
    '#place(center + top, dy: 20mm, ellipse(width: 24mm, height: 26mm, fill: rgb("#3d5a80")))\n'
    '#place(center + top, dy: 6mm, circle(radius: 6.5mm, fill: rgb("#e0b896")))\n'
    '#place(center + top, dy: 5mm, rect(width: 12mm, height: 4mm, radius: 2mm, fill: rgb("#2b2b2b")))\n'
)


@dataclass(frozen=True, slots=True)
class Sheet:
    file: str
    size: int
    type: str


class Sheets:
    """The sheets in the object store, to be handed in any number of times."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets

    @classmethod
    async def print_all(cls, house: House) -> "Sheets":
        found = {}
        for name, source in {**_PAGES, "portrait": _PORTRAIT}.items():
            type_ = "png" if name == "portrait" else "pdf"
            content = _print(source if type_ == "png" else _HEAD + source, type_)
            found[name] = Sheet(await house.files.put(content), len(content), type_)
        return cls(found)

    def paper(self, code: str, sheet: str, name: str) -> Paper:
        s = self._sheets[sheet]
        return Paper(code, file=s.file, name=f"{name}.{s.type}", size=s.size, type=s.type)


def _print(source: str, type_: str) -> bytes:
    compiler = typst.Compiler(source.encode(), font_paths=[FONT_DIR], ignore_system_fonts=True)
    return compiler.compile(format=type_, ppi=144 if type_ == "png" else None)
