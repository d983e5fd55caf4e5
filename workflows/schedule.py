"""Reconciliation on a Temporal Schedule: every five minutes what lags, at night every open case."""

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


_NIGHT = ScheduleCalendarSpec(hour=[ScheduleRange(3)], minute=[ScheduleRange(10)])
_SCHEDULES = {
    "reconcile": (ReconcileIn(), ScheduleSpec(intervals=[ScheduleIntervalSpec(every=timedelta(minutes=5))])),
    "reconcile-nightly": (
        ReconcileIn(full=True),
        ScheduleSpec(calendars=[_NIGHT], time_zone_name="Asia/Shanghai"),
    ),
}


async def keep_reconciling(client: Client) -> None:
    """Make the schedules where they are missing: after a loss of the engine's store too."""
    for name, (want, spec) in _SCHEDULES.items():
        action = ScheduleActionStartWorkflow(
            ReconcileWorkflow.run, want, id=f"{name}-run", task_queue="cases"
        )
        try:
            await client.create_schedule(name, Schedule(action=action, spec=spec))
        except ScheduleAlreadyRunningError:
            continue
