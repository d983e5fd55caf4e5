"""E-supervision rules (电子监察规则) that the clocks raise. Thresholds are local practice, so they are data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    severity: str  # notice (not a card), yellow or red
    zh: str
    en: str
    basis: str

    @property
    def rests_on(self) -> dict[str, str]:
        """A law goes by its own name; what is local practice is said in both languages."""
        return {"zh": self.basis, "en": _LOCAL.get(self.basis, self.basis)}


_LOCAL = {
    "本地监察规则": "Local supervision rules",
    "本地好差评规则": "Local rules on ratings",
    "本地 12345 规则": "Local 12345 rules",
    "缴款通知书": "The payment notice",
}
RULES = {
    r.code: r
    for r in (
        Rule("T01", "notice", "受理期限将到", "Acceptance is nearing its limit", "行政许可法第三十二条"),
        Rule(
            "T02",
            "red",
            "逾期不告知，视为受理",
            "Deemed accepted by silence",
            "行政许可法第三十二条第一款第四项、第七十四条",
        ),
        Rule("T03", "notice", "环节期限将到", "The step is nearing its limit", "本地监察规则"),
        Rule("T04", "yellow", "环节超期", "The step is past its limit", "本地监察规则"),
        Rule("T05", "yellow", "承诺期限将到", "The promised limit is near", "本地监察规则"),
        Rule("T06", "red", "超过承诺期限", "Past the promised limit", "本地监察规则"),
        Rule("T07", "red", "超过法定期限", "Past the statutory limit", "行政许可法第四十二条、第七十四条"),
        Rule(
            "T08",
            "yellow",
            "特别程序超过告知的时间",
            "A special procedure took longer than told",
            "行政许可法第四十五条",
        ),
        Rule("T11", "notice", "预审期限已过", "The pre-check is past its limit", "本地监察规则"),
        Rule("T12", "yellow", "事后核查超期", "A later check is past its limit", "本地监察规则"),
        Rule("T09W", "yellow", "送达期限将到", "Delivery is nearing its limit", "行政许可法第四十四条"),
        Rule("T09", "red", "超过送达期限", "Past the delivery limit", "行政许可法第四十四条"),
        Rule(
            "P03",
            "yellow",
            "第二次补正提出新的要求",
            "A second notice asks for something new",
            "行政许可法第三十二条第一款第四项、第七十二条",
        ),
        Rule("P09", "yellow", "挂起时间过长", "Suspended for too long", "本地监察规则"),
        Rule("F01W", "notice", "缴费期限将到", "The time to pay is nearing its end", "缴款通知书"),
        Rule(
            "F01",
            "notice",
            "逾期未缴费，证件暂不颁发",
            "Not paid in time: the licence is withheld",
            "缴款通知书",
        ),
        # S01W and S01: 国办发〔2019〕51号, 未核对; the limits are local practice
        Rule(
            "S01W",
            "yellow",
            "差评没有按期联系",
            "A bad rating was not answered by a call in time",
            "本地好差评规则",
        ),
        Rule(
            "S01", "red", "差评没有按期整改答复", "A bad rating was not dealt with in time", "本地好差评规则"
        ),
        Rule("S02", "red", "对办件的投诉成立", "A complaint about the case was upheld", "本地监察规则"),
        Rule(
            "L01W",
            "yellow",
            "许可将到期，延续申请还没有决定",
            "A licence is about to end and its renewal is undecided",
            "行政许可法第五十条第二款",
        ),
        Rule(
            "L01",
            "red",
            "届满前没有决定，视为准予延续",
            "Deemed renewed by silence",
            "行政许可法第五十条第二款、第七十四条",
        ),
        Rule("H01W", "notice", "工单期限将到", "The work order is nearing its limit", "本地 12345 规则"),
        Rule("H01", "yellow", "工单超期", "The work order is past its limit", "本地 12345 规则"),
    )
}
