"""Languages, formats, preferences and headers, without a browser."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from types import SimpleNamespace

import httpx
import pytest
from jinja2 import UndefinedError

from forms.text import Text
from services.law.roles import SYSTEM, Actor, Grant, Role
from services.law.rules import RULES
from web import formats, i18n
from web.gallery import gallery_app
from web.i18n import catalogue, extract
from web.i18n.__main__ import main
from web.lamps import by
from web.navigation import places
from web.preferences import same_site
from web.rendering import make_templates
from web.security_headers import SecurityHeaders


def client(scheme: str = "http") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(gallery_app()), base_url=f"{scheme}://desk")


@pytest.fixture
def english():
    token = i18n.in_language("en")
    yield
    i18n.leave(token)


def test_what_the_system_does_and_by_when_is_said_in_the_language_of_the_page(english: None) -> None:
    midnight = datetime(2026, 12, 3, 16, tzinfo=UTC)  # in Beijing the end of the third
    assert by(midnight) == {"zh": "12-03 24:00", "en": "3 Dec 24:00"}
    assert by(datetime(2026, 12, 3, 1, 30, tzinfo=UTC)) == {"zh": "12-03 09:30", "en": "3 Dec 09:30"}
    assert formats.signed(SYSTEM.name) == "System"
    assert formats.signed("吴窗口") == "吴窗口"
    assert {r.rests_on["en"] for r in RULES.values() if r.basis.startswith("本地")} == {
        "Local supervision rules",
        "Local rules on ratings",
        "Local 12345 rules",
    }
    assert RULES["T01"].rests_on == {"zh": "行政许可法第三十二条", "en": "行政许可法第三十二条"}


def test_every_sentence_has_an_english_translation() -> None:
    gaps = extract.missing()
    assert not gaps, "add with: python -m web.i18n add\n" + "\n".join(f"{p}  {m}" for m, p in gaps.items())


def test_no_translation_loses_a_placeholder() -> None:
    for msgid, english in catalogue.read(catalogue.CATALOGUE).items():
        catalogue.check_placeholders(msgid, english)


def test_several_people_may_add_translations_at_once(tmp_path) -> None:
    path = tmp_path / "messages.po"
    path.write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    with ThreadPoolExecutor(8) as pool:
        added = list(
            pool.map(lambda n: catalogue.add(f"第 {n % 20} 句", f'"{n % 20}"\nquoted', path), range(60))
        )
    assert sum(added) == 20
    assert catalogue.read(path) == {f"第 {n} 句": f'"{n}"\nquoted' for n in range(20)}


def test_a_translation_with_other_placeholders_is_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match="placeholders differ"):
        catalogue.add("还有 %(n)s 天", "%(days)s days left", tmp_path / "none.po")


def test_the_command_lists_what_is_missing(capsys, monkeypatch) -> None:
    monkeypatch.setattr("web.i18n.__main__.missing", lambda: {"没有译文": "templates/a.html:3"})
    assert main(["missing"]) == 1
    assert capsys.readouterr().out == "templates/a.html:3\t没有译文\n"


def test_a_sentence_without_translation_stays_chinese() -> None:
    assert i18n.translate("en", "没有人翻译过的句子") == "没有人翻译过的句子"
    assert i18n.translate("en", "还有 %(n)s 天", n=3) == "3 days left"
    assert i18n.translate("en", "还有 %(n)s 天", n=1) == "1 day left"
    assert i18n.translate("zh", "还有 %(n)s 天", n=3) == "还有 3 天"


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "lang"),
    [
        ("", "", "", "zh"),
        ("", "", "en-US,en;q=0.9", "en"),
        ("", "", "en;q=0.5, zh-CN", "zh"),
        ("", "", "fr, en;q=nonsense", "zh"),
        ("", "zh", "en", "zh"),
        ("?lang=en", "zh", "", "en"),
        ("?lang=fr", "", "", "zh"),
    ],
)
async def test_the_language_is_the_one_asked_for_last(
    query: str, cookie: str, accept: str, lang: str
) -> None:
    headers = {"accept-language": accept} | ({"cookie": f"lang={cookie}"} if cookie else {})
    async with client() as desk:
        answer = await desk.get(f"/gallery/parts{query}", headers=headers)
    assert answer.headers["content-language"] == lang
    assert ("lang=en" in answer.headers.get("set-cookie", "")) == (query == "?lang=en")


def test_dates_are_written_as_people_write_them(english: None) -> None:
    thursday = date(2026, 11, 26)
    assert formats.day(thursday) == "Thu 26 Nov"
    token = i18n.in_language("zh")
    assert formats.day(thursday) == "11月26日（周四）"
    assert formats.date_long(thursday) == "2026年11月26日"
    i18n.leave(token)


def test_a_moment_late_in_the_evening_in_london_is_the_next_day_in_changsha() -> None:
    late = datetime(2026, 11, 17, 20, 30, tzinfo=UTC)
    assert formats.moment(late) == "11-18 04:30"
    assert formats.day_short(late) == "11月18日"
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(late.replace(tzinfo=None))


def test_numbers_sizes_and_amounts() -> None:
    assert formats.case_no("430199202611171000012K") == "430199 20261117 1 000012 K"
    assert formats.case_no("DH-1") == "DH-1"
    assert [formats.size(n) for n in (512, 1_258_291, 52_428_800)] == ["512 B", "1.2 MB", "50 MB"]
    assert formats.money("1234.5") == "¥1,234.50"
    with pytest.raises(TypeError):
        formats.money(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", [Text(zh="甲", en="a"), {"zh": "甲", "en": "a"}, SimpleNamespace(zh="甲", en="a")]
)
def test_bilingual_text_shows_one_language(text: object) -> None:
    assert (i18n.pick(text, "zh"), i18n.pick(text, "en")) == ("甲", "a")


def test_text_without_english_falls_back_to_chinese() -> None:
    assert i18n.pick({"zh": "甲", "en": ""}, "en") == "甲"
    assert i18n.pick("乙", "en") == "乙"


@pytest.mark.parametrize(
    ("left", "stopped", "words", "kind"),
    [
        (3, False, "还有 3 个工作日", "ok"),
        (1, False, "还有 1 个工作日", "near"),
        (0, False, "今天到期", "near"),
        (-2, False, "已超 2 个工作日", "over"),
        (-2, True, "时限暂停", "stop"),
    ],
)
def test_a_light_says_the_days_in_words(left: int, stopped: bool, words: str, kind: str) -> None:
    light = make_templates().get_template("parts/lights.html").module.light(None, left, stopped)  # type: ignore[attr-defined]
    assert words in light
    assert f'class="light {kind}"' in light


def test_what_people_type_is_escaped_and_a_forgotten_value_is_an_error() -> None:
    environment = make_templates()
    assert environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ forgotten }}").render()


async def test_every_answer_carries_the_strict_headers() -> None:
    async with client("https") as desk:
        for path in ("/gallery/parts", "/nowhere", "/preferences"):
            headers = (await desk.get(path)).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] == "no-store"
            assert "strict-transport-security" in headers
    async with client() as desk:
        assert "strict-transport-security" not in (await desk.get("/gallery/parts")).headers


async def test_a_route_may_set_its_own_policy() -> None:
    async def app(scope, receive, send) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-security-policy", b"mine")]}
        )
        await send({"type": "http.response.body"})

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(SecurityHeaders(app)), base_url="http://desk"
    ) as desk:
        assert (await desk.get("/")).headers.get_list("content-security-policy") == ["mine"]


async def test_htmx_and_the_stylesheet_are_served_and_kept_by_their_content() -> None:
    async with client() as desk:
        text = (await desk.get("/gallery/parts")).text
        for name in ("look.css", "app.js", "htmx/htmx.min.js", "icon.svg"):
            address = f"/static/{name}?v="
            start = text.index(address)
            answer = await desk.get(text[start : text.index('"', start)])
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]


async def test_no_page_has_inline_style_or_script() -> None:
    async with client() as desk:
        for name in ("parts", "form?wrong=1", "desk", "wall"):
            text = (await desk.get(f"/gallery/{name}")).text
            assert " style=" not in text
            assert "<style" not in text
            assert " onclick" not in text
            assert text.count("<script") == text.count("<script src=")


@pytest.mark.parametrize(
    "address", ["//evil", "https://evil", "/\\evil", "\\evil", "evil", "", "/\n/evil", "/\t/evil"]
)
def test_preferences_never_lead_to_another_site(address: str) -> None:
    assert same_site(address) == "/"


async def test_preferences_are_kept_in_cookies() -> None:
    async with client() as desk:
        answer = await desk.get("/preferences?lang=en&large=1&next=/gallery/parts%3Fa%3D1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/gallery/parts?a=1")
        text = (await desk.get("/gallery/parts")).text
    assert '<html lang="en" class="large">' in text


def test_navigation_shows_each_role_its_own_places() -> None:
    clerk = Actor("s", "staff", "张", (Grant(Role.CLERK), Grant(Role.REVIEWER)))
    found = places(clerk, "/window/intake/new")
    assert [p.href for p in found] == ["/window", "/window/intake", "/window/licences", "/window/people"]
    assert [p.current for p in found] == [False, True, False, False]
    assert not any(p.href.startswith("/supervisor") for p in found)
    admin = places(Actor("a", "staff", "管", (Grant(Role.ADMIN),)), "/")
    assert [p.href for p in admin] == ["/admin/items", "/admin/calendar", "/admin/kiosks"]
