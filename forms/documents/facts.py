"""What each document has to say: one model per kind, domain brief section 3.4.

A document is a function of these facts alone. Sentences that the law dictates have defaults;
an item that stands under another law passes its own.
"""

from collections.abc import Callable
from datetime import date as Day
from datetime import datetime
from typing import Annotated

from annotated_types import MinLen
from pydantic import BeforeValidator, StringConstraints

from forms.scrub import line, lines
from forms.text import Definition


def _scrubbed(scrub: Callable[[str], str]) -> BeforeValidator:
    return BeforeValidator(lambda given: scrub(given) if isinstance(given, str) else given)


Optional = Annotated[str, _scrubbed(line)]
Line = Annotated[Optional, StringConstraints(min_length=1)]
OptionalProse = Annotated[str, _scrubbed(lines)]
Prose = Annotated[OptionalProse, StringConstraints(min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$", max_length=500)]

PERMIT_SEAL = "行政许可专用章"


class Sealed(Definition):
    """What every paper carries that leaves the house under a seal."""

    agency: Line
    number: Line
    date: Day
    verify_url: Url
    seal: Line = PERMIT_SEAL


class Common(Sealed):
    """The header and foot common to all documents of a case."""

    case_number: Line
    query_code: Optional = ""
    applicant: Line
    id_type: Line
    id_number: Line  # already masked: a document is handed about
    item: Line
    item_code: Line
    contact: Line
    phone: Line
    complaint_phone: Line


class Adverse(Common):
    """A document that can be fought names where and until when: Licence Law art. 38."""

    reconsideration_body: Line
    court: Line
    remedies: OptionalProse = ""  # in place of the usual sentence


class Material(Definition):
    name: Line
    form: Line
    copies: int = 1
    original: Line = "原件"
    source: Line = "申请人提交"


class Receipt(Common):
    received_at: datetime
    channel: Line
    materials: tuple[Material, ...]
    missing: tuple[Line, ...] = ()
    clerk: Line
    # Licence Law art. 32(4): silence for five working days is acceptance, as of the day of receipt
    notice: Prose = (
        "本机关将自收到申请材料之日起五个工作日内，决定是否受理或者一次性告知需要补正的全部内容；"
        "逾期不告知的，自收到申请材料之日起即为受理。"
    )


class Acceptance(Common):
    applied_on: Day
    accepted_on: Day
    deemed: bool = False  # accepted by silence, as of the day of receipt: Licence Law art. 32(4)
    basis: Optional = ""  # in place of Licence Law art. 32(4) or (5)
    legal_limit: Line
    legal_due: Day | None = None
    promised_limit: Optional = ""
    promised_due: Day | None = None
    gaps: tuple[Line, ...] = ()  # 容缺: what is to follow
    gaps_due: Day | None = None
    # Licence Law art. 45: hearings, tests and the like do not count, and the applicant is told so
    excluded: tuple[Line, ...] = ()
    fee: Line = "不收费"
    delivery: Line
    query: Prose


class Defect(Definition):
    material: Line
    problem: Prose
    basis: Line
    remedy: Prose


class Correction(Common):
    received_on: Day
    defects: Annotated[tuple[Defect, ...], MinLen(1)]
    due: Day
    where: Prose
    consequence: Prose = (
        "逾期未补正且无正当理由的，视为放弃本次申请，本机关将依法终止办理；补正期间不计入办理时限。"
    )
    served_on: Day | None = None


class NonAcceptance(Adverse):
    applied_on: Day
    category: Line
    reasons: Prose
    basis: Prose
    competent_body: Optional = ""


class Grant(Common):
    licence: bool = True
    act: Line = "登记"  # what is granted where it is no licence: 登记, 确认, 给付
    applied_on: Day
    accepted_on: Day
    basis: Prose
    decision: Prose
    certificate: Optional = ""
    certificate_number: Optional = ""
    scope: OptionalProse = ""
    validity: Optional = ""
    conditions: tuple[Prose, ...] = ()
    objections: OptionalProse = ""
    # Licence Law art. 44: within ten working days of the decision
    delivery: Prose = "本机关将自作出决定之日起十个工作日内向你（单位）颁发、送达有关证件。"


class Refusal(Adverse):
    licence: bool = True
    act: Line = "登记"
    applied_on: Day
    accepted_on: Day
    findings: Prose
    reasons: Prose
    basis: Prose


class Termination(Common):
    applied_on: Day
    reason: Prose
    basis: Prose
    returned: tuple[Line, ...] = ()
    # An applicant who withdrew has nothing to fight; everyone else is told where to go.
    reconsideration_body: Optional = ""
    court: Optional = ""
    remedies: OptionalProse = ""


class Row(Definition):
    label: Line
    value: Prose


class Passage(Definition):
    heading: Line
    text: Prose


class Notice(Common):
    """What is told or recorded on the way: an opening, particulars, passages. Adverse ones carry remedies."""

    title: Optional = ""  # in place of the kind's
    opening: Prose
    rows: tuple[Row, ...] = ()
    passages: tuple[Passage, ...] = ()
    reconsideration_body: Optional = ""
    court: Optional = ""
    remedies: OptionalProse = ""
    signed_by: tuple[Line, ...] = ()  # whose hand goes on the paper beside the seal


class Licence(Sealed):
    """The certificate itself, of whatever item: a title and rows. It hangs on a wall, so no case data."""

    title: Line
    number_label: Line = "许可证编号"
    copy_name: Line = "正本"
    rows: Annotated[tuple[Row, ...], MinLen(1)]
    side_rows: tuple[Row, ...] = ()
    identifier: Optional = ""  # e-licence identifier, GB/T 36904
    complaint_phone: Optional = ""


class OrderReply(Sealed):
    """答复 of a 12345 work order; the caller's name comes masked or as a pseudonym."""

    order_number: Line
    query_code: Optional = ""
    case_number: Optional = ""
    caller: Line
    topic: Line
    demand: Prose
    received_on: Day
    findings: Prose
    reply: Prose
    basis: OptionalProse = ""
    contact: Line
    phone: Line
    complaint_phone: Line
    dissatisfied: Prose = "如对本答复不满意，可以在办结后回访时提出，或者再次拨打12345反映。"
    seal: Line = "12345工单答复专用章"
