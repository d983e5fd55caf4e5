"""Rows of the same questions, as a browser without scripts fills them in."""

from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import visiting

__all__ = ["home", "living"]

FORM = {
    "nickname": "小网", "rackets": "1", "has_coach": "no", "surface": "clay", "member": "430199199211234826",
    "member_type": "resident_id", "home": "430199", "season_from": "2026-04-01", "season_to": "2026-10-31",
}  # fmt: skip


async def test_another_row_is_asked_for_without_losing_or_judging_anything(living: Living):
    async with visiting(living) as li:
        await li.sign_in("li")
        draft = await li.begin("tennis-club")
        await li.press(f"{draft}/start", hand="right", applicant=living.world.subjects["李样本"])
        assert 'name="friends__1__name"' in li.text
        assert 'name="friends__2__name"' not in li.text
        await li.press(f"{draft}/form", **{"friends__1__name": "甲", "friends__rows": ["1", "2"]})
        assert (li.page.status_code, li.path) == (200, f"{draft}/form")
        assert li.page.history[-1].headers["location"].endswith("#f-friends__2__name")
        assert 'value="甲"' in li.text
        assert 'name="friends__2__name"' in li.text
        assert "请改正" not in li.text, "nobody has said that this is all"

        await li.press(
            f"{draft}/form", **FORM, **{"friends__1__name": "甲", "friends__2__since": "2020-01-01"}
        )
        assert li.page.status_code == 422
        assert 'href="#f-friends__2__name"' in li.text, "the summary leads to the control"
        assert "第 2 项：请填写“名字”。" in li.text

        await li.press(f"{draft}/form", **FORM, **{"friends__1__name": "", "friends__2__name": "乙"})
        await li.go(f"{draft}/check")
        assert "（1）名字：乙" in li.text
        assert "湖南省长沙市示例区" in li.text
        assert "2026年4月1日 至 2026年10月31日" in li.text
