"""12345: work orders, taken by an agent or filed on the web, and handled on one page."""

from web.flat import flat
from web.hotline import acts, desk, intake, orders, public

router = flat(public, desk, intake, orders, acts)
