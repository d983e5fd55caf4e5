"""What can be applied for: items as data, the questions they ask, and what a good answer is. Pure."""

from forms.checks import ITEMS_DIR, check_items, load_items, remarks_about
from forms.cleaning import Cleaned, clean, json_schema, to_raw
from forms.conditions import Condition, applies
from forms.digest import sm3
from forms.fees import Charge, charges, yuan
from forms.fields import Field, parse_fields
from forms.item import WHICH_LICENCE, Item, MissingMaterial
from forms.parts import ActsOn, Basis, Fee, Limit, Material, Procedure, Result, Section, Situation, Step, Stop
from forms.pledges import Pledge, pledges_of, signing
from forms.reading import BadItems
from forms.text import Text

__all__ = [
    "ITEMS_DIR",
    "WHICH_LICENCE",
    "ActsOn",
    "BadItems",
    "Basis",
    "Charge",
    "Cleaned",
    "Condition",
    "Fee",
    "Field",
    "Item",
    "Limit",
    "Material",
    "MissingMaterial",
    "Pledge",
    "Procedure",
    "Result",
    "Section",
    "Situation",
    "Step",
    "Stop",
    "Text",
    "applies",
    "charges",
    "check_items",
    "clean",
    "json_schema",
    "load_items",
    "parse_fields",
    "pledges_of",
    "remarks_about",
    "signing",
    "sm3",
    "to_raw",
    "yuan",
]
