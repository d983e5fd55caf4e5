"""Rules about how a case is handled."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

from forms.fields import is_credit_code
from forms.item import Item
from forms.parts import STEP_COMMANDS, Limit

DECISIONS = frozenset({"grant", "refuse"})
FORWARD = "forward"
# What moves a case on from a step that does not decide, by the kind of procedure.
_LEADS_ON = {
    "standard": frozenset({"record_site_check", "recommend_grant", "recommend_refuse"}),
    "official": frozenset({"inform_holder", "recommend_measure", "recommend_none"}),
}
_TWO_WAYS = (("recommend_grant", "recommend_refuse"), ("recommend_measure", "recommend_none"))
_MOST_QUESTIONS = 6  # more of them that choose steps would make too many courses to go through
FIRST_REVIEW = 20  # working days: Licence Law art. 43


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
    if item.procedure.forward_to:
        yield from _forwards(item)
    elif not set(last.commands) >= DECISIONS or FORWARD in last.commands:
        yield f"procedure.{last.code}: the last step decides: give it the commands grant and refuse"
    for step in before:
        if (DECISIONS | {FORWARD}) & set(step.commands):
            yield f"procedure.{step.code}: only the last step decides or forwards: move that command there"
    if before and last.role != "director":
        yield f"procedure.{last.code}.role: after a review the director decides: set role to director"


def _forwards(item: Item) -> Iterator[str]:
    """Licence Law arts 35, 43: the lower level gives its opinion within twenty days; the upper one decides."""
    last = item.procedure.steps[-1]
    if FORWARD not in last.commands or DECISIONS & set(last.commands):
        yield f"procedure.{last.code}: with forward_to the last step forwards: give it forward, not grant or refuse"
    limit = last.limit
    if item.kind == "licence" and (limit.unit != "working_days" or limit.n > FIRST_REVIEW):
        yield f"procedure.{last.code}.limit: first review takes {FIRST_REVIEW} working days at most (art. 43)"
    if item.result:
        yield "result: whoever forwards grants nothing: describe the result in the item of the upper level"


def every_step_leads_on(item: Item) -> Iterator[str]:
    """No case gets stuck, and every path ends with a decision, which is a document (Licence Law arts 38, 39)."""
    steps, kind = item.procedure.steps, item.procedure.kind
    if kind == "order":
        yield from _an_order_is_answered(item)
        return
    for step in steps[:-1]:
        where = f"procedure.{step.code}"
        if step.commands and not set(step.commands) & _LEADS_ON[kind]:
            yield f"{where}.commands: nothing here leads on: give it one of {', '.join(sorted(_LEADS_ON[kind]))}"
        for one, other in _TWO_WAYS:
            if (one in step.commands) != (other in step.commands):
                yield f"{where}.commands: an opinion may go either way: give it both {one} and {other}"
    if (
        set(steps[-1].commands) & {name for pair in _TWO_WAYS for name in pair}
        and not item.procedure.forward_to
    ):
        yield f"procedure.{steps[-1].code}.commands: whoever decides needs no opinion of their own: drop recommend_*"


def _an_order_is_answered(item: Item) -> Iterator[str]:
    commands = [set(step.commands) for step in item.procedure.steps]
    for n, given in enumerate(commands):
        for first, then in (("dispatch", "sign_for"), ("sign_for", "reply")):
            if first in given and not any(then in later for later in commands[n + 1 :]):
                yield f"procedure.{item.procedure.steps[n].code}: after {first} somebody must {then}: add a step for it"
    if not any({"answer", "reply"} & given for given in commands):
        yield "procedure: nobody answers the caller: give a step the command answer or reply"


def only_situations_choose_steps(item: Item) -> Iterator[str]:
    """A situation is settled at filing; an answer of the form may be corrected while the case is under way."""
    situations = {situation.id for situation in item.situations}
    *before, last = item.procedure.steps
    for step in before:
        for name, _ in step.when.comparisons() if step.when else ():
            if name not in situations:
                yield f"procedure.{step.code}.when: `{name}` is no situation: ask it before the form, among situations"
    if last.when:
        yield f"procedure.{last.code}.when: the last step ends every case: remove its condition"
    if item.procedure.kind != "standard" and any(step.when for step in before):
        yield f"procedure: the steps of kind {item.procedure.kind} are all taken: remove their conditions"


def steps_fit_into_the_promise(item: Item) -> Iterator[str]:
    """What each step may take adds up to no more than what was promised for all of them."""
    if item.procedure.kind != "standard":
        return
    # Variants of one step may stand side by side, each with its situation: the longest course has to fit.
    limits = max(_courses(item), key=lambda course: sum(limit.ordinary_days for limit in course))
    same = all(limit.unit == item.promised.unit for limit in limits)
    total = sum(limit.n for limit in limits) if same else sum(limit.ordinary_days for limit in limits)
    most = item.promised.n if same else item.promised.ordinary_days
    if total > most + 0.01:
        yield f"procedure: its steps take {total:g} together and the promise is {most:g}: shorten one, or promise more"


def _courses(item: Item) -> Iterator[list[Limit]]:
    """The limits of the steps of each course that a case can take, situation by situation."""
    asked = {name for step in item.procedure.steps if step.when for name, _ in step.when.comparisons()}
    questions = [q.as_field() for q in item.situations if q.id in asked][:_MOST_QUESTIONS]
    for answers in product(*(q.option_values() for q in questions)):
        values = dict(zip((q.name for q in questions), answers, strict=True))
        skipped = item.skipped(values)
        yield [step.limit for step in item.procedure.steps if step.code not in skipped]


def instant_is_one_step(item: Item) -> Iterator[str]:
    if item.case_type == "instant" and (len(item.procedure.steps) > 1 or item.promised.n):
        yield "case_type: instant means one step and a promise of 0: shorten the procedure, or call it promised"
    if item.case_type == "promised" and item.procedure.kind == "standard" and not item.promised.n:
        yield "case_type: what is promised for the same day is instant: call it that, or promise at least a day"


def kinds_agree(item: Item) -> Iterator[str]:
    if (item.kind == "order") != (item.procedure.kind == "order"):
        yield "procedure.kind: exactly the items of kind order follow the order procedure: make them agree"
    if (item.kind == "official") != (item.procedure.kind == "official"):
        yield "procedure.kind: exactly the items of kind official follow the official procedure: make them agree"
    if (
        item.kind == "licence"
        and item.result is None
        and not item.procedure.forward_to
        and not (item.acts_on and item.acts_on.as_ == "cancellation")
    ):
        yield "result: a licence item grants a licence: describe it"


def promise_keeps_within_the_ordinary_limit(item: Item) -> Iterator[str]:
    if item.promise and item.promise.decision.longer_than(item.promised):
        yield "promise.decision: is longer than `promised`: a promise is decided upon sooner, so lower it"
    if item.promise and item.result is None:
        yield "promise: nothing is issued that a broken promise could cost: describe `result`, or drop it"


def late_papers_have_a_limit(item: Item) -> Iterator[str]:
    """A decision waits for them, so they have to come while it can still be made in time."""
    late = [m.code for m in item.materials if m.need == "late"]
    if late and item.gaps is None:
        yield f"gaps: {', '.join(late)} may follow: say by when, and what happens otherwise"
    if item.gaps and not late:
        yield "gaps: no material has `need: late`: drop it, or say which may follow"
    if item.gaps and item.gaps.limit.longer_than(item.promised):
        yield "gaps.limit: is longer than `promised`, and the decision waits for it: lower it"


def precheck_is_inside_acceptance(item: Item) -> Iterator[str]:
    """It is a look at what was received already, and moves no date (domain: 预审)."""
    if item.precheck and (item.precheck.unit != item.acceptance.unit or item.precheck.n >= item.acceptance.n):
        yield "precheck: must end within `acceptance`: lower it, in the same unit"


PROCEDURE_RULES = (
    steps_are_known,
    site_check_has_two_officers,
    decision_comes_last,
    every_step_leads_on,
    only_situations_choose_steps,
    steps_fit_into_the_promise,
    instant_is_one_step,
    kinds_agree,
    promise_keeps_within_the_ordinary_limit,
    late_papers_have_a_limit,
    precheck_is_inside_acceptance,
)
