"""What is done at set times, on Temporal Schedules: every five minutes what lags is rung, at night every open case; after
midnight the licences are looked after.
"""

from dataclasses import dataclass
from datetime import timedelta

from temporalio import workflow
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleRange,
    ScheduleSpec,
)

with workflow.unsafe.imports_passed_through():
    from workflows.case import ERRANDS_QUEUE


@dataclass(frozen=True)
class ReconcileIn:
    full: bool = False


@workflow.defn(name="Reconcile")
class ReconcileWorkflow:
    @workflow.run
    async def run(self, want: ReconcileIn) -> None:
        await workflow.execute_activity(
            "reconcile", want, task_queue=ERRANDS_QUEUE, start_to_close_timeout=timedelta(minutes=10)
        )


@dataclass(frozen=True)
class SweepIn:
    pass


@workflow.defn(name="SweepLicences")
class SweepLicencesWorkflow:
    @workflow.run
    async def run(self, want: SweepIn) -> None:
        # What a try has done is done, so another goes on where it ended.
        await workflow.execute_activity(
            "sweep_licences", want, task_queue=ERRANDS_QUEUE, start_to_close_timeout=timedelta(hours=2)
        )


# services.licences.sweep.HOUR: a licence is valid through 24:00 of its last day.
_AFTER_MIDNIGHT = ScheduleCalendarSpec(hour=[ScheduleRange(0)], minute=[ScheduleRange(5)])
_NIGHT = ScheduleCalendarSpec(hour=[ScheduleRange(3)], minute=[ScheduleRange(10)])
_SCHEDULES = {
    "reconcile": (
        ReconcileWorkflow,
        ReconcileIn(),
        ScheduleSpec(intervals=[ScheduleIntervalSpec(every=timedelta(minutes=5))]),
    ),
    "reconcile-nightly": (
        ReconcileWorkflow,
        ReconcileIn(full=True),
        ScheduleSpec(calendars=[_NIGHT], time_zone_name="Asia/Shanghai"),
    ),
    "licences": (
        SweepLicencesWorkflow,
        SweepIn(),
        ScheduleSpec(calendars=[_AFTER_MIDNIGHT], time_zone_name="Asia/Shanghai"),
    ),
}


async def keep_schedules(client: Client) -> None:
    """Make the schedules where they are missing: after a loss of the engine's store too."""
    for name, (what, want, spec) in _SCHEDULES.items():
        action = ScheduleActionStartWorkflow(what.run, want, id=f"{name}-run", task_queue="cases")
        try:
            await client.create_schedule(name, Schedule(action=action, spec=spec))
        except ScheduleAlreadyRunningError:
            continue
