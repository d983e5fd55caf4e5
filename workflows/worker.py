"""The worker: workflows and their syncs on one queue, errands on another, so that a slow errand never stops a desk."""

import asyncio
from datetime import timedelta

from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from services.calendars.following import following
from services.cases.recounting import recount_all
from services.catalogue.following import following_items
from services.house import House
from workflows.activities import Activities
from workflows.case import ERRANDS_QUEUE, CaseWorkflow
from workflows.gateway import CASES_QUEUE, Gateway
from workflows.schedule import ReconcileWorkflow, SweepLicencesWorkflow

# Pure modules of ours: loaded once, not once per workflow.
RUNNER = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("services", "forms", "workflows")
)


def case_worker(gateway: Gateway, house: House) -> Worker:
    return Worker(
        gateway.client,
        task_queue=CASES_QUEUE,
        workflows=[CaseWorkflow, ReconcileWorkflow, SweepLicencesWorkflow],
        activities=[Activities(house, gateway).sync],
        workflow_runner=RUNNER,
        max_cached_workflows=2000,
        max_concurrent_local_activities=16,
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


def errand_worker(gateway: Gateway, house: House) -> Worker:
    does = Activities(house, gateway)
    return Worker(
        gateway.client,
        task_queue=ERRANDS_QUEUE,
        activities=[
            does.make_document,
            does.issue_licence,
            does.order_payment,
            does.refund_fee,
            does.tell_linked,
            does.file_upper,
            does.make_archive,
            does.reconcile,
            does.sweep_licences,
        ],
        max_concurrent_activities=4,
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


async def run_workers(gateway: Gateway, house: House) -> None:
    async with (
        # First, since a case may be filed under a version that is younger than this process.
        following_items(house),
        case_worker(gateway, house),
        errand_worker(gateway, house),
        following(house, recount_all),
    ):
        await asyncio.Event().wait()
