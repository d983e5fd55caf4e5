"""Which papers prove that somebody is a guardian, is dead, or has lost or gained capacity; and by which law."""

from dataclasses import dataclass

from forms import Text


@dataclass(frozen=True, slots=True)
class Proof:
    code: str
    words: Text


# Civil Code arts 27, 28, 31, 32: parents by birth, others in order, or as the committee, the court or civil affairs say.
GUARDIANSHIP = (
    Proof("birth_certificate", Text(zh="出生医学证明", en="Birth certificate")),
    Proof("household_register", Text(zh="户口簿", en="Household register")),
    Proof("adoption", Text(zh="收养登记证", en="Adoption certificate")),
    Proof(
        "appointment",
        Text(zh="居（村）委会或者民政部门的指定监护证明", en="Appointment by the committee or civil affairs"),
    ),
    Proof("judgment", Text(zh="人民法院判决书", en="Court judgment")),
)
STATUSES = {
    "deceased": Text(zh="已经去世", en="Deceased"),
    "incapacitated": Text(zh="人民法院认定无（限制）民事行为能力", en="Found by a court to lack capacity"),
    "own_living": Text(
        zh="年满十六周岁，以自己的劳动收入为主要生活来源", en="Sixteen or older and living on own earnings"
    ),
}
