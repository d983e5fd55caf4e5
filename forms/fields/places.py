"""Fields answered with a place of the map: 行政区划."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, field_validator

from forms import scrub
from forms.fields.base import FieldBase, Problem
from forms.regions import Region, counties, full_name, prefectures, provinces, region_name
from forms.text import Text

ELSEWHERE = Text(zh="本省以外", en="Outside the province")


class RegionField(FieldBase):
    """A region chosen from a list; its value is the code of six digits.

    `within`: a province (43) or a prefecture (4301) whose regions are offered, down to `level`. `elsewhere`: provinces
    are offered as well, for whoever lives outside it.
    """

    kind: Literal["region"]
    within: Annotated[str, StringConstraints(pattern=r"^[1-8][0-9]([0-9]{2})?$")]
    level: Literal["prefecture", "county"] = "county"
    elsewhere: bool = False

    @cached_property
    def offered(self) -> tuple[tuple[Text, tuple[Region, ...]], ...]:
        """The list as a page draws it, under headings. Without a prefecture the counties stand under their province."""
        above = tuple(p for p in prefectures(self.within[:2]) if p.code.startswith(self.within))
        home = next(p for p in provinces() if p.code[:2] == self.within[:2])
        if self.level == "prefecture" or not above:
            groups = [(home.name, above or counties(f"{self.within:0<3}1"))]
        else:
            groups = [(p.name, counties(p.code[:4])) for p in above]
        if self.elsewhere:
            groups.append((ELSEWHERE, tuple(p for p in provinces() if p != home)))
        return tuple((name, regions) for name, regions in groups if regions)

    @field_validator("within")
    @classmethod
    def _is_there(cls, within: str) -> str:
        if region_name(f"{within:0<6}") is None:
            raise ValueError(f"there is no region {within}: give the first two or four digits of its code")
        return within

    def codes(self) -> tuple[str, ...]:
        return tuple(region.code for _, regions in self.offered for region in regions)

    def absent(self) -> Problem:
        return self.problem("请选择“{label}”。", "Choose “{label}”.")

    def coerce(self, text: str) -> str:
        return scrub.narrow(text)

    def check(self, value: str) -> None:
        if value not in self.codes():
            raise self.problem("请从列表中选择“{label}”。", "Choose “{label}” from the list.")

    def words(self, value: str, lang: str) -> str:
        """A region that has been merged away since keeps its name; a code that nobody knows stands for itself."""
        name = full_name(value)
        return name.in_(lang) if name else value

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.codes())}
