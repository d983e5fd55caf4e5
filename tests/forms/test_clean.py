"""Cleaning: what people type becomes one form of each answer, or a sentence that says what to do."""

import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms import clean, json_schema, parse_fields, to_raw
from forms.fields import is_credit_code, is_resident_number
from forms.scrub import LONGEST

LABEL = {"zh": "问题", "en": "Question"}


def field(kind: str, **more):
    return parse_fields([{"kind": kind, "name": "q", "label": LABEL, **more}])


COERCED = [
    ("text", "  湖南　示例\x00餐饮 ", "湖南 示例餐饮"),
    ("text", "a\ud800b\u202ec", "abc"),
    ("long_text", "一\r\n二  \n\n", "一\n二"),
    ("integer", "１２０", 120),
    ("integer", "1,200", 1200),
    ("money", "￥１，２３４.5元", "1234.50"),
    ("money", "-0.00", "0.00"),
    ("date", "2026-11-24", "2026-11-24"),
    ("date", "２０２６年１月２日", "2026-01-02"),
    ("date", "20260102", "2026-01-02"),
    ("yes_no", "是", True),
    ("yes_no", "no", False),
    ("phone", "+86 199 0000 0001", "19900000001"),
    ("phone", "(0731) 8888-0000", "0731-88880000"),
    ("phone", "010 88880000", "010-88880000"),
    ("phone", "+852 2000 0000", "+85220000000"),
    ("address", "示例路　1号", "示例路 1号"),
    ("credit_code", "９１430199ma99001b89", "91430199MA99001B89"),
    ("id_document", "１1010519491231002x", {"type": "resident_id", "number": "11010519491231002X"}),
]


@pytest.mark.parametrize(("kind", "typed", "value"), COERCED)
def test_an_answer_is_kept_in_one_form(kind, typed, value):
    cleaned = clean(field(kind), {"q": [typed]})
    assert cleaned.problems == {}
    assert cleaned.values == {"q": value}


REFUSED = [
    ("text", {}, "字" * 201),
    ("text", {"min_length": 2}, "字"),
    ("text", {"pattern": "[a-z]+", "hint": LABEL}, "A"),
    ("integer", {}, "12.5"),
    ("integer", {"at_most": 5}, "6"),
    ("integer", {"at_least": 1}, "0"),
    ("integer", {}, "9" * 5000),
    ("integer", {}, "٣"),
    ("money", {}, "1.234"),
    ("money", {}, "1e5"),
    ("money", {}, "-1"),
    ("date", {}, "2026-02-29"),
    ("date", {}, "2026111"),
    ("date", {"not_after": date(2020, 1, 1)}, "2020-01-02"),
    ("yes_no", {}, "maybe"),
    ("phone", {}, "12345678901"),
    ("address", {}, "路"),
    ("credit_code", {}, "91430199MA99001B88"),
    ("id_document", {}, "110105194912310021"),
    ("declaration", {"statement": LABEL}, "no"),
    ("file", {}, "../etc"),
    ("text", {}, "x" * (LONGEST + 5)),
]


@pytest.mark.parametrize(("kind", "more", "typed"), REFUSED)
def test_a_refusal_uses_the_words_of_the_question_in_both_languages(kind, more, typed):
    cleaned = clean(field(kind, **more), {"q": [typed]}, "en")
    assert cleaned.values == {}
    assert "“问题”" in cleaned.problems["q"]["zh"]
    assert "“Question”" in cleaned.problem("q")
    assert cleaned.raw["q"], "what was typed stays"


@pytest.mark.parametrize("raw", [{}, {"q": []}, {"q": [""]}, {"q": [" \u3000\x00 "]}, {"q": None}, {"q": 7}])
def test_nothing_given_is_a_problem_only_where_an_answer_is_required(raw):
    assert list(clean(field("text"), raw).problems) == ["q"]
    assert clean(field("text", required=False), raw).problems == {}


def test_two_answers_to_one_question_are_too_many():
    assert "保留一项" in clean(field("text"), {"q": ["a", "b"]}).problems["q"]["zh"]


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("430199199003076616", True),
        ("430199199211234826", True),
        ("430199202406151013", True),
        ("430199195802013525", True),
        ("430199200909102118", True),
        ("110105194912310021", False),
        ("11010519491231002x", False),
        ("110105491231002", False),
        ("110105194913310021", False),
        ("000000000000000000", False),
        ("", False),
    ],
)
def test_resident_numbers(number, valid):
    assert is_resident_number(number) is valid


FIXTURES = [
    "11430199MB99001A33",
    "11430199MB99002AX9",
    "11430199MB99003A6P",
    "11430199MB99004A21",
    "11430199MB99005A9C",
    "11430199MB99006A5M",
    "11430199MB99007A1Y",
    "11430199MB99008A8A",
    "11430199MB99009A4K",
    "11430199MB99010AX5",
    "11430199MB99011A6K",
    "11430199MB99012A2W",
    "11430199MB99013A98",
    "11430199MB99014A5H",
    "91430199MA99001B89",
    "91430199MA99002B4J",
    "91430199MA99003B0U",
    "92430199MA99101C19",
    "11430000006122244L",
]


