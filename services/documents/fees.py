"""缴款通知书, 缴费收据, 退费通知书: what is to be paid, was paid, goes back, and on what basis. Licence Law arts 58, 59."""

from collections.abc import Iterable
from typing import Any

from forms import Charge, Fee, Item, charges
from forms.documents.amounts import capital, yuan_words
from forms.documents.press import chinese_date
from forms.parts import Reduction
from services.cases.histories import Told
from services.documents.notices import Facts, Say
from services.documents.story import Story
from services.documents.words import limit_words, unchecked
from services.law.clock import SHANGHAI, due
from services.law.fee_words import MOMENTS, REASONS
from services.law.fees import moment_of

Rows = tuple[dict[str, str], ...]


def fee_words(item: Item, answers: dict[str, Any]) -> str:
    """For the notice of acceptance: what this applicant will pay, when, and why."""
    said = []
    for moment, when in MOMENTS.items():
        for line in charges(item, answers, moment):
            less = f"（{line.reduction.name.zh}）" if line.reduction else ""
            within = limit_words(line.fee.within)
            said.append(
                f"{line.fee.name.zh}{yuan_words(line.fen)}{less}，{when.zh}，"
                f"自缴款通知之日起{within}内；依据：{_basis(line.fee)}"
            )
    return "；".join(said) or "不收费"


def fee_notice(story: Story, told: Told) -> Facts:
    said, moment = told.event.data, moment_of(told.event)
    lines, fee = charges(story.item, story.answers, moment), story.item.fees_at(moment)[0]
    until = due(fee.within, told.event.on, story.house.calendar).on
    unpaid = (
        "逾期未缴费的，视为放弃本次申请，本机关将终止办理。办理期限不因等待缴费而停止计算。"
        if moment == "acceptance"
        else "缴清以前不制发证件；本机关已经作出的准予决定不因此失效。"
    )
    return {
        "opening": f"你（单位）“{story.item.name.zh}”的申请，依法应当缴纳下列费用。提供申请书格式文本不收取任何费用。",
        "rows": (
            *_lines(lines),
            *_sum(said["fen"]),
            _row("缴款单号", said["order"]),
            _row("缴费期限", f"{chinese_date(until)}（含当日）" if until else limit_words(fee.within)),
            _row("收款单位", story.item.department_name.zh),
        ),
        "passages": (
            _passage("收费依据", _bases(lines)),
            _passage(
                "怎样缴费",
                "登录政务服务网“我的办件”，从办件进度页进入公共支付平台缴费。本机关工作人员不收取现金。",
            ),
            _passage("逾期未缴费", unpaid),
            _passage(
                "退费",
                "制证前撤回申请、办件终止或者作废的，全额原路退还"
                + ("；决定不予的，同样退还。" if fee.pays_for == "licence" else "。"),
            ),
        ),
    }


def fee_receipt(story: Story, told: Told) -> Facts:
    paid = told.event.data
    return {
        "opening": "下列费用已经缴清：",
        "rows": (
            _row("交款人", story.applicant),
            *_lines(charges(story.item, story.answers, moment_of(told.event))),
            *_sum(paid["fen"]),
            _row("收款单位", story.item.department_name.zh),
            _row("缴款单号", paid["order"]),
            _row("支付平台交易号", paid["transaction"]),
            _row("到账时间", f"{told.event.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
        ),
        "passages": (
            _passage(
                "说明",
                "本收据由演示系统出具，代替财政电子票据供演示使用，不是财政票据，不能作为报销、入账凭证。",
            ),
        ),
    }


def refund_notice(story: Story, told: Told) -> Facts:
    back = told.event.data
    directed = [t for t in story.told if t.event.kind == "refund_directed" and t.event.seq < told.event.seq]
    said = story.values(directed[-1].event) if back["reason"] == "directed" and directed else {}
    return {
        "opening": "下列已经缴纳的费用退还给你（单位），由公共支付平台原路退回到付款账户。",
        "rows": (
            _row("退费原因", REASONS[back["reason"]].zh),
            *_sum(back["fen"]),
            _row("缴款单号", back["order"]),
            _row("支付平台交易号", back["transaction"]),
            _row("退费决定日期", chinese_date(told.event.on)),
        ),
        "passages": tuple(
            _passage(label, said[name]) for name, label in (("reason", "理由"), ("basis", "依据")) if name in said
        ),
    }  # fmt: skip


def not_paid(story: Story) -> Facts:
    """Why a case ended whose fee nobody paid: in the notice of termination."""
    ordered = [t.event for t in story.told if t.event.kind == "fee_ordered"][-1]
    fee = story.item.fees_at(moment_of(ordered))[0]
    until = due(fee.within, ordered.on, story.house.calendar).on
    return {
        "reason": f"你（单位）在缴款通知书载明的期限{f'（至{chinese_date(until)}）' if until else ''}内"
        f"未缴纳{yuan_words(ordered.data['fen'])}，视为放弃本次申请。以后需要时可以重新申请。",
        "basis": _bases(charges(story.item, story.answers, moment_of(ordered))),
    }


def _lines(lines: Iterable[Charge]) -> Rows:
    rows = []
    for line in lines:
        amount = yuan_words(line.fen)
        if line.reduction:
            amount += f"（标准{yuan_words(int(line.fee.amount * 100))}，{line.reduction.name.zh}）"
        rows.append(_row(line.fee.name.zh, amount))
    return tuple(rows)


def _bases(lines: Iterable[Charge]) -> str:
    bases = [_basis(each) for line in lines for each in (line.fee, line.reduction) if each]
    return "\n".join(dict.fromkeys(bases))


def _basis(of: Fee | Reduction) -> str:
    return unchecked(of.basis, of.verified)


def _sum(fen: int) -> Rows:
    return (_row("合计", f"{yuan_words(fen)}（{capital(fen)}）"),)


def _row(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}


def _passage(heading: str, text: str) -> dict[str, str]:
    return {"heading": heading, "text": text}


FEE_NOTICES: dict[str, Say] = {
    "fee_notice": fee_notice,
    "fee_receipt": fee_receipt,
    "refund_notice": refund_notice,
}
