"""What can be applied for: items as data, the questions they ask, and what a good answer is. Pure."""

from forms.checks import ITEMS_DIR, check_items, load_items, remarks_about
from forms.cleaning import Cleaned, clean, json_schema, to_raw
from forms.conditions import Condition, applies
from forms.digest import sm3
from forms.fields import Field, parse_fields
from forms.item import Item, MissingMaterial
from forms.parts import Basis, Limit, Material, Procedure, Result, Section, Situation, Step, Stop
from forms.reading import BadItems
from forms.text import Text

__all__ = [
    "ITEMS_DIR",
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
    "remarks_about",
    "sm3",
    "to_raw",
]
