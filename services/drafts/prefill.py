"""What the one number knows already is filled in, never asked again; the applicant sees it and may change it."""

from forms import Field, Item
from services.drafts.store import Draft
from services.people import PlainSubject
from services.people.papers import WORDS


def prefill(draft: Draft, item: Item, subject: PlainSubject) -> None:
    """Fill in what is still empty, and what was filled in for somebody else before."""
    for name, texts in draft.prefilled.items():
        if draft.raw.get(name) == texts:
            del draft.raw[name]
    draft.prefilled = {}
    for field in item.fields:
        if field.when is not None:
            continue  # hangs on an answer that is not there yet
        for name, texts in _known(field, subject).items():
            if name not in draft.raw:
                draft.raw[name] = draft.prefilled[name] = texts


def _known(field: Field, subject: PlainSubject) -> dict[str, list[str]]:
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
