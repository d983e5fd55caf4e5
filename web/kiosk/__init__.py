"""自助终端: the same items, one question a screen, for whoever stands there; and nothing left of them afterwards."""

from web.flat import flat
from web.kiosk import asking, cases, filing, items, papers, signing_in, welcome

router = flat(welcome, signing_in, items, asking, papers, filing, cases)
