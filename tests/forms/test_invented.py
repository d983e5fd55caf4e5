"""Invented items: what the checker lets pass, the engine can live with, and what it does not let pass is named."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from forms import Item, charges, clean, json_schema, remarks_about, to_raw
from forms.reading import read_item
from tests.forms.schemas import agrees

CLUB = yaml.safe_load((Path(__file__).parent / "items" / "tennis-club.yaml").read_text("utf-8"))
WORDS = {"zh": "问", "en": "Ask"}

NAMES = st.sampled_from(
    [
        "hand",
        "surface",
        "strokes",
        "rackets",
        "has_coach",
        "first_game",
        "member",
        "home",
        "friends",
        "nobody",
    ]
)
WANTED = st.sampled_from(["left", "right", "clay", "smash", "430102", "2026-01-02", True, False, 3, 99, ""])
CONDITIONS = st.recursive(
    st.builds(lambda name, value: {"field": name, "equals": value}, NAMES, WANTED)
    | st.builds(lambda name, values: {"field": name, "in": values}, NAMES, st.lists(WANTED, min_size=1, max_size=2)),
    lambda inner: st.builds(lambda part: {"not": part}, inner)
    | st.builds(lambda join, parts: {join: parts}, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=2)),
    max_leaves=3,
)  # fmt: skip
LIMITS = st.builds(
    lambda n, unit: {"n": n, "unit": unit},
    st.integers(0, 40),
    st.sampled_from(["working_days", "calendar_days", "working_hours", "months"]),
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """The tennis club, changed in a few places, mostly into something that could be published."""
    item = copy.deepcopy(CLUB)
    fields, steps = item["form"][0]["fields"], item["procedure"]["steps"]
    for change in draw(
        st.sets(
            st.sampled_from(["field", "material", "fee", "step", "section", "promise", "drop", "bounds"]),
            max_size=2,
        )
    ):
        match change:
            case "field":
                draw(st.sampled_from(fields))["when"] = draw(CONDITIONS)
            case "material":
                draw(st.sampled_from(item["materials"]))["when"] = draw(CONDITIONS)
            case "fee":
                item["fees"][0]["when"] = draw(CONDITIONS)
            case "step":
                draw(st.sampled_from(steps))["when"] = draw(CONDITIONS)
            case "section":
                item["form"].append(
                    {
                        "title": WORDS,
                        "when": draw(CONDITIONS),
                        "fields": [{"kind": "text", "name": "more", "label": WORDS}],
                    }
                )
            case "promise":
                item["promised"], item["statutory"] = draw(LIMITS), draw(LIMITS)
            case "drop":
                fields.remove(draw(st.sampled_from(fields)))
            case "bounds":
                draw(st.sampled_from(fields)).update(
                    draw(st.dictionaries(st.sampled_from(["at_least", "at_most"]), st.integers(0, 12)))
                )
    return item  # fmt: skip


ODD = st.text(max_size=6) | st.sampled_from(
    ["yes", "no", "left", "clay", "smash", "3", "2026-01-02", "430102", "H12345678", "甲"]
)


def answers_to(item: Item) -> st.SearchStrategy[dict[str, Any]]:
    names = [name for field in item.questions + item.fields for name in field.raw_names()]
    return st.dictionaries(st.sampled_from(names), st.lists(ODD, max_size=2))


@settings(max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(items(), st.data())
def test_what_the_checker_lets_pass_the_engine_lives_with(content, data):
    try:
        item = Item.model_validate(content)
    except ValidationError:
        event("not an item")
        return
    remarks = remarks_about(item)
    for remark in remarks:
        key, colon, rest = remark.partition(": ")
        assert all((key, colon, len(rest) > 15)), f"no key or no remedy: {remark}"
    if remarks:
        event("remarked on")
        return
    event("lives")
    asked = item.questions + item.fields
    cleaned = clean(asked, data.draw(answers_to(item)))
    assert clean(asked, to_raw(asked, cleaned.values)).values == cleaned.values
    schema = json_schema(asked)
    assert all(agrees(schema["properties"][name], value) for name, value in cleaned.values.items())
    assert item.missing(cleaned.values, set()) is not None
    assert sum(line.fen for line in charges(item, cleaned.values, "grant")) >= 0
    left = item.upon(False, item.skipped(cleaned.values)).procedure.steps
    assert set(left[-1].commands) >= {"grant", "refuse"}, "every course ends with a decision"
    assert not item.statutory or not item.promised.longer_than(item.statutory)


@pytest.mark.parametrize(
    "path", ["form.0.fields.0", "materials.0", "procedure.steps.0", "contact", "fees.0", ""]
)
@pytest.mark.parametrize("junk", [None, 7, [], {}, "x", {"kind": "text"}, [[]]], ids=str)
def test_no_file_is_so_broken_that_it_is_not_answered_in_sentences(tmp_path, path, junk):
    content: Any = copy.deepcopy(CLUB)
    at = content
    *way, last = path.split(".")
    for key in way:
        at = at[int(key)] if isinstance(at, list) else at[key]
    if path:
        at[int(last) if isinstance(at, list) else last] = junk
    file = tmp_path / "tennis-club.yaml"
    file.write_text(yaml.safe_dump(content if path else junk, allow_unicode=True), "utf-8")
    item, remarks = read_item(file)
    assert (item is None) == bool(remarks)
    assert all(remark.startswith("tennis-club.yaml: ") for remark in remarks)


def test_a_section_hands_its_condition_down_and_saying_it_twice_changes_nothing():
    content = copy.deepcopy(CLUB)
    when = {"field": "has_coach", "equals": True}
    content["form"].append(
        {"title": WORDS, "when": when, "fields": [{"kind": "text", "name": "more", "label": WORDS}]}
    )
    item = Item.model_validate(content)
    again = Item.model_validate_json(item.model_dump_json(by_alias=True))
    assert item.hash == again.hash
    assert again.fields[-1].when is not None
    assert "more" not in clean(item.fields, {"has_coach": ["no"]}).problems
    assert "more" in clean(item.fields, {"has_coach": ["yes"]}).problems


def test_a_situation_skips_a_step_and_never_the_decision():
    content = copy.deepcopy(CLUB)
    item = Item.model_validate(content)
    assert remarks_about(item) == []
    assert item.skipped({"hand": "right"}) == ("trial",)
    assert [s.code for s in item.upon(False, item.skipped({"hand": "right"})).procedure.steps] == [
        "review",
        "decision",
    ]
    assert item.skipped({"hand": "left"}) == ()
