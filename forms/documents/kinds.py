"""The kinds of document: their titles, the word in their number, their template and their facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.documents import facts
from forms.text import Text


@dataclass(frozen=True)
class DocumentKind:
    code: str
    title: Text
    number_word: str
    facts: type[facts.Sealed]
    otherwise: str = ""  # the title where the item is no licence; {act} is 登记, 确认, ...

    @property
    def template(self) -> str:
        return "notice.typ" if self.facts is facts.Notice else f"{self.code}.typ"

    def heading(self, given: facts.Sealed) -> str:
        """The title on the paper: Licence Law words are kept for licences."""
        if isinstance(given, facts.Licence):
            return given.title
        if isinstance(given, facts.Notice):
            return given.title or self.title.zh
        if self.otherwise and not given.licence:
            return self.otherwise.format(act=given.act)
        return self.title.zh


def _kind(code: str, zh: str, en: str, word: str, model: type[facts.Sealed], otherwise: str = ""):
    return code, DocumentKind(code, Text(zh=zh, en=en), word, model, otherwise)


KINDS: Mapping[str, DocumentKind] = MappingProxyType(
    dict(
        [
            _kind("receipt", "收件凭证", "Receipt of application", "收", facts.Receipt),
            _kind("acceptance", "受理通知书", "Notice of acceptance", "受", facts.Acceptance),
            _kind("correction", "补正告知书", "Notice to correct", "补", facts.Correction),
            _kind("non_acceptance", "不予受理决定书", "Decision not to accept", "不受", facts.NonAcceptance),
            _kind("grant", "准予行政许可决定书", "Decision to grant", "准", facts.Grant, "准予{act}通知书"),
            _kind(
                "refusal",
                "不予行政许可决定书",
                "Decision to refuse",
                "不准",
                facts.Refusal,
                "不予{act}通知书",
            ),
            _kind("termination", "终止办理通知书", "Notice of termination", "终", facts.Termination),
            _kind("special_notice", "特别程序告知书", "Notice of a special procedure", "特", facts.Notice),
            _kind("hearing_right", "听证告知书", "Notice of the right to a hearing", "听告", facts.Notice),
            _kind("hearing_notice", "听证通知书", "Notice of hearing", "听通", facts.Notice),
            _kind("hearing_record", "听证笔录", "Minutes of the hearing", "听录", facts.Notice),
            _kind("public_notice", "公示", "Public notice", "示", facts.Notice),
            _kind("extension", "延长审批期限通知书", "Notice of extension", "延", facts.Notice),
            _kind("suspension", "中止办理告知书", "Notice of suspension", "中", facts.Notice),
            _kind("site_check_record", "现场核查记录", "Record of the site check", "核", facts.Notice),
            _kind("promise_pledge", "告知承诺书", "Letter of promise", "承", facts.Notice),
            _kind("gaps_pledge", "容缺受理承诺书", "Promise to supply papers later", "容承", facts.Notice),
            _kind("later_check", "事后核查结果告知书", "Result of the later check", "查", facts.Notice),
            _kind("rectification", "限期整改通知书", "Order to put right", "改", facts.Notice),
            _kind("promise_revocation", "撤销行政许可决定书", "Decision to revoke", "诺撤", facts.Notice),
            _kind("service_return", "送达回证", "Proof of service", "送", facts.Notice),
            _kind("fee_notice", "缴款通知书", "Notice of payment due", "缴", facts.Notice),
            _kind(
                "fee_receipt",
                "缴费收据（演示替代财政电子票据）",
                "Receipt (demonstration)",
                "票",
                facts.Notice,
            ),
            _kind("refund_notice", "退费通知书", "Notice of refund", "退", facts.Notice),
            _kind("transfer", "转报单", "Transfer to the upper level", "转", facts.Notice),
            _kind("renewal_grant", "准予延续决定书", "Decision to renew", "准延", facts.Notice),
            _kind("change_grant", "准予变更决定书", "Decision to change", "准变", facts.Notice),
            _kind("replacement_grant", "补发决定书", "Decision to issue again", "补证", facts.Notice),
            _kind("striking_off", "注销决定书", "Decision to strike off", "注", facts.Notice),
            _kind("revocation", "撤销决定书", "Decision to revoke", "撤", facts.Notice),
            _kind("plea_notice", "拟撤销告知书", "Notice of intended revocation", "拟告", facts.Notice),
            _kind("no_measure", "不作处理告知书", "Notice that no measure is taken", "不处", facts.Notice),
            _kind("licence", "许可证", "Licence", "证", facts.Licence),
            _kind("order_reply", "12345热线工单答复书", "Reply to a 12345 order", "答", facts.OrderReply),
        ]
    )
)
