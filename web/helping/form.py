"""The part of the helper's form that the counter's has not: consent, and whom to call."""

from dataclasses import dataclass, field

from forms import clean, parse_fields
from services.cases.helping import CONTACTS, WAYS, Consent, Contact
from services.cases.rounds import Paper
from web.uploads import Limits, Received, Rule
from web.window.intake_form import Intake

SIGNATURE = "signature"  # the input of the signed consent; no material has this code
NAMES = ("consent_way", "consent_code", "contact", "contact_name", "contact_number")

FIELDS = parse_fields(
    [
        {
            "kind": "choice",
            "name": "contact",
            "label": {"zh": "办理进度告诉谁", "en": "Who is told how it goes"},
            "options": [{"value": code, "label": words.model_dump()} for code, words in CONTACTS.items()],
        },
        {
            "kind": "text",
            "name": "contact_name",
            "label": {"zh": "联系人姓名", "en": "Name of the contact"},
            "help": {"zh": "联系本人的不用填", "en": "Not if it is the applicant"},
            "max_length": 50,
            "required": False,
            "personal": True,
        },
        {
            "kind": "phone",
            "name": "contact_number",
            "label": {"zh": "联系电话", "en": "Telephone"},
            "personal": True,
        },
        {
            "kind": "choice",
            "name": "consent_way",
            "label": {"zh": "本人怎样表示同意", "en": "How consent was given"},
            "options": [{"value": code, "label": words.model_dump()} for code, words in WAYS.items()],
        },
        {
            "kind": "text",
            "name": "consent_code",
            "label": {"zh": "短信验证码", "en": "Code from the short message"},
            "help": {"zh": "选短信验证码的才填", "en": "Only for consent by short message"},
            "max_length": 6,
            "required": False,
        },
    ]
)


@dataclass(slots=True)
class Help:
    consent: Consent
    contact: Contact
    signature: Paper | None
    problems: dict = field(default_factory=dict)


def with_signature(limits: Limits) -> Limits:
    return Limits({**limits.files, SIGNATURE: Rule(10, ("pdf", "jpg", "png"), 1)}, limits.total)


def read_help(intake: Intake, received: Received) -> Help:
    """Takes the signed consent out of the papers: it is kept with the consent, not with the application."""
    signed = [p for p in intake.papers if p.code == SIGNATURE]
    intake.papers = [p for p in intake.papers if p.code != SIGNATURE]
    given = clean(FIELDS, {name: received.fields.get(name, []) for name in NAMES})
    intake.raw |= given.raw
    said, paper = given.values, signed[-1] if signed else None
    way = said.get("consent_way", "")
    consent = Consent(
        way, paper.file if paper and way == "signature" else None, said.get("consent_code") or ""
    )
    contact = Contact(said.get("contact", ""), said.get("contact_name") or "", said.get("contact_number", ""))
    return Help(consent, contact, paper, dict(given.problems))
