"""行政区划 by their codes (GB/T 2260): provinces, prefectures and counties, and what former ones were called.

The table is the one that comes with `python-stdnum`; `data/regions.yaml` adds to it. It has most codes abolished since
1980, but nobody warrants all of them: it offers regions to choose from and gives a name to a code. It never judges
somebody's identity number, whose first digits may be older than any table.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from stdnum import numdb

from forms.text import Text

_MORE = Path(__file__).parent / "data" / "regions.yaml"
# Names stand beside the years in which a code meant them: "[1983-1995]东区,[1996-]芙蓉区".
_NAMED = re.compile(r"(?:\[([0-9]*)-([0-9]*)\])?([^,\[\]]+)")
_NO_PLACES = frozenset({"市辖区", "县", "省直辖县级行政区划", "省直辖县级行政单位", "自治区直辖县级行政区划"})
_PROVINCES = (
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    71,
    81,
    82,
)


@dataclass(frozen=True, slots=True)
class Region:
    code: str  # six digits; of a province the last four are zeros, of a prefecture the last two
    name: Text


@cache
def _more() -> dict[str, Text]:
    given = yaml.safe_load(_MORE.read_text(encoding="utf-8"))
    return {code: Text.model_validate(name) for code, name in given.items()}


def _names(code: str) -> list[tuple[str, bool]]:
    """What the code itself is or was called, oldest first, each with whether it still is."""
    found = [props["county"] for _, props in numdb.get("cn/loc").info(code) if "county" in props]
    return [(m[3], not m[2]) for m in _NAMED.finditer(found[0])] if found else []


def region_name(code: str) -> Text | None:
    """The region's own name, or the last one that it had; None for a code that nobody knows."""
    if code in _more():
        return _more()[code]
    names = _names(code) if re.fullmatch(r"[1-8][0-9]{5}", code) else []
    return Text(zh=names[-1][0], en=names[-1][0]) if names else None


def full_name(code: str) -> Text | None:
    """湖南省长沙市芙蓉区: each level that has a name of its own. Proper names stay Chinese in English too."""
    own = region_name(code)
    if own is None:
        return None
    above = [region_name(code[:2] + "0000"), region_name(code[:4] + "00")]
    parts = list(dict.fromkeys([*(name for name in above if name and name.zh not in _NO_PLACES), own]))
    return Text(zh="".join(part.zh for part in parts), en=" ".join(part.en for part in parts))


@cache
def provinces() -> tuple[Region, ...]:
    return tuple(Region(code, name) for n in _PROVINCES if (name := region_name(code := f"{n}0000")))


@cache
def prefectures(province: str) -> tuple[Region, ...]:
    """地级 of a province (two digits), those that are there today."""
    return tuple(r for n in range(1, 100) if (r := _today(f"{province}{n:02}00")))


@cache
def counties(prefecture: str) -> tuple[Region, ...]:
    """县级 of a prefecture (four digits), those that are there today."""
    return tuple(r for n in range(1, 100) if (r := _today(f"{prefecture}{n:02}")))


def _today(code: str) -> Region | None:
    if code in _more():
        return Region(code, _more()[code])
    name = next((name for name, still in _names(code) if still and name not in _NO_PLACES), None)
    return Region(code, Text(zh=name, en=name)) if name else None
