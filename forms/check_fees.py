"""Rules about fees (收费). Licence Law arts 58, 59: none by default, none for the form, none without a basis."""

from collections import Counter
from collections.abc import Iterator

from forms.item import Item
from forms.parts import Fee

_FORM_WORDS = ("申请表", "申请书", "格式文本", "application form")


def a_fee_is_a_sum(item: Item) -> Iterator[str]:
    for fee in item.fees:
        if not fee.amount:
            yield f"fees.{fee.code}.amount: a fee of nothing is no fee: state the sum, or drop the row"


def the_form_is_free(item: Item) -> Iterator[str]:
    """Licence Law art. 58 para 2."""
    for fee in item.fees:
        if any(word in f"{fee.name.zh} {fee.name.en}".lower() for word in _FORM_WORDS):
            yield f"fees.{fee.code}: the form is free of charge (Licence Law art. 58): drop the row"


def fees_have_their_own_codes(item: Item) -> Iterator[str]:
    for code in _twice(fee.code for fee in item.fees):
        yield f"fees.{code}: the code is used twice: rename one"
    for fee in item.fees:
        for code in _twice(less.code for less in fee.reductions):
            yield f"fees.{fee.code}.reductions.{code}: the code is used twice: rename one"


def what_falls_due_together_is_one_order(item: Item) -> Iterator[str]:
    """One order has one deadline, and goes back whole or not at all."""
    for moment in ("acceptance", "grant"):
        first, *others = item.fees_at(moment) or (None,)
        for fee in others:
            for key in ("within", "pays_for"):
                if _plain(fee, key) != _plain(first, key):
                    yield f"fees.{fee.code}.{key}: is not that of `{first.code}`, due with it: make them agree"


def paying_fits_into_the_promise(item: Item) -> Iterator[str]:
    """The decision's clock does not stop while somebody owes: the list of Licence Law art. 45 is closed."""
    for fee in item.fees_at("acceptance"):
        if not item.promised.n or not item.promised.longer_than(fee.within):
            yield (
                f"fees.{fee.code}.within: leaves no time to decide within the promise, whose clock runs on: "
                "give less time, or let it fall due at the grant"
            )


def orders_are_free(item: Item) -> Iterator[str]:
    if item.fees and item.procedure.kind == "order":
        yield "fees: a work order costs nothing: drop them"


def _plain(fee: Fee | None, key: str) -> object:
    value = getattr(fee, key)
    return (value.n, value.unit) if key == "within" else value


def _twice(codes: Iterator[str]) -> list[str]:
    return [code for code, times in Counter(codes).items() if times > 1]


FEE_RULES = (
    a_fee_is_a_sum,
    the_form_is_free,
    fees_have_their_own_codes,
    what_falls_due_together_is_one_order,
    paying_fits_into_the_promise,
    orders_are_free,
)
