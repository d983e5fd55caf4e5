"""What the engine asks of the house. One activity is one transaction, and doing it twice is doing it once."""

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from services.archive.make import make_archive
from services.cases.forwarding import file_upper
from services.cases.sync import sync
from services.documents.make import make_document
from services.drafts import forget_expired
from services.errors import NotFound
from services.hotline.linked import tell_linked
from services.house import House
from services.law.wants import SyncIn, SyncOut
from services.licences.issue import issue_licence
from services.licences.sweep import sweep_licences
from services.payments.orders import order_payment
from services.payments.refunds import order_refund
from services.scanning.rescan import rescan
from workflows.case import ErrandIn
from workflows.gateway import Gateway
from workflows.reconcile import reconcile
from workflows.schedule import ReconcileIn, SweepIn

log = structlog.get_logger()


class Activities:
    def __init__(self, house: House, gateway: Gateway) -> None:
        self.house, self.gateway = house, gateway

    @activity.defn(name="sync")
    async def sync(self, want: SyncIn) -> SyncOut:
        try:
            async with self.house.db.transaction() as tx:
                return await sync(tx, self.house, want)
        except NotFound as gone:
            # Not in this store, and trying again does not put it there: a run that nobody needs ends.
            raise ApplicationError(str(gone), type="NotFound", non_retryable=True) from gone

    @activity.defn(name="make_document")
    async def make_document(self, errand: ErrandIn) -> None:
        await make_document(self.house, errand.case_no, errand.key, errand.about)

    @activity.defn(name="issue_licence")
    async def issue_licence(self, errand: ErrandIn) -> None:
        async with self.house.db.transaction() as tx:
            await issue_licence(tx, self.house, errand.case_no, errand.key)

    @activity.defn(name="order_payment")
    async def order_payment(self, errand: ErrandIn) -> None:
        await order_payment(self.house, errand.case_no, errand.key, errand.about)

    @activity.defn(name="refund_fee")
    async def refund_fee(self, errand: ErrandIn) -> None:
        await order_refund(self.house, errand.case_no, errand.key, errand.about)

    @activity.defn(name="tell_linked")
    async def tell_linked(self, errand: ErrandIn) -> None:
        async with self.house.db.transaction() as tx:
            await tell_linked(tx, self.house, errand.case_no, errand.key, errand.about)

    @activity.defn(name="file_upper")
    async def file_upper(self, errand: ErrandIn) -> None:
        async with self.house.db.transaction() as tx:
            await file_upper(tx, self.house, errand.case_no, errand.key)

    @activity.defn(name="make_archive")
    async def make_archive(self, errand: ErrandIn) -> None:
        await make_archive(self.house, errand.case_no, errand.key)

    @activity.defn(name="reconcile")
    async def reconcile(self, want: ReconcileIn) -> None:
        await reconcile(self.house, self.gateway, full=want.full)
        await rescan(self.house)
        if want.full:  # at night
            async with self.house.db.transaction() as tx:
                await forget_expired(tx, self.house.now())

    @activity.defn(name="sweep_licences")
    async def sweep_licences(self, want: SweepIn) -> None:
        done = await sweep_licences(self.house)
        log.info("licences swept", looked=done.looked, reminded=done.reminded, expired=done.expired)
