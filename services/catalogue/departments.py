"""Departments by their codes, as the catalogue and the dispatch list (派单目录) name them."""

from services.catalogue import Catalogue
from services.law.commands import COMMANDS

Words = dict[str, str]


def department_names(items: Catalogue) -> dict[str, Words]:
    names = {i.department: {"zh": i.department_name.zh, "en": i.department_name.en} for i in items.latest()}
    for field in COMMANDS["dispatch"].fields:
        for option in getattr(field, "options", ()):
            names.setdefault(option.value, {"zh": option.label.zh, "en": option.label.en})
    return names


def department_name(items: Catalogue, code: str) -> Words:
    return department_names(items).get(code, {"zh": code, "en": code})
