"""元数据: 归档配置信息, 办件基本信息 and 办理流程信息 as XML, each a function of what `case.json` says.

Element names are those that archivists read; machines read `case.json`.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from services.law.fee_words import STANDS

CASE = "metadata/case.json"
CONFIG, BASIC, PROCESS = "metadata/config.xml", "metadata/basic.xml", "metadata/process.xml"

# Characters that XML 1.0 can't carry, not even escaped.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BASIC = (
    ("办件编号", "no"), ("办件类型", "kind"), ("事项名称", "item_name"), ("基本编码", "catalog_code"),
    ("实施编码", "task_code"), ("业务办理项编码", "handle_code"), ("事项版本", "item_version"),
    ("实施主体", "department_name"), ("实施主体统一社会信用代码", "department"), ("行政区划", "district"),
    ("申请人", "applicant"), ("申请人类型", "applicant_kind"), ("申请方式", "channel"), ("收件时间", "filed_at"),
    ("受理日期", "accepted_on"), ("受理方式", "accepted_how"), ("决定日期", "decided_on"), ("办理结果", "outcome"),
    ("办结日期", "concluded_on"), ("证照编号", "licence"), ("关联办件", "linked_no"),
)  # fmt: skip
_STEP = (
    ("序号", "seq"), ("环节名称", "name"), ("环节代码", "kind"), ("任务", "task"), ("办理人", "who"),
    ("办理人角色", "role"), ("时间", "at"), ("法定日", "on"), ("文书号", "number"), ("存证", "hash"),
)  # fmt: skip


def written(case: Mapping[str, Any]) -> dict[str, bytes]:
    """The three XML files that go with this `case.json`."""
    return {CONFIG: _config(case), BASIC: _basic(case), PROCESS: _process(case)}


def _config(case: Mapping[str, Any]) -> bytes:
    root = ET.Element("归档配置信息")
    _fill(
        root,
        (("归档包格式", case["format"]), ("归档依据", case["basis"]), ("归档单位", case["department_name"])),
    )
    listed = ET.SubElement(root, "归档范围")
    counts = (("文书", case["documents"]), ("申请材料", case["materials"]), ("办理过程", case["steps"]))
    for name, rows in counts:
        ET.SubElement(listed, name, {"件数": str(len(rows))})
    return _bytes(root)


def _basic(case: Mapping[str, Any]) -> bytes:
    root = ET.Element("办件基本信息")
    _fill(root, ((name, case[key]) for name, key in _BASIC))
    for document in case["documents"]:
        row = ET.SubElement(root, "文书")
        _fill(row, (("文号", document["number"]), ("核验码", document["id"]), ("文件", document["part"])))
    for fee in case.get("fees", ()):
        row = ET.SubElement(root, "收费")
        stands = STANDS[fee["stands"]].zh
        _fill(row, (("缴款单号", fee["order"]), ("金额", fee["amount"]), ("状态", stands)))
    for material in case["materials"]:
        row = ET.SubElement(root, "申请材料")
        _fill(
            row, (("名称", material["name"]), ("轮次", material["round"]), ("文件", material["part"] or "无"))
        )
    return _bytes(root)


def _process(case: Mapping[str, Any]) -> bytes:
    root = ET.Element("办理流程信息")
    for step in case["steps"]:
        _fill(ET.SubElement(root, "环节"), ((name, step[key]) for name, key in _STEP))
    return _bytes(root)


def _fill(parent: ET.Element, values: Any) -> None:
    for name, value in values:
        if value not in (None, ""):
            ET.SubElement(parent, name).text = _UNSAYABLE.sub("", str(value))


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
