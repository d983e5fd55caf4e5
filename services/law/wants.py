"""What passes between a procedure and the store: plain data, no personal data, safe to keep in the engine's history."""

from dataclasses import dataclass, field

ANYBODYS = "*"


@dataclass(frozen=True)
class Span:
    """A limit as (n, unit); see services.law.clock for the counting."""

    n: int
    unit: str


@dataclass(frozen=True)
class Say:
    """Something the procedure records. Saying it twice is saying it once: `key` is unique within the case."""

    key: str
    kind: str
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Open:
    """An expectation to open: whose, which commands, by when, and what silence means."""

    key: str
    step: str
    role: str
    commands: list[str]
    within: Span | None = None
    since: str = "today"  # received, accepted, decided, or a legal date (ISO): the day the limit counts from
    department: str = ""  # empty: whoever leads the case now
    warn_rule: str | None = None
    due_rule: str | None = None
    silence: str | None = None  # the event that the due moment turns silence into
    # steps whose hands may not take this one (four eyes), or ANYBODYS: all who handled the case
    unlike: list[str] = field(default_factory=list)
    stops: bool = False  # its limit stands still while the case's clock does
    standing: bool = False  # may be taken at any time, waits for nobody: no worklist shows it


@dataclass(frozen=True)
class Drop:
    """An expectation that no longer holds."""

    key: str


@dataclass(frozen=True)
class StepPlan:
    code: str
    role: str
    commands: list[str]
    within: Span
    department: str = ""


@dataclass(frozen=True)
class FeePlan:
    """What is charged at one moment of the case: how long there is to pay, and whether a refusal gives it back."""

    within: Span
    back_if_refused: bool


@dataclass(frozen=True)
class PromisePlan:
    """告知承诺: the limits of what an item offers upon a promise."""

    decision: Span
    check: Span
    rectification: Span
    follow_up: Span


@dataclass(frozen=True)
class Plan:
    """What a procedure needs to know of the item version the case was filed under."""

    procedure: str
    licence: bool
    acceptance: Span
    correction: Span
    delivery: Span
    steps: list[StepPlan]
    linked: bool = False  # a work order about a case
    fees: dict[str, FeePlan] = field(default_factory=dict)  # acceptance, grant -> what may fall due then
    precheck: Span | None = None  # 预审, of what came in over the web
    assigned_by: str = ""  # the role that assigns a handler; empty where there is nobody to choose from
    gaps: Span | None = None  # 容缺: by when what is missing has to follow
    gaps_silence: str = ""  # the event that silence then turns into
    promise: PromisePlan | None = None
    acts_on: str = ""  # what is done to a licence that is there already: renewal, change, ...
    # Which turns a procedure may take. It is part of the engine's history: a run that began under an earlier edition is
    # replayed by its own, and takes the new turns when it starts anew.
    edition: int = 1


@dataclass(frozen=True)
class Entry:
    """An event as the procedure sees it."""

    seq: int
    key: str
    kind: str
    task: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    on: str = ""  # its legal date


@dataclass(frozen=True)
class SyncIn:
    case_no: str
    cursor: int = 0
    says: list[Say] = field(default_factory=list)
    opens: list[Open] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


@dataclass(frozen=True)
class SyncOut:
    """`entries` follow the cursor. `applied`: the wants were written; if not, there was news to read first.

    `wake_in`: seconds until the clock next has something to say, or None.
    """

    entries: list[Entry]
    applied: bool = False
    wake_in: float | None = None
    plan: Plan | None = None
