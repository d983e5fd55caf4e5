"""登录超时: what was typed when the session had run out comes back to whoever typed it, and to nobody else."""

import re
from html import unescape

import pytest

from infra.seed.world import PASSWORD
from services.people.sessions import recent
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import FOOD_FORM, PDF, Visitor, upload, visiting

__all__ = ["home", "living"]

TYPED = FOOD_FORM | {"premises_name": "写了一半的饭店", "area": "很大"}


@pytest.fixture
async def chen(living: Living):
    async with visiting(living) as visitor:
        yield await visitor.sign_in("chen")


def sixteen_minutes_pass(living: Living) -> None:
    living.clock.forward(minutes=16)
    recent._kept.clear()


async def half_a_form(living: Living, chen: Visitor) -> str:
    """An application whose form was sent a minute too late; the page on which one signs in again."""
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    sixteen_minutes_pass(living)
    await chen.press(f"{draft}/form", **TYPED)
    assert chen.page.status_code == 401
    assert "您刚才填的内容还在" in chen.text
    assert "写了一半的饭店" not in chen.text, "sealed: whoever comes to the screen next reads nothing"
    return draft


def carried(chen: Visitor) -> dict[str, str]:
    fields = re.findall(r'<textarea name="([^"]+)" hidden[^>]*>\n(.*?)</textarea>', chen.page.text, re.S)
    return {name: unescape(value) for name, value in fields}


async def test_after_signing_in_again_one_is_back_on_the_page_with_what_was_typed(
    living: Living, chen: Visitor
):
    draft = await half_a_form(living, chen)
    await chen.press("/sign-in", username="chen", password="wrong-password")
    await chen.press("/sign-in", username="chen", password=PASSWORD)
    assert "data-resume" in chen.text, "where scripts run, nobody needs to press"
    await chen.press(f"{draft}/form", **carried(chen))
    assert chen.path == f"{draft}/form"
    assert 'value="写了一半的饭店"' in chen.text
    assert 'value="很大"' in chen.text
    assert chen.page.status_code == 200, "saved as it was, judged when one presses on"


async def test_somebody_else_who_signs_in_there_gets_nothing_of_it(living: Living, chen: Visitor):
    await half_a_form(living, chen)
    await chen.press("/sign-in", username="li", password=PASSWORD)
    assert chen.path == "/"
    assert "写了一半的饭店" not in chen.text


async def test_after_an_hour_it_is_gone(living: Living, chen: Visitor):
    await half_a_form(living, chen)
    living.clock.forward(minutes=61)
    await chen.press("/sign-in", username="chen", password=PASSWORD)
    assert "写了一半的饭店" not in chen.text


async def test_a_form_that_was_not_made_for_that_session_is_not_kept(living: Living, chen: Visitor):
    draft = await chen.begin("food-licence")
    sixteen_minutes_pass(living)
    answer = await chen.client.post(f"{draft}/start", data={"csrf": "forged", "only_prepackaged": "no"})
    assert answer.url.path == "/sign-in"
    assert 'name="held"' not in answer.text


async def test_whoever_signed_out_left_nothing(living: Living, chen: Visitor):
    draft = await chen.begin("food-licence")
    form = chen.hidden(f"{draft}/start")
    await chen.press("/sign-out")
    answer = await chen.client.post(f"{draft}/start", data=form | {"only_prepackaged": "no"})
    assert answer.url.path == "/sign-in"
    assert 'name="held"' not in answer.text


async def test_a_button_that_decides_something_is_pressed_again_by_hand(living: Living, chen: Visitor):
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    form = chen.hidden(f"{draft}/form")
    sixteen_minutes_pass(living)
    chen.page = await chen.client.post(f"{draft}/submit", data=form | {"truth": "yes"})
    await chen.press("/sign-in", username="chen", password=PASSWORD)
    assert "再按一次就提交" in chen.text
    assert "data-resume" not in chen.text


async def test_files_cannot_wait_and_that_is_said(living: Living, chen: Visitor):
    draft = await chen.begin("food-licence")
    await chen.press(f"{draft}/start", only_prepackaged="no", applicant_role="self")
    await chen.go(f"{draft}/papers")
    form = chen.hidden(f"{draft}/papers")
    sixteen_minutes_pass(living)
    parts = [(n, (None, v)) for n, v in form.items()] + [upload("layout", "图.pdf", PDF)]
    answer = await chen.client.post(f"{draft}/papers", files=parts)
    assert answer.url.path == "/sign-in"
    assert "刚才的文件没有收到" in answer.text
