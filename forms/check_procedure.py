"""Rules about how a case is handled."""

from collections import Counter
from collections.abc import Iterator

from forms.fields import is_credit_code
from forms.item import Item
from forms.parts import STEP_COMMANDS

DECISIONS = frozenset({"grant", "refuse"})


def steps_are_known(item: Item) -> Iterator[str]:
    known = STEP_COMMANDS[item.procedure.kind]
    codes = Counter(step.code for step in item.procedure.steps)
    for step in item.procedure.steps:
        where = f"procedure.{step.code}"
        for command in sorted(set(step.commands) - known):
            yield f"{where}.commands: `{command}` is unknown here: use {', '.join(sorted(known))}"
        if codes[step.code] > 1:
            yield f"{where}.code: is used twice: rename one"
        if step.department and not is_credit_code(step.department):
            yield f"{where}.department: not a valid unified social credit code: check its 18 characters"


def site_check_has_two_officers(item: Item) -> Iterator[str]:
    """Licence Law art. 34 para 3."""
    for step in item.procedure.steps:
        if "record_site_check" in step.commands and step.officers < 2:
            yield f"procedure.{step.code}.officers: a site check takes two officers or more: set it to 2"


def decision_comes_last(item: Item) -> Iterator[str]:
    if item.procedure.kind != "standard":
        return
    *before, last = item.procedure.steps
    if not set(last.commands) >= DECISIONS:
        yield f"procedure.{last.code}: the last step decides: give it the commands grant and refuse"
    for step in before:
        if DECISIONS & set(step.commands):
            yield f"procedure.{step.code}: only the last step decides: move grant and refuse there"
    if before and last.role != "director":
        yield f"procedure.{last.code}.role: after a review the director decides: set role to director"


def instant_is_one_step(item: Item) -> Iterator[str]:
    if item.case_type == "instant" and (len(item.procedure.steps) > 1 or item.promised.n):
        yield "case_type: instant means one step and a promise of 0: shorten the procedure, or call it promised"


def kinds_agree(item: Item) -> Iterator[str]:
    if (item.kind == "order") != (item.procedure.kind == "order"):
        yield "procedure.kind: exactly the items of kind order follow the order procedure: make them agree"
    if (item.kind == "official") != (item.procedure.kind == "official"):
        yield "procedure.kind: exactly the items of kind official follow the official procedure: make them agree"
    if (
        item.kind == "licence"
        and item.result is None
        and not (item.acts_on and item.acts_on.as_ == "cancellation")
    ):
        yield "result: a licence item grants a licence: describe it"


PROCEDURE_RULES = (
    steps_are_known,
    site_check_has_two_officers,
    decision_comes_last,
    instant_is_one_step,
    kinds_agree,
)
