"""市民: find an item, apply, follow the case, correct, withdraw, rate."""

from web.citizen import (
    apply,
    apply_check,
    apply_form,
    apply_papers,
    browse,
    cases,
    clock,
    files,
    guide,
    home,
    licences,
    progress,
    progress_acts,
    progress_supply,
    receipt,
    standin,
    track,
    verify,
)
from web.flat import flat

router = flat(
    home,
    browse,
    guide,
    apply,
    apply_form,
    apply_papers,
    apply_check,
    receipt,
    cases,
    licences,
    progress,
    progress_acts,
    progress_supply,
    track,
    files,
    verify,
    clock,
    standin,
)
