"""The rules of publishing (domain: 实施清单) that no single key can check by itself."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from forms.check_acting import ACTING_RULES, licences_are_there
from forms.check_codes import CODE_RULES
from forms.check_fees import FEE_RULES
from forms.check_fields import FIELD_RULES
from forms.check_known import KNOWN_RULES
from forms.check_listing import LISTING_RULES
from forms.check_procedure import PROCEDURE_RULES
from forms.check_questions import QUESTION_RULES
from forms.item import Item
from forms.reading import BadItems, read_item

ITEMS_DIR = Path(__file__).parent / "items"

Rule = Callable[[Item], Iterator[str]]

# A catch-all (兜底条款) lets a counter ask for anything: Licence Law arts. 30 and 31 want each paper listed.
_CATCH_ALL = (
    "其他材料",
    "其它材料",
    "其他相关",
    "其它相关",
    "其他有关",
    "相关材料",
    "有关材料",
    "其他证明",
    "规定的其他",
    "规定的其它",
    "认为需要的",
    "认为必要的",
    "other material",
    "other document",
    "any other",
)
# A landline with its area code, a 400 or 800 number, or a number of five digits for the whole country such as 12345.
_PHONE = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}(-[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4}|1[0-9]{4}|9[0-9]{4}")


def promise_keeps_the_law(item: Item) -> Iterator[str]:
    if item.kind == "licence" and item.statutory is None:
        yield "statutory: a licence always has a statutory limit (Licence Law art. 42): state it"
    if item.statutory and item.promised.longer_than(item.statutory):
        yield (
            f"promised: {item.promised.words.en} are longer than the statutory {item.statutory.words.en}: "
            "promise the same or less"
        )


def depth_four_needs_no_visit(item: Item) -> Iterator[str]:
    if item.depth == "IV" and item.visits:
        yield "visits: depth IV is wholly online: set visits to 0, or lower the depth"
    if item.visits and not item.visits_reason:
        yield "visits_reason: a visit needs a reason: state it, or set visits to 0"
    if item.visits_reason and not item.visits:
        yield "visits_reason: gives a reason for no visit: remove it, or set visits to 1"


def phones_differ(item: Item) -> Iterator[str]:
    if item.contact.consult == item.contact.complaint:
        yield "contact.complaint: is the consulting phone: give a number where someone else answers"
    for key in ("consult", "complaint"):
        if not _PHONE.fullmatch(getattr(item.contact, key)):
            yield f"contact.{key}: people call from elsewhere: write it with its area code, like 0731-88880000"


def materials_are_lawful(item: Item) -> Iterator[str]:
    for material in item.materials:
        where = f"materials.{material.code}"
        if not material.basis.strip():
            yield f"{where}.basis: no basis, no demand (Licence Law art. 31): cite one, or drop the material"
        if any(phrase in f"{material.name.zh} {material.name.en}".lower() for phrase in _CATCH_ALL) or (
            material.name.zh.endswith(("等", "等材料"))
        ):
            yield f"{where}.name: a catch-all is not a material: name each paper"
        if material.shared != (material.form in (6, 7)):
            yield f"{where}.form: 6 and 7 are exactly the shared materials: make `form` and `shared` agree"


def groups_offer_a_choice(item: Item) -> Iterator[str]:
    members = Counter(material.group for material in item.materials if material.group)
    declared = {group.name for group in item.any_of}
    for group in item.any_of:
        if members[group.name] < 2:
            yield f"any_of.{group.name}: has {members[group.name]} material(s): a choice needs at least two"
    for material in item.materials:
        where = f"materials.{material.code}"
        if material.group and material.group not in declared:
            yield f"{where}.group: `{material.group}` is not in any_of: add it there with a label"
        if material.group and material.need != "required":
            yield f"{where}.need: one of a group has to come: make each member `required`"


def codes_are_unique(item: Item) -> Iterator[str]:
    codes = Counter(material.code for material in item.materials)
    for code in (code for code, times in codes.items() if times > 1):
        yield f"materials.{code}: the code is used twice: rename one"


RULES: tuple[Rule, ...] = (
    promise_keeps_the_law,
    depth_four_needs_no_visit,
    phones_differ,
    materials_are_lawful,
    groups_offer_a_choice,
    codes_are_unique,
    *CODE_RULES,
    *LISTING_RULES,
    *FEE_RULES,
    *QUESTION_RULES,
    *FIELD_RULES,
    *KNOWN_RULES,
    *PROCEDURE_RULES,
    *ACTING_RULES,
)


def remarks_about(item: Item) -> list[str]:
    return [remark for rule in RULES for remark in rule(item)]


def check_items(folder: Path) -> list[str]:
    """Every remark about every file of a folder, as sentences; empty if all is well."""
    return _read(folder)[1]


def load_items(folder: Path) -> Mapping[str, Item]:
    """The items of a folder by code; raises BadItems with all remarks if there is any."""
    items, remarks = _read(folder)
    if remarks:
        raise BadItems(remarks)
    return {item.code: item for item in items.values()}


def _read(folder: Path) -> tuple[dict[str, Item], list[str]]:
    items: dict[str, Item] = {}
    remarks: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        item, problems = read_item(path)
        remarks += problems
        if item:
            items[path.name] = item
            remarks += [f"{path.name}: {remark}" for remark in remarks_about(item)]
            if item.code != path.stem:
                remarks.append(f"{path.name}: code: is `{item.code}`: name the file {item.code}.yaml")
    if not items and not remarks:
        remarks.append(f"{folder}: no item files (*.yaml): check the folder")
    return items, [
        *remarks, *_shared_codes(items), *_what_goes_up_fits(items), *licences_are_there(items),
    ]  # fmt: skip


def _what_goes_up_fits(items: Mapping[str, Item]) -> Iterator[str]:
    """Licence Law art. 35: all papers go up as they are, and the applicant is asked for none of them again."""
    by_code = {item.code: item for item in items.values()}
    for file, item in items.items():
        if not (code := item.procedure.forward_to):
            continue
        upper = by_code.get(code)
        if upper is None:
            yield f"{file}: procedure.forward_to: there is no item `{code}`: add its file, or correct the code"
            continue
        known = {field.name for field in item.questions + item.fields}
        for material in sorted({m.code for m in item.materials} - {m.code for m in upper.materials}):
            yield f"{file}: materials.{material}: is not on the list of {code}: add it there, all papers go up"
        for field in upper.questions + upper.fields:
            if field.required and field.name not in known:
                yield f"{file}: form: {code} asks for `{field.name}`, which is not answered here: add the field"


def _shared_codes(items: Mapping[str, Item]) -> Iterator[str]:
    first: dict[str, str] = {}
    for file, item in items.items():
        other = first.setdefault(item.handle_code, file)
        if other != file:
            yield f"{file}: handle_code: is also that of {other}: a code is never used twice"
