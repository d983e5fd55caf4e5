"""What can be applied for: items as data, the questions they ask, and what a good answer is. Pure."""

from forms.checks import ITEMS_DIR, check_items, load_items
from forms.cleaning import Cleaned, clean, json_schema, to_raw
from forms.conditions import Condition, applies
from forms.digest import sm3
from forms.fields import Field, parse_fields
from forms.item import WHICH_LICENCE, Item, MissingMaterial
from forms.parts import ActsOn, Basis, Limit, Material, Procedure, Result, Section, Situation, Step, Stop
from forms.reading import BadItems
from forms.text import Text

__all__ = [
    "ITEMS_DIR",
    "WHICH_LICENCE",
    "ActsOn",
    "BadItems",
    "Basis",
    "Cleaned",
    "Condition",
    "Field",
    "Item",
    "Limit",
    "Material",
    "MissingMaterial",
    "Procedure",
    "Result",
    "Section",
    "Situation",
    "Step",
    "Stop",
    "Text",
    "applies",
    "check_items",
    "clean",
    "json_schema",
    "load_items",
    "parse_fields",
    "sm3",
    "to_raw",
]
