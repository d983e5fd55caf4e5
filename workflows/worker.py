"""The worker: workflows and their syncs on one queue, errands on another, so that a slow errand never stops a desk."""

import asyncio
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from services.house import House
from workflows.activities import Activities
from workflows.case import ERRANDS_QUEUE, CaseWorkflow
from workflows.gateway import CASES_QUEUE

# Pure modules of ours: loaded once, not once per workflow.
_RUNNER = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("services", "forms", "workflows")
)


def case_worker(client: Client, house: House) -> Worker:
    return Worker(
        client,
        task_queue=CASES_QUEUE,
        workflows=[CaseWorkflow],
        activities=[Activities(house).sync],
        workflow_runner=_RUNNER,
        max_cached_workflows=2000,
        max_concurrent_local_activities=16,
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


def errand_worker(client: Client, house: House) -> Worker:
    does = Activities(house)
    return Worker(
        client,
        task_queue=ERRANDS_QUEUE,
        activities=[does.make_document, does.issue_licence, does.tell_linked],
        max_concurrent_activities=4,
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


async def run_workers(client: Client, house: House) -> None:
    async with case_worker(client, house), errand_worker(client, house):
        await asyncio.Event().wait()
