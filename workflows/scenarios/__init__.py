"""Scenarios (情景): a case's story as data, played through the real door under a clock that the story moves."""

from workflows.scenarios.engines import Clock, Engine, RehearsedEngine
from workflows.scenarios.format import BadScenario, Expect, Scenario, Step
from workflows.scenarios.player import Mismatch, Player, Report
from workflows.scenarios.reading import read_filing, read_scenario

__all__ = [
    "BadScenario",
    "Clock",
    "Engine",
    "Expect",
    "Mismatch",
    "Player",
    "RehearsedEngine",
    "Report",
    "Scenario",
    "Step",
    "read_filing",
    "read_scenario",
]
