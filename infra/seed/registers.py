"""What the demonstration's registers know: kin, homes, companies and their heads, all of them made up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from stdnum.cn import ric

from services.registries.standin import Entry

_REGION = "430199"
Named = tuple[str, str]  # name and number


def person_entries(name: str, number: str, home: str, firms: Sequence[Named]) -> list[Entry]:
    """`firms`: those whose legal representative (法定代表人) the person is."""
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    sex = "male" if int(number[16]) % 2 else "female"
    return [
        Entry(
            "population.identity", number, {"name": name, "document": _id(number), "birth": born, "sex": sex}
        ),
        Entry("population.household", number, {"address": home, "region": _REGION}),
        Entry("legal-persons.roles", number, {"heads": [_firm(f) for f in firms], "works_for": []}),
        Entry("licences.held", number, {"licences": []}),
        Entry("credit.record", number, {"standing": "good", "records": []}),
    ]


def firm_entries(
    name: str, code: str, address: str, head: Named, today: date, *, staff: int, shop: str = ""
) -> list[Entry]:
    report = {"staff_count": staff, "sells_online": bool(shop), "online_shop": shop}
    return [
        Entry(
            "legal-persons.registration", code,
            {
                "name": name, "credit_code": code, "kind": "有限责任公司", "address": address, "region": _REGION,
                "scope": "餐饮服务；食品销售", "established": "2020-01-01", "status": "存续",
            },
        ),
        Entry(
            "legal-persons.representative", code,
            {"name": head[0], "document": _id(head[1]), "representatives": [_person(head)]},
        ),
        Entry("legal-persons.annual-report", code, report, date(today.year - 1, 12, 31)),
        Entry("licences.held", code, {"licences": [{"type": "营业执照", "number": code, "holder": name}]}),
        Entry("credit.record", code, {"standing": "good", "records": []}),
        Entry(
            "geography.address", address,
            {"standard": f"湖南省示例市{address}", "region": _REGION, "street": "示例街道", "community": "示例社区"},
        ),
    ]  # fmt: skip


def wider_entries(people: Sequence[Named]) -> list[Entry]:
    """Kin of the three demo accounts: a mother, a son with wife and child, and somebody who lives alone.

    Wife and child have no account: registers know more people than we do.
    """
    son, alone, mother = people
    wife, child = ("周示范", _number(date(1991, 5, 12), 244)), ("陈小样", _number(date(2019, 6, 1), 117))
    married = {"since": "2017-05-20", "register": "示例区民政局"}
    at_home = "示例区示例街道示例路1号1单元"
    kin: list[tuple[Named, dict[str, list[Named]]]] = [
        (son, {"spouses": [wife], "children": [child], "parents": [mother], "wards": [child]}),
        (wife, {"spouses": [son], "children": [child], "wards": [child]}),
        (child, {"parents": [son, wife], "guardians": [son, wife]}),
        (mother, {"children": [son]}),
        (alone, {}),
    ]
    return [
        *(Entry("population.kin", who[1], {k: [_person(p) for p in v] for k, v in told.items()}) for who, told in kin),
        *person_entries(*wife, at_home, ()),
        *person_entries(*child, at_home, ()),
        Entry("civil-affairs.marriage", son[1], {"spouse": _person(wife), **married}),
        Entry("civil-affairs.marriage", wife[1], {"spouse": _person(son), **married}),
        Entry("civil-affairs.minimum-allowance", mother[1], {"since": "2024-01-01", "street": "示例街道"}),
        *(
            Entry(
                "health.birth", who[1],
                {"certificate": "S430199001", "born": "2019-06-01", "parents": [_person(son), _person(wife)]},
            )
            for who in (child, son, wife)
        ),
        Entry("real-estate.title", son[1], {"certificate": "示（2018）示例区不动产权第0000001号", "address": at_home}),
        Entry("social-insurance.contributions", son[1], {"since": "2012-08-01", "employer": "湖南示例餐饮有限公司"}),
        Entry("social-insurance.contributions", alone[1], {"since": "2015-07-01", "employer": "湖南示例物流有限公司"}),
    ]  # fmt: skip


def _id(number: str) -> dict[str, str]:
    return {"type": "resident_id", "number": number}


def _person(who: Named) -> dict[str, Any]:
    return {"name": who[0], **_id(who[1])}


def _firm(firm: Named) -> dict[str, Any]:
    return {"name": firm[0], "type": "credit_code", "number": firm[1]}


def _number(born: date, serial: int) -> str:
    body = f"{_REGION}{born:%Y%m%d}{serial:03d}"
    return body + ric.calc_check_digit(body + "0")