@pytest.mark.parametrize("code", FIXTURES)
def test_credit_codes_check_and_no_single_slip_does(code):
    assert is_credit_code(code)
    for place, letter in enumerate(code):
        slip = "1" if letter != "1" else "2"
        assert not is_credit_code(code[:place] + slip + code[place + 1 :])


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_outside_the_alphabet_of_credit_codes_are_refused(letter):
    assert not is_credit_code(f"91430199{letter}A99001B89")


@pytest.mark.parametrize(
    ("kind", "number", "fine"),
    [
        ("passport", "e1234567", True),
        ("hm_permit", "H12345678", True),
        ("hm_permit", "X12345678", False),
        ("tw_permit", "12345678", True),
        ("hmt_residence", "11010519491231002X", False),
        ("resident_id", "E1234567", False),
        ("library_card", "1", False),
    ],
)
def test_a_paper_is_judged_by_its_kind(kind, number, fine):
    cleaned = clean(field("id_document"), {"q": [number], "q_type": [kind]})
    assert (cleaned.values != {}) is fine
    assert (cleaned.problems == {}) is fine


def test_a_question_whose_condition_fails_is_neither_asked_nor_kept(club):
    raw = {"has_coach": ["no"], "coach_phone": ["19900000001"], "surface": ["clay"]}
    cleaned = clean(club.fields, raw)
    assert "coach_phone" not in cleaned.values | cleaned.problems
    assert "coach_phone" in clean(club.fields, {"has_coach": ["yes"]}).problems


def test_conditions_join_and_negate(club):
    def asked(*strokes: str) -> bool:
        return "grass_oath" in clean(club.fields, {"surface": ["grass"], "strokes": list(strokes)}).problems

    assert asked("lob")
    assert asked()
    assert not asked("lob", "smash")
    assert "grass_oath" not in clean(club.fields, {"surface": ["clay"]}).problems


def test_situations_steer_materials(club):
    situation = clean(club.questions, {"hand": ["left"]}).values
    assert [p["material"] for p in club.missing(situation, {"loan-slip"})] == ["left-waiver"]
    assert [p["material"] for p in club.missing({}, set())] == ["own-racket"]


def test_answers_are_shown_in_words(club):
    raw = {
        "strokes": ["smash", "serve"],
        "pledge": ["1234.5"],
        "first_game": ["2026-1-2"],
        "has_coach": ["no"],
    }
    values = clean(club.fields, raw).values
    shown = {f.name: (f.show(values.get(f.name)), f.show(values.get(f.name), "en")) for f in club.fields}
    assert shown["strokes"] == ("发球、扣杀", "Serve, Smash")
    assert shown["pledge"] == ("1,234.50 元", "CNY 1,234.50")
    assert shown["first_game"] == ("2026年1月2日", "2026-01-02")
    assert shown["has_coach"] == ("否", "No")
    assert shown["nickname"] == ("未填写", "Not given")


def test_the_form_describes_itself_to_machines(club):
    schema = json_schema(club.fields)
    assert set(schema["properties"]) == {f.name for f in club.fields}
    assert "nickname" in schema["required"]
    assert "coach_phone" not in schema["required"], "asked only of those who have a coach"
    json.dumps(schema)


ODD = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["yes", "no", "1", "-1", "0.5", "2026-01-02", "clay", "grass", "smash", "left", "passport", "resident_id",
     "11010519491231002x", "91430199MA99001B89", "+8619900000001", "0731-88880000", "\x00", "\ud800", "ﷺ" * 40, "9" * 5000]
)  # fmt: skip
SHAPES = st.lists(ODD, max_size=4) | ODD | st.none() | st.integers() | st.lists(st.integers(), max_size=2)
NAMES = ["nickname", "code_word", "reasons", "rackets", "pledge", "first_game", "has_coach", "coach_phone", "surface",
         "strokes", "grass_oath", "court", "member", "member_type", "sponsor", "doodle", "fair_play"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), SHAPES))
@example({"reasons": ["x" * 100_000], "strokes": ["smash"] * 1000})
def test_no_submission_crashes_and_clean_answers_stay_as_they_are(club, raw):
    cleaned = clean(club.fields, raw)
    assert set(cleaned.values).isdisjoint(cleaned.problems)
    json.dumps([cleaned.values, cleaned.raw], ensure_ascii=False).encode()
    assert clean(club.fields, to_raw(club.fields, cleaned.values)).values == cleaned.values
    for each in club.fields:
        assert each.show(cleaned.values.get(each.name), "en")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_no_json_body_crashes(club, body):
    assert clean(club.fields, to_raw(club.fields, body)).problems, "nobody guesses a whole form"
