"""电子监察: every case, every clock, every card."""

from web.flat import flat
from web.supervisor import archive, audit, cards, cases, refunds, wall

router = flat(wall, cases, archive, audit, cards, refunds)
