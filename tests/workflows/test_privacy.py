"""No personal data in the engine: canaries are filed, and its histories and its database are searched for them."""

from temporalio.client import WorkflowHistory

from infra.servers import Temporal
from tests.conftest import make_home, remove_home
from tests.living import FOOD, FOOD_PAPERS, SITE_CHECK, Living
from tests.workflows.engine import engine, until_event, until_open
from workflows.codec import SealedCodec

CANARIES = ("金丝雀饭店", "金丝雀路77号", "金雀儿", "19900007777", "金丝雀意见", "金丝雀收件人")
FILED = FOOD | {
    "premises_name": ["金丝雀饭店"],
    "premises_address": ["金丝雀路77号"],
    "officer_name": ["金雀儿"],
    "officer_phone": ["19900007777"],
}


async def lived(living: Living, address: str) -> tuple[str, WorkflowHistory]:
    async with engine(living, address) as gateway:
        firm = living.world.subjects["湖南示例餐饮有限公司"]
        no = (await living.file("food-licence", "chen", FILED, FOOD_PAPERS, applicant_id=firm)).case_no
        for task, command, who, values in (
            ("acceptance#1", "accept", "clerk", {}),
            ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
            ("review#1", "recommend_grant", "reviewer", {"opinion": "金丝雀意见"}),
            ("decision#1", "grant", "director", {}),
            ("delivery", "deliver", "clerk", {"mode": "post", "recipient": "金丝雀收件人"}),
            ("rating", "rate", "chen", {"score": "5"}),
        ):
            await until_open(living, no, task)
            await living.act(no, task, command, who, **values)
        await until_event(living, no, "archived")
        handle = gateway.client.get_workflow_handle(no)
        await handle.result()
        return no, await handle.fetch_history()


async def opened(history: WorkflowHistory, key: bytes) -> str:
    """Every payload of a history in the clear, as one text."""
    codec, texts = SealedCodec(key), []
    for event in history.events:
        for _, attributes in event.ListFields():
            for payload in _payloads(attributes):
                (plain,) = await codec.decode([payload])
                texts.append(plain.data.decode("utf-8", "replace"))
    return "\n".join(texts)


def _payloads(message):
    from google.protobuf.message import Message
    from temporalio.api.common.v1 import Payload

    if isinstance(message, Payload):
        yield message
    elif isinstance(message, Message):
        for field, value in message.ListFields():
            if field.message_type is not None:
                inner = (
                    value.values()
                    if hasattr(value, "values")
                    else value
                    if hasattr(value, "__len__")
                    else [value]
                )
                for part in inner:
                    yield from _payloads(part)


async def test_no_canary_reaches_the_engine(living: Living):
    home = make_home()
    server = Temporal(home)
    server.start()
    try:
        no, history = await lived(living, server.address)
    finally:
        server.stop()
    plain = await opened(history, living.house.vault.codec_key)
    stored = b"".join(p.read_bytes() for p in server.database.parent.glob(f"{server.database.name}*"))
    remove_home(home)
    assert no in plain, "the search itself must be able to find something"
    assert no.encode() in stored
    for canary in CANARIES:
        assert canary not in plain
        assert canary.encode() not in stored
    assert b"acceptance#1" not in stored, "payloads are encrypted at rest"
