"""What other bodies hand over of the demo people (证照归集): all made up, as one file of `onewindow licences import`."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from infra.seed.world import FIRMS, MARKET, PEOPLE, POLICE
from services.law.clock import legal_date
from services.law.licence_ids import licence_identifier

HEALTH, CIVIL = "11430199MB99002AX9", "11430199MB99006A5M"
_ISSUERS = {
    MARKET: "示例区市场监督管理局",
    POLICE: "示例区公安分局",
    HEALTH: "示例区卫生健康局",
    CIVIL: "示例区民政局",
}
_YEAR = timedelta(days=365)


def handed_over(now: datetime) -> str:
    """One JSON object a line. Some are in force, one has expired, one was revoked, one is a second version."""
    today = legal_date(now)
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in _records(today))


def _records(today: date) -> list[dict[str, Any]]:
    chen, li, wang = PEOPLE
    health = f"{HEALTH}001", "从业人员健康证明"
    found = [_identity_card(n, p, today) for n, p in enumerate(PEOPLE, 1)]
    found += [_business_licence(firm, today) for firm in FIRMS]
    found += [
        _record(f"{POLICE}003", "居民户口簿", POLICE, "2020000001", chen, date(2020, 3, 2), None, today,
                户别="家庭户", 户主=chen.name, 住址="示例区示例路1号"),
        _record(f"{POLICE}003", "居民户口簿", POLICE, "2020000002", li, date(2020, 3, 2), None, today,
                户别="家庭户", 户主=li.name, 住址="示例区示例路2号"),
        _record(f"{CIVIL}001", "结婚证", CIVIL, "2016000001", chen, date(2016, 5, 20), None, today, trust="B",
                持证人=chen.name, 登记机关="示例区民政局婚姻登记处"),
        _record(*health, HEALTH, "2026000101", chen, today - timedelta(days=100), today - timedelta(days=100) + _YEAR,
                today, 体检结论="合格", 从业类别="餐饮服务"),
        _record(*health, HEALTH, "2025000102", li, today - 2 * _YEAR, today - _YEAR, today, 体检结论="合格"),
        _record(f"{POLICE}004", "机动车驾驶证", POLICE, "2015000301", li, date(2015, 6, 1), date(2035, 6, 1), today,
                准驾车型="C1"),
        _record(f"{HEALTH}002", "医师资格证书", HEALTH, "1985000401", wang, date(1985, 9, 1), None, today,
                state="07", 类别="临床"),
    ]  # fmt: skip
    return found


def _identity_card(n: int, person: Any, today: date) -> dict[str, Any]:
    """Of 李样本 it is the second card: the first has been replaced."""
    version = 2 if person.username == "li" else 1
    return _record(
        f"{POLICE}002", "居民身份证", POLICE, f"201800000{n}", person, date(2018, 8, 8), date(2038, 8, 7), today,
        version=version, number=person.id_number, 签发机关="示例区公安分局",
    )  # fmt: skip


def _business_licence(firm: Any, today: date) -> dict[str, Any]:
    head = next(p.name for p in PEOPLE if p.username == firm.headed_by)
    holder = {"type": "credit_code", "number": firm.code, "name": firm.name}
    return _record(
        f"{MARKET}002", "营业执照", MARKET, firm.code, holder, date(2020, 1, 1), None, today, number=firm.code,
        法定代表人=head, 类型="有限责任公司", 住所="示例区示例路1号", 经营范围="餐饮服务；食品销售",
    )  # fmt: skip


def _record(
    type_code: str, name: str, issuer: str, serial: str, holder: Any, issued_on: date, until: date | None,
    today: date, *, version: int = 1, number: str = "", state: str = "01", trust: str = "A", **contents: str,
) -> dict[str, Any]:  # fmt: skip
    if not isinstance(holder, dict):
        holder = {"type": "resident_id", "number": holder.id_number, "name": holder.name}
    return {
        "identifier": licence_identifier(type_code, issuer, serial, version),
        "name": name,
        "number": number or f"示{serial}号",
        "issuer_name": _ISSUERS[issuer],
        "holder": holder,
        "issued_on": issued_on.isoformat(),
        "valid_until": until.isoformat() if until else "长期",
        "state": state,
        "trust": trust,
        "as_of": today.isoformat(),
        "contents": contents,
    }
