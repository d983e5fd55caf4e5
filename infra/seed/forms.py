"""What the applicants of the month write, item by item, and what they hand in with it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from infra.seed.month import Month
from infra.seed.people import Citizen, Firm
from services.cases.rounds import Paper

Raw = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Application:
    item: str
    citizen: Citizen
    applicant: str
    raw: Raw
    papers: list[Paper]

    @property
    def by_promise(self) -> bool:
        return self.raw.get("way") == ["promise"]


def food(m: Month, firm: Firm, *, poor: bool = False) -> Application:
    """A restaurant; `poor`: the plan has no scale and the rules are not signed."""
    category = m.rng.choice(("hot_food", "hot_and_cold", "bakery", "drinks"))
    online, agent = m.rng.random() < 0.4, m.rng.random() < 0.2
    raw = _raw(
        only_prepackaged="no", applicant_role="agent" if agent else "self", premises_name=firm.name,
        premises_address=f"示例区样本街{m.rng.randrange(1, 200)}号", area=str(m.rng.randrange(20, 400)),
        category=category, staff=str(m.rng.randrange(2, 30)), has_network_trade="yes" if online else "no",
        officer_name=firm.head.name, officer_phone=firm.head.phone, truth="yes",
    )  # fmt: skip
    if online:
        raw["network_url"] = ["https://shop.example/demo"]
    plan = "plan-poor" if poor else f"plan-{3 if category == 'bakery' else m.rng.choice((1, 2))}"
    papers = [
        m.sheets.paper("layout", plan, "布局和操作流程"),
        m.sheets.paper("safety-rules", "rules-poor" if poor else "rules", "食品安全规章制度清单"),
        m.sheets.paper("health-certificates", "health", "从业人员健康证明"),
    ]
    if agent:
        papers.append(m.sheets.paper("authorisation", "authority", "授权委托书"))
    return Application("food-licence", firm.head, firm.subject, raw, papers)


def on_promise(a: Application) -> Application:
    """告知承诺: signed by whoever heads the firm, and no proof handed in."""
    signed = {"way": ["promise"], "promise_signed": ["yes"], "signer": [a.citizen.name]}
    return replace(a, raw=a.raw | signed, papers=[p for p in a.papers if p.code == "authorisation"])


def with_gaps(a: Application) -> Application:
    """容缺受理: the health certificates are to follow."""
    signed = {"gaps_signed": ["yes"], "signer": [a.citizen.name]}
    return replace(a, raw=a.raw | signed, papers=[p for p in a.papers if p.code != "health-certificates"])


def residence(m: Month, citizen: Citizen) -> Application:
    ground = m.rng.choice(("home", "work"))
    since = (m.clock.now - timedelta(days=m.rng.randrange(220, 900))).date().isoformat()
    raw = _raw(
        resided="yes", applicant_role="self", holder_name=citizen.name, contact_phone=citizen.phone,
        current_address=f"示例区示例路{m.rng.randrange(1, 300)}号", resident_since=since, ground=ground, truth="yes",
    )  # fmt: skip
    raw |= {"holder_id": [citizen.id_number], "holder_id_type": ["resident_id"]}
    if ground == "work":
        raw["workplace"] = ["湖南示例物流有限公司"]
    proof = (
        ("proof-of-work", "contract", "劳动合同")
        if ground == "work"
        else ("proof-of-home", "lease", "租赁合同")
    )
    papers = [m.sheets.paper("photo", "portrait", "证件照"), m.sheets.paper(*proof)]
    return Application("residence-permit", citizen, citizen.subject, raw, papers)


def business(m: Month, citizen: Citizen) -> Application:
    trade, scope = m.rng.choice(
        (
            ("饮品店", "餐饮服务"),
            ("便利店", "食品销售；日用百货销售"),
            ("理发店", "理发服务"),
            ("维修部", "家用电器维修"),
        )
    )
    leased = m.rng.random() < 0.4
    raw = _raw(
        business_name=f"示例区{citizen.name}{trade}", scope=scope, operation="individual",
        premises_address=f"示例区样本街{m.rng.randrange(1, 200)}号", contact_phone=citizen.phone, truth="yes",
        premises_proof="upload" if leased else "declaration",
    )  # fmt: skip
    if not leased:
        raw["premises_declaration"] = ["yes"]
    papers = [m.sheets.paper("premises-proof", "lease", "租赁合同")] if leased else []
    return Application("individual-business", citizen, citizen.subject, raw, papers)


def lost_card(m: Month, citizen: Citizen) -> Application:
    poor = m.rng.random() < 0.3
    raw = _raw(
        lost="yes", applicant_role="self", holder_name=citizen.name, contact_phone=citizen.phone,
        registered_address=f"示例区示例路{m.rng.randrange(1, 300)}号",
        lost_on=(m.clock.now - timedelta(days=m.rng.randrange(1, 20))).date().isoformat(),
        low_income="yes" if poor else "no", truth="yes",
    )  # fmt: skip
    raw |= {"holder_id": [citizen.id_number], "holder_id_type": ["resident_id"]}
    return Application("identity-card", citizen, citizen.subject, raw, [])


def _raw(**values: str) -> Raw:
    return {name: [value] for name, value in values.items()}
