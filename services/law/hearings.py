"""The limits of a hearing (听证): Licence Law arts 47, 48."""

from services.law.wants import Span

REQUEST = Span(5, "working_days")  # art. 47: to ask for one, from being told of the right
WITHIN = Span(20, "working_days")  # art. 47: to hold it, from the request
NOTICE_BEFORE = 7  # art. 48(1): working days between the notice and the hearing
NOTICE = Span(WITHIN.n - NOTICE_BEFORE, "working_days")  # to give notice, so that those are left
