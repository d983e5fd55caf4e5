"""Rules about items that act on a licence which is there already: 延续, 变更, 补办, 注销, 撤销."""

from collections.abc import Iterator, Mapping

from forms.item import Item

# What a decision of an official procedure does to the licence, by the command that gives it.
MEASURES = {"revoke": "revocation", "strike_off": "cancellation"}


def only_a_department_revokes(item: Item) -> Iterator[str]:
    """Licence Law art. 69: revocation is by the agency or its superior, never applied for."""
    as_ = item.acts_on.as_ if item.acts_on else ""
    official = item.procedure.kind == "official"
    if official and as_ not in MEASURES.values():
        yield "acts_on.as: an official procedure ends a licence: set it to revocation or cancellation"
    if as_ == "revocation" and not official:
        yield "procedure.kind: nobody applies for a revocation: set it to official"
    if official and item.listed:
        yield "listed: nobody applies for an official procedure: set it to false"


def an_official_procedure_hears_and_decides(item: Item) -> Iterator[str]:
    if item.procedure.kind != "official" or item.acts_on is None:
        return
    *before, last = item.procedure.steps
    decides = {command for command, as_ in MEASURES.items() if as_ == item.acts_on.as_} | {"leave"}
    if not set(last.commands) >= decides or last.role != "director":
        yield f"procedure.{last.code}: the director decides last: give it the commands {' and '.join(sorted(decides))}"
    if any((decides | MEASURES.keys()) & set(step.commands) for step in before):
        yield f"procedure: only the last step decides: move {', '.join(sorted(decides))} there"
    if item.acts_on.as_ == "revocation" and not any("inform_holder" in step.commands for step in before):
        yield "procedure: a licence is not revoked unheard: begin with a step that has the command inform_holder"


def a_window_belongs_to_a_renewal(item: Item) -> Iterator[str]:
    if item.acts_on is None:
        return
    if (item.acts_on.as_ == "renewal") != (item.acts_on.window is not None):
        yield "acts_on.window: exactly a renewal has one (Licence Law art. 50): state it, or remove it"
    if item.acts_on.window:
        limits = [item.acts_on.window.closes, item.acts_on.window.opens]
        if any(limit and limit.unit not in ("calendar_days", "working_days") for limit in limits):
            yield "acts_on.window: is counted back in days: use calendar_days or working_days"


def what_acts_leaves_a_licence(item: Item) -> Iterator[str]:
    if item.acts_on and item.acts_on.as_ in ("renewal", "change", "replacement") and item.result is None:
        yield f"result: a {item.acts_on.as_} leaves a licence behind: describe it"
    if item.acts_on and item.acts_on.as_ == "renewal" and item.result and item.result.validity_years is None:
        yield "result.validity_years: a licence without an end is not renewed: state it, or drop the item"


ACTING_RULES = (
    only_a_department_revokes,
    an_official_procedure_hears_and_decides,
    a_window_belongs_to_a_renewal,
    what_acts_leaves_a_licence,
)


def licences_are_there(items: Mapping[str, Item]) -> Iterator[str]:
    """Across a folder: an item acts on the licences of another, by the same department."""
    by_code = {item.code: item for item in items.values()}
    for file, item in items.items():
        if item.acts_on is None:
            continue
        main = by_code.get(item.acts_on.item)
        if main is None or main.result is None or main.acts_on:
            yield f"{file}: acts_on.item: `{item.acts_on.item}` grants no licence here: name the item that does"
        elif main.department != item.department:
            yield f"{file}: department: is not that of {main.code}: whoever grants a licence also changes it"
