"""The only Temporal client: connects, rings, asks what runs."""

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from workflows.case import CaseStart, CaseWorkflow
from workflows.codec import sealed_converter

CASES_QUEUE = "cases"


class Gateway:
    def __init__(self, client: Client) -> None:
        self.client = client

    @classmethod
    async def connect(cls, address: str, namespace: str, key: bytes) -> "Gateway":
        """`key`: 32 bytes, from the vault. Raises RuntimeError if Temporal can't be reached."""
        client = await Client.connect(address, namespace=namespace, data_converter=sealed_converter(key))
        return cls(client)

    async def ring(self, case_no: str) -> None:
        """Signal with start. A closed case that is rung (a card closed after the archive) reads its log and ends again."""
        await self.client.start_workflow(
            CaseWorkflow.run,
            CaseStart(case_no),
            id=case_no,
            task_queue=CASES_QUEUE,
            start_signal="ring",
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )

    async def runs(self, case_no: str) -> bool:
        """Whether a workflow of this case is running now."""
        try:
            described = await self.client.get_workflow_handle(case_no).describe()
        except RPCError as gone:
            if gone.status == RPCStatusCode.NOT_FOUND:
                return False
            raise
        return described.status == WorkflowExecutionStatus.RUNNING
