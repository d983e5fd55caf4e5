"""The API, doing the same as the pages: bearer tokens, JSON, problem details (RFC 9457)."""

from web.api import acts, applications, cases, clock, files, items, payments, session, tasks
from web.flat import flat

# The act first: routes are tried in order, and nobody calls anything as often.
router = flat(acts, session, items, files, applications, cases, tasks, clock, payments)
