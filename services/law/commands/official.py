"""Cases that a department opens itself (依职权): revocation (撤销) and striking off (注销). Licence Law arts 69, 70."""

from services.law.commands.definition import command, field, options, personal
from services.law.stages import REVIEWING

_REASON = field("reason", "long_text", "理由", "Reasons")
_BASIS = field("basis", "text", "法律依据（条款）", "Legal basis (article)")

COMMANDS = (
    command(
        "inform_holder", "告知持证人", "Tell the holder", "holder_informed", REVIEWING,
        field("facts_found", "long_text", "初步查明的事实", "Facts found so far"),
        _REASON, _BASIS,
        style="primary", key="t", document="plea_notice",
    ),
    command(
        "plead", "陈述、申辩", "Make a statement", "pleaded", REVIEWING,
        field("statement", "long_text", "您的意见", "What you have to say",
              **personal("作出决定前听取持证人的意见", "to hear the holder before a decision")),
        style="primary",
    ),
    command("waive_plea", "没有意见", "Nothing to say", "plea_waived", REVIEWING),
    command("recommend_measure", "建议作出决定", "Recommend the measure", "reviewed", REVIEWING,
            field("opinion", "long_text", "审查意见（含对持证人意见的采纳情况）", "Opinion, and on what the holder said"),
            style="primary", key="g"),
    command("recommend_none", "建议不作处理", "Recommend no measure", "reviewed", REVIEWING,
            field("opinion", "long_text", "审查意见", "Opinion")),
    command(
        "revoke", "撤销许可", "Revoke the licence", "revoked", REVIEWING,
        field("ground", "choice", "撤销情形（第六十九条）", "Ground (art. 69)", options=options(
            ("abuse", "滥用职权、玩忽职守作出准予决定", "Granted by abuse or neglect of office"),
            ("beyond_powers", "超越法定职权作出准予决定", "Granted beyond the agency's powers"),
            ("procedure", "违反法定程序作出准予决定", "Granted against the procedure of the law"),
            ("unqualified", "对不具备资格或者不符合条件的申请人准予", "Granted to somebody who did not qualify"),
            ("fraud", "以欺骗、贿赂等不正当手段取得", "Obtained by fraud, bribery or the like"),
            ("other", "依法可以撤销的其他情形", "Another case that the law provides"),
        )),
        field("facts_found", "long_text", "事实", "Facts"),
        _REASON, _BASIS,
        style="warn", document="revocation", facts=frozenset({"ground"}),
    ),
    command(
        "strike_off", "注销许可", "Strike off the licence", "struck_off", REVIEWING,
        field("ground", "choice", "注销情形（第七十条）", "Ground (art. 70)", options=options(
            ("expired", "有效期届满未延续", "Expired and not renewed"),
            ("died", "持证公民死亡或者丧失行为能力", "The holder died or lost capacity"),
            ("ended", "法人或者其他组织依法终止", "The organisation was dissolved"),
            ("withdrawn", "许可依法被撤销、撤回，或者证件被吊销", "The licence was revoked, withdrawn or forfeited"),
            ("impossible", "因不可抗力无法实施", "Force majeure made it impossible"),
            ("other", "法律、法规规定的其他情形", "Another case that the law provides"),
        )),
        _REASON,
        style="warn", document="striking_off", facts=frozenset({"ground"}),
    ),
    command(
        # Art. 69 para 3: what would greatly harm the public interest is not revoked.
        "leave", "不作处理", "Leave the licence as it is", "left", REVIEWING, _REASON,
        document="no_measure",
    ),
)  # fmt: skip
