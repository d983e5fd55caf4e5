"""The checker: every rule of publishing is caught by name, with file, key and remedy."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms import BadItems, check_items, load_items

CLUB = Path(__file__).parent / "items" / "tennis-club.yaml"


@pytest.fixture(scope="module")
def sound() -> dict[str, Any]:
    return yaml.safe_load(CLUB.read_text(encoding="utf-8"))


def field(item: dict, name: str) -> dict:
    return next(each for each in item["form"][0]["fields"] if each["name"] == name)


def step(item: dict, n: int) -> dict:
    return item["procedure"]["steps"][n]


def material(item: dict, code: str) -> dict:
    return next(each for each in item["materials"] if each["code"] == code)


def put(path: str, value: Any) -> Callable[[dict], None]:
    *way, last = path.split(".")

    def change(item: dict) -> None:
        for key in way:
            item = item[int(key)] if isinstance(item, list) else item[key]
        item[int(last) if isinstance(item, list) else last] = value

    return change


VIOLATIONS: list[tuple[str, Callable[[dict], Any], str]] = [
    ("a promise longer than the law", put("statutory", {"n": 2, "unit": "calendar_days"}), "promised: "),
    ("a licence without statutory limit", lambda i: i.update(kind="licence", statutory=None), "statutory: "),
    ("a licence that grants nothing", lambda i: i.update(kind="licence", result=None), "result: "),
    (
        "forwarding to nobody",
        lambda i: step(i, -1).update(commands=["forward"]),
        "procedure.decision: the last step decides",
    ),
    (
        "forwarding where the last step decides",
        put("procedure.forward_to", "county-club"),
        "procedure.decision: ",
    ),
    (
        "a first review of a licence over twenty days",
        lambda i: (
            i.update(kind="licence"),
            i["procedure"].update(forward_to="county-club"),
            step(i, -1).update(commands=["forward"], limit={"n": 21, "unit": "working_days"}),
        ),
        "procedure.decision.limit: ",
    ),
    (
        "forwarding to an item that is not there",
        lambda i: (i["procedure"].update(forward_to="county-club"), step(i, -1).update(commands=["forward"])),
        "procedure.forward_to: there is no item `county-club`",
    ),
    ("a visit at depth IV", put("depth", "IV"), "visits: "),
    ("a visit without a reason", put("visits_reason", None), "visits_reason: "),
    (
        "personal data without purpose",
        lambda i: field(i, "coach_phone").pop("purpose"),
        "form.coach_phone.purpose: ",
    ),
    (
        "an identity paper that is not personal",
        lambda i: field(i, "member").pop("personal"),
        "form.member.personal: ",
    ),
    (
        "a material without basis",
        lambda i: material(i, "trophy").update(basis=" "),
        "materials.trophy.basis: ",
    ),
    (
        "a catch-all material",
        lambda i: material(i, "trophy")["name"].update(zh="窗口要求的其他材料"),
        "materials.trophy.name: ",
    ),
    (
        "a shared material to upload",
        lambda i: material(i, "id-card").update(form=5),
        "materials.id-card.form: ",
    ),
    (
        "a fetched material that is not shared",
        lambda i: material(i, "trophy").update(form=6),
        "materials.trophy.form: ",
    ),
    (
        "two materials of one code",
        lambda i: material(i, "trophy").update(code="whites"),
        "materials.whites: ",
    ),
    (
        "one phone for asking and complaining",
        put("contact.complaint", "0731-00009001"),
        "contact.complaint: ",
    ),
    ("a short base code", put("catalog_code", "4320"), "catalog_code: "),
    ("a task code of other length", put("task_code", "1143"), "task_code: "),
    ("a task code of another office", put("task_code", "11430199MB99001A334432099999000"), "task_code: "),
    ("a handling code of other length", put("handle_code", "1143"), "handle_code: "),
    ("a wrong check digit of the office", put("department", "11430199MB99006A5N"), "department: "),
    ("a wrong issuer of the licence type", put("result.licence_type", "1" * 21), "result.licence_type: "),
    ("an unknown command", lambda i: step(i, 0)["commands"].append("applaud"), "procedure.trial.commands: "),
    (
        "an order's command in a standard procedure",
        lambda i: step(i, 1)["commands"].append("dispatch"),
        "procedure.review.commands: ",
    ),
    ("a site check by one officer", lambda i: step(i, 0).update(officers=1), "procedure.trial.officers: "),
    ("no decision at the end", lambda i: i["procedure"]["steps"].pop(), "procedure.review: "),
    ("a decision in the middle", lambda i: step(i, 0)["commands"].append("grant"), "procedure.trial: "),
    (
        "the reviewer decides after reviewing",
        lambda i: step(i, 2).update(role="reviewer"),
        "procedure.decision.role: ",
    ),
    ("two steps of one code", lambda i: step(i, 0).update(code="review"), "procedure.review.code: "),
    (
        "a step of no office",
        lambda i: step(i, 0).update(department="somebody"),
        "procedure.trial.department: ",
    ),
    ("an instant item of three steps", put("case_type", "instant"), "case_type: "),
    ("an order with a standard procedure", put("kind", "order"), "procedure.kind: "),
    ("a group of one", lambda i: i["materials"].remove(material(i, "loan-slip")), "any_of.racket: "),
    ("an undeclared group", put("any_of", []), "materials.own-racket.group: "),
    (
        "an optional member of a group",
        lambda i: material(i, "loan-slip").update(need="optional"),
        "materials.loan-slip.need: ",
    ),
    (
        "a condition on no field",
        lambda i: field(i, "coach_phone")["when"].update(field="x"),
        "form.coach_phone.when: ",
    ),
    (
        "a condition on a later field",
        lambda i: field(i, "nickname").update(when={"field": "surface", "equals": "clay"}),
        "form.nickname.when: ",
    ),
    (
        "a condition never met",
        lambda i: material(i, "left-waiver")["when"].update(equals="up"),
        "materials.left-waiver.when: ",
    ),
    (
        "a yes-or-no compared with text",
        lambda i: field(i, "coach_phone")["when"].update(equals="yes"),
        "form.coach_phone.when: ",
    ),
    (
        "a stop on no question",
        lambda i: i["not_needed"][0]["when"].update(field="foot"),
        "not_needed.0.when: ",
    ),
    ("two fields of one name", lambda i: field(i, "court").update(name="nickname"), "form.nickname: "),
    ("a field named like a situation", lambda i: field(i, "court").update(name="hand"), "form.hand: "),
    (
        "a field that shadows the type of a paper",
        lambda i: field(i, "court").update(name="member_type"),
        "form.member_type: ",
    ),
    (
        "a pattern that is none",
        lambda i: field(i, "code_word").update(pattern="["),
        "form.code_word.pattern: ",
    ),
    ("a pattern without a hint", lambda i: field(i, "code_word").pop("hint"), "form.code_word.hint: "),
    ("an unknown key", put("colour", "green"), "colour: is not a known key"),
    ("a missing key", lambda i: i.pop("contact"), "contact: is missing"),
    (
        "an unquoted code",
        put("catalog_code", 432099999000),
        "catalog_code: must be text: put it between quotes",
    ),
    ("an unknown kind of field", lambda i: field(i, "court").update(kind="mood"), "is not a kind of field"),
    ("a text without English", lambda i: i["name"].pop("en"), "name.en: is missing"),
    ("an unknown unit of time", put("promised.unit", "sets"), "promised.unit: must be"),
    (
        "a promise longer than the law, in another unit",
        put("promised", {"n": 50, "unit": "working_days"}),
        "promised: 50 working days",
    ),
    ("a promise for the same day that is not instant", put("promised.n", 0), "case_type: what is promised"),
    ("a reason for no visit", put("visits", 0), "visits_reason: gives a reason"),
    (
        "neither a visit nor the web nor the post",
        lambda i: i.update(visits=0, visits_reason=None, depth="II"),
        "access.express: ",
    ),
    ("a phone without its area code", put("contact.consult", "88880000"), "contact.consult: "),
    (
        "a catch-all in the words of the law",
        lambda i: material(i, "trophy")["name"].update(zh="法律、法规规定的其他文件"),
        "materials.trophy.name: ",
    ),
    (
        "papers and so on",
        lambda i: material(i, "trophy")["name"].update(zh="奖杯、奖状等材料"),
        "materials.trophy.name: ",
    ),
    (
        "steps that take longer than the promise",
        lambda i: step(i, 0)["limit"].update(n=2),
        "procedure: its steps take 4",
    ),
    (
        "a step that leads nowhere",
        lambda i: step(i, 1).update(commands=["send_back"]),
        "procedure.review.commands: nothing here leads on",
    ),
    (
        "an opinion that can only be yes",
        lambda i: step(i, 1).update(commands=["recommend_grant"]),
        "procedure.review.commands: an opinion",
    ),
    (
        "a last step that is skipped",
        lambda i: step(i, 2).update(when={"field": "hand", "equals": "left"}),
        "procedure.decision.when: ",
    ),
    (
        "a step chosen by an answer of the form",
        lambda i: step(i, 0).update(when={"field": "surface", "equals": "clay"}),
        "procedure.trial.when: `surface`",
    ),
    ("a type that is a licence's", put("catalog_code", "430199999000"), "catalog_code: has the type 01"),
    ("a type of power that nobody knows", put("catalog_code", "437799999000"), "catalog_code: its type `77`"),
    (
        "a level above the district",
        put("task_code", "11430199MB99006A5M2432099999000"),
        "district: is below the level 2",
    ),
    ("a district that is not there", put("district", "439999"), "district: "),
    (
        "a path that nobody knows",
        lambda i: field(i, "nickname").update(known="person.mood"),
        "form.nickname.known: nobody knows",
    ),
    (
        "a path of another kind",
        lambda i: field(i, "nickname").update(known="person.birth"),
        "form.nickname.known: `person.birth` does not fit",
    ),
    (
        "a known name that is not personal",
        lambda i: field(i, "nickname").update(known="person.name"),
        "form.nickname.personal: ",
    ),
    (
        "a query that no register answers",
        lambda i: material(i, "id-card").update(exchange="moon.phase"),
        "materials.id-card.exchange: there is no query",
    ),
    (
        "a query for what is asked all the same",
        lambda i: material(i, "trophy").update(exchange="population.identity"),
        "materials.trophy.exchange: what a register answers",
    ),
    (
        "an e-licence of no issuer",
        lambda i: material(i, "trophy").update(licence_type="1" * 21),
        "materials.trophy.licence_type: ",
    ),
    ("a certificate that is called an approval", put("result.type", "approval"), "result.type: "),
    ("a result on no paper", put("result.template", "papyrus"), "result.template: "),
    (
        "an entrusted body of nobody",
        lambda i: i.update(authority={"body": "entrusted"}),
        "authority.entrusted_by: ",
    ),
    (
        "paying nothing online",
        lambda i: i.update(fees=[], access={"pay_online": True}),
        "access.pay_online: ",
    ),
    (
        "an intermediary without a paper",
        lambda i: i.update(
            intermediary=[{"name": {"zh": "测", "en": "Test"}, "material": "x", "basis": "某条例"}]
        ),
        "intermediary.0.material: ",
    ),
    (
        "a word of no table",
        lambda i: i.update(access={"area": "moon"}),
        "access.area: `moon` is not in the table areas: use one of nation",
    ),
    ("a search word that is in the name", lambda i: i.update(words=["网球"]), "words: "),
    ("a field of no room", lambda i: field(i, "rackets").update(at_least=10), "form.rackets.at_least: "),
    (
        "two options of one value",
        lambda i: field(i, "surface")["options"].append(
            {"value": "clay", "label": {"zh": "泥", "en": "Mud"}}
        ),
        "form.surface.options: `clay`",
    ),
    (
        "a condition on a paper",
        lambda i: i["materials"][4].update(when={"field": "member", "equals": "passport"}),
        "materials.trophy.when: `member` is never",
    ),
    (
        "rows of two same names",
        lambda i: field(i, "friends")["fields"].append(field(i, "friends")["fields"][0]),
        "form.friends.name: ",
    ),
    (
        "rows of people that are not personal",
        lambda i: field(i, "friends").pop("personal"),
        "form.friends.personal: ",
    ),
    (
        "a row that looks outside itself",
        lambda i: field(i, "friends")["fields"][1].update(when={"field": "surface", "equals": "clay"}),
        "form.friends.since.when: ",
    ),
    (
        "a region that is not there",
        lambda i: field(i, "home").update(within="19"),
        "region.within: there is no region 19",
    ),
]


@pytest.mark.parametrize(("change", "key"), [v[1:] for v in VIOLATIONS], ids=[v[0] for v in VIOLATIONS])
def test_the_checker_refuses(sound, tmp_path, change, key):
    item = copy.deepcopy(sound)
    change(item)
    (tmp_path / "tennis-club.yaml").write_text(yaml.safe_dump(item, allow_unicode=True), encoding="utf-8")
    remarks = check_items(tmp_path)
    assert any(remark.startswith("tennis-club.yaml: ") and key in remark for remark in remarks), remarks
    with pytest.raises(BadItems, match=r"tennis-club\.yaml"):
        load_items(tmp_path)


def test_the_untouched_club_passes(sound, tmp_path):
    (tmp_path / "tennis-club.yaml").write_text(yaml.safe_dump(sound, allow_unicode=True), encoding="utf-8")
    assert check_items(tmp_path) == []


def test_a_file_is_named_after_its_code_and_no_code_is_used_twice(tmp_path):
    for name in ("tennis-club.yaml", "copy.yaml"):
        (tmp_path / name).write_bytes(CLUB.read_bytes())
    assert [remark.split(": ")[:2] for remark in check_items(tmp_path)] == [
        ["copy.yaml", "code"],
        ["tennis-club.yaml", "handle_code"],
    ]


def test_a_key_written_twice_is_not_silently_dropped(tmp_path):
    (tmp_path / "tennis-club.yaml").write_text(
        CLUB.read_text(encoding="utf-8") + "version: 4\n", encoding="utf-8"
    )
    (remark,) = check_items(tmp_path)
    assert "`version` is written twice" in remark
    assert "line " in remark


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"- 1", b"", b"? [a]\n: 1", b"effective: 2026-02-29"])
def test_a_file_that_is_no_item_is_named_and_not_a_crash(tmp_path, content):
    (tmp_path / "broken.yaml").write_bytes(content)
    assert all(remark.startswith("broken.yaml: ") for remark in check_items(tmp_path))
    assert check_items(tmp_path)


def test_an_empty_folder_is_a_mistake(tmp_path):
    with pytest.raises(BadItems, match="no item files"):
        load_items(tmp_path)
