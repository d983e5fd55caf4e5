"""系统管理: what belongs to no case, and moves them all."""

from web.admin import calendar, items
from web.flat import flat

router = flat(calendar, items)
