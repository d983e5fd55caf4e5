"""How a department signs: its name on the letterhead and its word in a document's number (机关代字)."""

from services.cases.histories import Told
from services.catalogue import Catalogue
from services.catalogue.departments import department_name
from services.documents.story import Story

# Words that departments were given for their documents; one without a word is named in full.
_WORDS = {
    "11430199MB99001A33": "示区市监",
    "11430199MB99005A9C": "示区公安",
    "11430199MB99010AX5": "示区行审",
    "11430199MB99002AX9": "示区卫健",
    "11430199MB99003A6P": "示区交运",
    "11430199MB99004A21": "示区人社",
    "11430199MB99006A5M": "示区民政",
    "11430199MB99007A1Y": "示区住建",
    "11430199MB99008A8A": "示区资源",
    "11430199MB99011A6K": "示范街",
}
# What the number says of the business: 许 for licences, 登 for registrations, and so on.
_BUSINESS = {"licence": "许", "confirmation": "登", "service": "服", "order": "热", "official": "许"}


def agency_name(items: Catalogue, department: str) -> str:
    return department_name(items, department)["zh"]


def agency_word(items: Catalogue, department: str) -> str:
    return f"（{_WORDS.get(department) or agency_name(items, department)}）"


def business_word(item_kind: str) -> str:
    return _BUSINESS[item_kind]


def signing_department(story: Story, told: Told) -> str:
    """Who signs: an order's unit signs its own reply, the hotline centre what it answers at once."""
    case = story.page.case
    replied = told.event.kind == "replied" and told.event.data.get("command") != "answer"
    return case.lead if replied else case.department
