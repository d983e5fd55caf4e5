"""What the one number knows already is filled in, never asked again; the applicant sees it and may change it.

This is what their own registration with us says; `services.drafts.asking` adds what registers and earlier
applications know.
"""

from collections.abc import Sequence

from forms import Field, Item
from services.drafts.sources import Fact, lay_over, path_of
from services.drafts.store import Draft
from services.people import PlainSubject
from services.people.papers import WORDS


def prefill(draft: Draft, item: Item, subject: PlainSubject, papers: Sequence[tuple[str, str]] = ()) -> None:
    """Fill in what is still empty, and what was filled in for somebody else before.

    `papers`: all the subject's papers, (type, number); without them the one in the subject's own row.
    """
    for name, texts in draft.prefilled.items():
        if draft.raw.get(name) == texts:
            del draft.raw[name]
    draft.prefilled, draft.sources, draft.asked = {}, {}, {}
    lay_over(draft, item, account_facts(subject, papers or [(subject.id_type or "", subject.id_number)]))
    for field in item.fields:
        if field.when is not None or path_of(item, field):
            continue  # hangs on an answer that is not there yet, or says itself what it wants
        for name, texts in _guessed(field, subject).items():
            if name not in draft.raw:
                draft.raw[name] = draft.prefilled[name] = texts


def account_facts(subject: PlainSubject, papers: Sequence[tuple[str, str]]) -> dict[str, Fact]:
    """By path, what the subject's own registration says."""
    if subject.kind == "person":
        documents = tuple({"type": WORDS[t], "number": n} for t, n in papers if t in WORDS and n)
        known = {
            "person.name": (subject.name,),
            "person.document": documents,
            "contact.address": (subject.address,),
        }
    else:
        known = {
            "organisation.name": (subject.name,),
            "organisation.credit_code": (subject.id_number,),
            "organisation.address": (subject.address,),
            "contact.address": (subject.address,),
        }
    known["contact.phone"] = (subject.phone,)
    return {path: Fact(values, "account") for path, values in known.items() if any(values)}


def _guessed(field: Field, subject: PlainSubject) -> dict[str, list[str]]:
    """For fields that do not say what they want: by their kind, and by what a browser would fill in."""
    person = subject.kind == "person"
    value = ""
    match field.kind:
        case "text" if field.autocomplete == "name" and person:
            value = subject.name
        case "text" if field.autocomplete == "organization" and not person:
            value = subject.name
        # The applicant's own telephone, not that of a person the form names.
        case "phone" if field.name.startswith("contact"):
            value = subject.phone
        case "address" if field.autocomplete != "off":
            value = subject.address
        case "credit_code" if not person:
            value = subject.id_number
        case "id_document" if person and subject.id_number:
            word = WORDS.get(subject.id_type or "", "")
            return field.raw({"type": word, "number": subject.id_number}) if word in field.types else {}
    return field.raw(value) if value else {}
