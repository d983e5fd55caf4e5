"""Rules about the elements of the implementation list that depend on each other."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from forms.item import Item

_TEMPLATES = Path(__file__).parent / "documents" / "templates"

_ONLINE = ("III", "IV")  # 网上办理深度 from which on one applies over the web


def whoever_is_entrusted_says_by_whom(item: Item) -> Iterator[str]:
    authority = item.authority
    if authority is None:
        return
    if authority.body == "entrusted" and authority.entrusted_by is None:
        yield "authority.entrusted_by: an entrusted body names the one that entrusted it: add it"
    if authority.entrusted_by and authority.body != "entrusted":
        yield "authority.body: somebody entrusted it, so it is `entrusted`: correct it, or drop entrusted_by"
    if authority.power_source in ("entrusted_above", "entrusted_beside") and authority.body != "entrusted":
        yield "authority.body: an entrusted power is exercised by an entrusted body: make the two agree"


def nobody_is_sent_to_no_counter(item: Item) -> Iterator[str]:
    """Without a visit and without the web, papers come by post."""
    access = item.access
    if not item.visits and item.depth not in _ONLINE and not (access and access.express):
        yield "access.express: without a visit and not online it must come by post: set it to true, or correct visits"
    if access is None:
        return
    online = item.depth in _ONLINE
    if access.channels and ("online" in access.channels) != online:
        yield f"access.channels: depth {item.depth} {'is' if online else 'is not'} online: make the two agree"
    if access.pay_online and not item.fees:
        yield "access.pay_online: there is nothing to pay: set it to false, or list the fees"
    if (access.computer or access.mobile) and not online:
        yield "access.computer: an address to apply at needs depth III or IV: correct the depth, or remove it"
    if access.servers and ("person" in access.servers) != ("person" in item.audience):
        yield "access.servers: does not agree with `audience` on whether people may apply: make them agree"


def an_intermediary_has_a_basis_and_a_paper(item: Item) -> Iterator[str]:
    """优化营商环境条例 art. 43."""
    papers = {material.code: material for material in item.materials}
    for n, service in enumerate(item.intermediary):
        if service.material not in papers:
            yield f"intermediary.{n}.material: `{service.material}` is no material here: name the paper that comes of it"
        elif papers[service.material].source != "intermediary":
            yield f"materials.{service.material}.source: is drawn up by an intermediary: set it to intermediary"


def special_procedures_are_told_once(item: Item) -> Iterator[str]:
    for kind in _twice(special.kind for special in item.special):
        yield f"special.{kind}: is listed twice: keep one"
    if item.special and item.case_type == "instant":
        yield "special: an instant case has no special procedure: drop them, or set case_type to promised"


def topics_are_for_the_audience(item: Item) -> Iterator[str]:
    for kind in ("person", "organisation"):
        if item.topics and getattr(item.topics, kind) and kind not in item.audience:
            yield f"topics.{kind}: no {kind} applies here: drop them, or correct `audience`"


def words_help_to_find_it(item: Item) -> Iterator[str]:
    for word in _twice(word.casefold() for word in item.words):
        yield f"words: `{word}` is there twice: keep one"
    for word in item.words:
        if len(word) > 20:
            yield f"words: `{word}` is a sentence: write what people type, at most 20 characters"
        if word in item.name.zh:
            yield f"words: `{word}` is in the name, so it is found already: drop it"


def the_result_is_of_its_type(item: Item) -> Iterator[str]:
    """出证办结 where the name is that of a certificate, 审批办结 where it is a reply."""
    if item.result is None:
        return
    name, said = item.result.name.zh, item.result.type
    if said and name.endswith(("证", "证书", "执照")) and said != "certificate":
        yield f"result.type: {name} is a certificate: set it to certificate"
    if said and name.endswith("批复") and said != "approval":
        yield f"result.type: {name} is an approval: set it to approval"
    if not (_TEMPLATES / f"{item.result.template}.typ").is_file():
        yield f"result.template: there is no document `{item.result.template}`: use `licence`, or add its template"


def what_is_limited_is_asked_for_once(item: Item) -> Iterator[str]:
    if item.quantity and item.case_type == "instant":
        yield "quantity: where there are only so many, who was first is decided after all: set case_type to promised"


def _twice(words: Iterator[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


LISTING_RULES = (
    whoever_is_entrusted_says_by_whom,
    nobody_is_sent_to_no_counter,
    an_intermediary_has_a_basis_and_a_paper,
    special_procedures_are_told_once,
    topics_are_for_the_audience,
    words_help_to_find_it,
    the_result_is_of_its_type,
    what_is_limited_is_asked_for_once,
)
