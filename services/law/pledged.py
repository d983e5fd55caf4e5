"""What a case rests on that was only promised: a promise instead of proof (告知承诺), papers that follow (容缺受理).

A decision waits for the papers, and without them by their day nothing may be granted. What the officers find later of
a promise is kept here too.
"""

from typing import TYPE_CHECKING

from services.law.chain import Event

if TYPE_CHECKING:
    from services.law.case import CaseState

GAPS = "gaps"  # in `pending`
# What a later check came to, by its command.
_FOUND = {"confirm_kept": "kept", "order_rectification": "to_rectify", "find_broken": "broken"}


def pledge(state: "CaseState", event: Event) -> None:
    """Fold one event into what the case rests on."""
    match event.kind:
        case "resubmitted":
            # A corrected set is signed anew, or goes the ordinary way.
            state.by_promise, state.gaps = False, []
        case "promise_signed":
            state.by_promise = True
        case "gaps_signed":
            state.gaps = list(event.data["materials"])
        case "accepted" | "deemed_accepted" if state.gaps:
            state.pending.append(GAPS)
        case "late_supplied":
            came = {paper["code"] for paper in event.data["papers"]}
            state.gaps = [code for code in state.gaps if code not in came]
            if not state.gaps:
                state.pending.remove(GAPS)
        case "late_lapsed":
            state.gaps_lapsed = True
            state.pending.remove(GAPS)
        case "later_checked":
            state.later_check = _FOUND[event.data["command"]]
        case "promise_revoked":
            state.later_check = "revoked"
