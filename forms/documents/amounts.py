"""Sums of money as documents write them: 40.00元, and in the characters that nobody alters (大写)."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def yuan_words(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}元"


def capital(fen: int) -> str:
    """人民币肆拾元整. A gap of one zero or several is one 零; what ends on yuan or jiao ends with 整."""
    yuan, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(yuan)}元" if yuan or not fen else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan and cents:
        words += "零"
    return "人民币" + (f"{words}{_DIGITS[cents]}分" if cents else f"{words}整")


def _whole(number: int) -> str:
    if not number:
        return "零"
    words, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place % 4]
        gap = not digit
        if place % 4 == 0 and number // 10**place % 10_000:
            words += _GROUPS[place // 4]
            gap = gap and place > 0
    return words
