"""Rules about what government knows already: it may be filled in and fetched, only where it is ours to know."""

from collections.abc import Iterator

from forms.item import Item
from forms.known import EXCHANGES, KNOWN


def what_is_known_is_on_the_list(item: Item) -> Iterator[str]:
    for field in item.fields:
        if field.known is None:
            continue
        where = f"form.{field.name}.known"
        if field.known not in KNOWN:
            yield f"{where}: nobody knows `{field.known}`: use one of {', '.join(KNOWN)}"
            continue
        _, kinds = KNOWN[field.known]
        if field.kind not in kinds:
            yield f"{where}: `{field.known}` does not fit the kind {field.kind}: make the field {' or '.join(kinds)}"
        whose = field.known.split(".")[0]
        if whose in ("person", "organisation") and whose not in item.audience:
            yield f"{where}: no {whose} applies here: correct the path, or `audience`"
        if whose in ("person", "contact") and not field.personal:
            yield f"form.{field.name}.personal: `{field.known}` is personal data: set personal: true with a purpose"


def what_is_fetched_is_not_asked_for(item: Item) -> Iterator[str]:
    """在线政务服务的若干规定 art. 7: what can be had by sharing is not demanded of the applicant."""
    for material in item.materials:
        where = f"materials.{material.code}"
        if material.exchange is None:
            continue
        if material.exchange not in EXCHANGES:
            yield f"{where}.exchange: there is no query `{material.exchange}`: use one of {', '.join(EXCHANGES)}"
        if not material.shared:
            yield f"{where}.exchange: what a register answers is not asked for: set shared: true and form 6 or 7"


KNOWN_RULES = (what_is_known_is_on_the_list, what_is_fetched_is_not_asked_for)
