"""Every kind of field: what it accepts it shows, writes back and describes; what it refuses it says why."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from forms import clean, parse_fields, to_raw
from forms.fields import KINDS, row_asked_for
from forms.regions import counties, full_name, prefectures
from tests.forms.schemas import agrees

LABEL = {"zh": "问题", "en": "Question"}
OPTIONS = [{"value": value, "label": LABEL | {"zh": value}} for value in ("clay", "grass")]

DAYS = st.dates().map(lambda day: day.isoformat())
CODES = st.sampled_from(
    [c.code for p in prefectures("43") for c in counties(p.code[:4])] + ["110000", "430000", "999999"]
)
CARDS = st.from_regex(r"62[0-9]{13,16}", fullmatch=True).map(lambda body: body + luhn.calc_check_digit(body))
BORN = st.dates().map(lambda day: day.strftime("%Y%m%d"))
RESIDENTS = st.tuples(
    st.sampled_from(["430199", "110105", "512301", "810000", "830000", "999999"]), BORN, st.from_regex(r"[0-9]{3}", fullmatch=True)
).map(lambda parts: "".join(parts)).map(lambda body: body + ric.calc_check_digit(body + "0"))  # fmt: skip
ODD = st.text(max_size=12) | st.sampled_from(
    ["yes", "no", "0", "-1", "７", "1.5", "clay", "A430000001", "H12345678", "\x00", "\ud800", "9" * 40]
)


def one(*strategies: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.one_of(*strategies, ODD).map(lambda text: [text])


def control(name: str, *strategies: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={name: one(*strategies)})


PAPER_TYPES = [
    "resident_id",
    "hmt_residence",
    "hm_permit",
    "passport",
    "foreign_residence",
    "birth_certificate",
    "temporary_id",
]
ROW = [
    {"kind": "text", "name": "name", "label": LABEL, "max_length": 5},
    {"kind": "yes_no", "name": "minor", "label": LABEL, "required": False},
    {"kind": "date", "name": "born", "label": LABEL, "when": {"field": "minor", "equals": True}},
    {"kind": "id_document", "name": "paper", "label": LABEL, "required": False, "types": PAPER_TYPES},
]
# Each kind: keys beside kind, name and label, and what is sent for it.
KIND: dict[str, tuple[dict[str, Any], st.SearchStrategy[dict[str, Any]]]] = {
    "text": ({"min_length": 2, "max_length": 8}, control("q")),
    "long_text": ({}, control("q")),
    "integer": ({"at_least": -5, "at_most": 5}, control("q", st.integers(-9, 9).map(str))),
    "money": ({}, control("q", st.decimals(0, 10**9, places=2).map(str))),
    "date": ({}, control("q", DAYS)),
    "date_range": (
        {"open_end": True, "most_days": 4000},
        st.builds(lambda a, b: {"q_from": a, "q_to": b}, one(DAYS), one(DAYS) | st.just([])),
    ),
    "yes_no": ({}, control("q")),
    "choice": ({"options": OPTIONS}, control("q", st.just("grass"))),
    "choices": ({"options": OPTIONS}, st.lists(st.sampled_from(["grass", "clay", "sand"]), max_size=3).map(lambda v: {"q": v})),
    "region": ({"within": "43", "elsewhere": True}, control("q", CODES)),
    "phone": ({}, control("q", st.from_regex(r"1[0-9]{10}|0731-?[0-9]{8}", fullmatch=True))),
    "address": ({}, control("q")),
    "id_document": (
        {"types": PAPER_TYPES},
        st.builds(lambda n, t: {"q": n, "q_type": [t]}, one(RESIDENTS), st.sampled_from([*PAPER_TYPES, "tw_permit"])),
    ),
    "credit_code": ({}, control("q", st.sampled_from(["91430199MA99001B89", "91430199MA99001B88"]))),
    "bank_account": ({"of": "card"}, control("q", CARDS, st.from_regex(r"[0-9]{16,19}", fullmatch=True))),
    "declaration": (
        {"statement": LABEL, "signature": True},
        st.builds(lambda a, b: {"q": a, "q_signer": b}, one(st.just("yes")), one(st.just("陈示例"))),
    ),
    "file": ({"at_most": 2}, st.lists(st.sampled_from(["a1", "b2", "c3", "../etc"]), max_size=4).map(lambda v: {"q": v})),
    "group": (
        {"fields": ROW, "at_most": 2},
        st.dictionaries(
            st.sampled_from([f"q__{n}__{name}" for n in (1, 2, 3) for name in ("name", "minor", "born", "paper", "paper_type")]),
            one(DAYS, RESIDENTS, st.sampled_from(["王示例", "passport", "yes"])),
        ),
    ),
}  # fmt: skip


def made(kind: str, **more: Any):
    return parse_fields([{"kind": kind, "name": "q", "label": LABEL, **more}])


def test_no_kind_is_left_out_here():
    assert {kind.model_fields["kind"].annotation.__args__[0] for kind in KINDS} == set(KIND)


@pytest.mark.parametrize("kind", KIND)
def test_what_a_kind_accepts_it_writes_back_describes_and_shows(kind):
    more, sent = KIND[kind]
    fields = made(kind, **more)

    @settings(max_examples=60, deadline=None, database=None)
    @given(sent)
    def holds(raw):
        cleaned = clean(fields, raw)
        assert (cleaned.values == {}) is bool(cleaned.problems)
        json.dumps([cleaned.values, cleaned.raw], ensure_ascii=False).encode()
        for said in cleaned.problems.values():
            assert "问题" in said["zh"]
            assert said["en"]
        if cleaned.ok:
            value = cleaned.values["q"]
            assert clean(fields, to_raw(fields, cleaned.values)).values == cleaned.values
            assert agrees(fields[0].json_schema(), value), value
            assert fields[0].show(value)
            assert fields[0].show(value, "en")

    holds()


@pytest.mark.parametrize(
    ("kind", "more", "raw", "fine"),
    [
        ("date_range", {}, {"q_from": ["2026-01-02"], "q_to": ["2026-01-02"]}, True),
        ("date_range", {}, {"q_from": ["2026-01-02"], "q_to": ["2026-01-01"]}, False),
        ("date_range", {}, {"q_from": ["2026-01-02"]}, False),
        ("date_range", {"open_end": True}, {"q_from": ["2026-01-02"]}, True),
        ("date_range", {"most_days": 30}, {"q_from": ["2026-01-01"], "q_to": ["2026-01-31"]}, False),
        ("region", {"within": "43"}, {"q": ["430199"]}, True),
        ("region", {"within": "43"}, {"q": ["110000"]}, False),
        ("region", {"within": "43", "elsewhere": True}, {"q": ["110000"]}, True),
        ("region", {"within": "4301"}, {"q": ["430202"]}, False),
        ("region", {"within": "43", "level": "prefecture"}, {"q": ["430100"]}, True),
        ("bank_account", {"of": "card"}, {"q": ["6222 0200 0000 0000"]}, False),
        ("bank_account", {"of": "card"}, {"q": ["4111 1111 1111 1111"]}, True),
        ("bank_account", {}, {"q": ["43-001 0000 0001"]}, True),
        ("id_document", {}, {"q": ["A430000001"], "q_type": ["birth_certificate"]}, False),
        ("id_document", {"types": ["birth_certificate"]}, {"q": ["a430000001"]}, True),
        ("id_document", {}, {"q": ["810000199001010108"], "q_type": ["resident_id"]}, False),
        ("declaration", {"statement": LABEL, "signature": True}, {"q": ["yes"]}, False),
        ("declaration", {"statement": LABEL, "signature": True}, {"q": ["yes"], "q_signer": ["陈示例"]}, True),
    ],
)  # fmt: skip
def test_bounds_of_the_kinds(kind, more, raw, fine):
    assert clean(made(kind, **more), raw).ok is fine


FAMILY = made("group", fields=ROW, at_least=1, at_most=3)


def test_a_row_that_was_emptied_is_gone_and_the_others_keep_their_order():
    raw = {"q__1__name": ["甲"], "q__2__name": [""], "q__2__paper_type": ["passport"], "q__3__name": ["丙"]}
    assert clean(FAMILY, raw).values == {"q": [{"name": "甲"}, {"name": "丙"}]}


def test_what_is_wrong_in_a_row_is_said_at_its_control():
    raw = {"q__1__name": ["甲"], "q__2__name": ["乙"], "q__2__minor": ["yes"]}
    said = clean(FAMILY, raw).problems
    assert list(said) == ["q__2__born"]
    assert said["q__2__born"]["zh"].startswith("第 2 项：")


def test_a_row_too_many_is_refused_and_not_lost():
    rows = [{"name": str(n)} for n in range(4)]
    assert "最多填写 3 项" in clean(FAMILY, to_raw(FAMILY, {"q": rows})).problems["q"]["zh"]


def test_the_button_for_another_row_names_the_control_to_go_on_with():
    group = FAMILY[0]
    raw = {"q__1__name": ["甲"], "q__rows": ["1", "2"]}
    assert (group.rows_drawn(raw), row_asked_for(FAMILY, raw)) == (2, "q__2__name")
    assert row_asked_for(FAMILY, {"q__rows": ["1"]}) is None
    assert group.rows_drawn({"q__rows": ["99"]}) == 3


def test_hunan_has_fourteen_prefectures_and_122_counties_and_the_invented_one():
    found = [c.code for p in prefectures("43") for c in counties(p.code[:4])]
    assert (len(prefectures("43")), len(found), "430199" in found) == (14, 123, True)


def test_a_region_that_was_merged_away_keeps_its_name():
    assert full_name("430221").zh == "湖南省株洲市株洲县"
    assert "430221" not in made("region", within="43")[0].codes()
