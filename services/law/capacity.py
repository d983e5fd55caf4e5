"""民事行为能力: who acts alone, who through a guardian. Always computed from the day of birth, never a stored flag.

Civil Code art. 19: from eight on with limited capacity; art. 20: under eight with none; arts 17, 18: from eighteen on,
or from sixteen on by one's own earnings, in full; arts 21, 22, 28: an adult who lost it has a guardian too.
"""

from datetime import date, timedelta
from enum import StrEnum

from forms.fields import is_resident_number

ADULT = 18
EARNING = 16  # art. 18 para 2: 以自己的劳动收入为主要生活来源
LIMITED_FROM = 8
SENSITIVE_UNDER = 14  # PIPL arts 28, 31

_BORN_IN_NUMBER = frozenset({"111", "37", "553"})  # papers whose eighteen digits say the day of birth


class Capacity(StrEnum):
    NONE = "none"  # 无民事行为能力
    LIMITED = "limited"  # 限制民事行为能力
    FULL = "full"  # 完全民事行为能力


def born_on(id_type: str | None, number: str) -> date | None:
    """As the number says it; None for passports and the like, which say nothing."""
    if id_type not in _BORN_IN_NUMBER or len(number) != 18:
        return None
    if id_type != "553" and not is_resident_number(number):
        return None
    try:
        return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return None


def birthday(born: date, years: int) -> date:
    """The day on which somebody is that old. Civil Code art. 202: without such a day in its month, the month's last.

    From the beginning of the birthday itself, as counters reckon (未核对 for civil law; the criminal law's courts begin
    with the day after it).
    """
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February
        return date(born.year + years, 2, 28)


def age(born: date, on: date) -> int:
    """周岁. Below nought for somebody not born yet, which no paper says."""
    years = on.year - born.year
    return years if birthday(born, years) <= on else years - 1


def capacity(born: date | None, on: date, *, own_living: bool = False, lost: bool = False) -> Capacity:
    """`lost`: a court found it so. Whose paper says no day of birth is taken for an adult."""
    if lost:
        return Capacity.NONE
    years = ADULT if born is None else age(born, on)
    if years >= ADULT or (own_living and years >= EARNING):
        return Capacity.FULL
    return Capacity.LIMITED if years >= LIMITED_FROM else Capacity.NONE


def guardian_until(born: date) -> date:
    """The last day on which a parent acts as guardian: the day before the child is of age. Nothing has to be ended."""
    return birthday(born, ADULT) - timedelta(days=1)


def needs_consent(born: date | None, on: date) -> bool:
    """PIPL art. 31: the data of a child under fourteen are handled with its guardian's consent."""
    return born is not None and age(born, on) < SENSITIVE_UNDER
