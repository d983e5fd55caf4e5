"""Making a document, once: number, page, seal, file, and the event that says so.

A number is reserved first, in a transaction of its own, and stays with its row: whatever fails later, the next try
finds both, so a series has no gaps and no number is given twice.
"""

import asyncio
import secrets
from collections.abc import Mapping, Sequence

import asyncpg

from forms.documents import KINDS, render
from services.cases.checks import check
from services.cases.histories import Told
from services.cases.log import Pen, load
from services.cases.reckoned import reckon
from services.documents.agencies import agency_word, business_word, signing_department
from services.documents.facts import Marks, gather
from services.documents.pressroom import Sealing, print_document
from services.documents.story import Story, read_story
from services.errors import NotFound
from services.house import House
from services.law.commands import COMMANDS
from services.law.licences import GRANTS
from services.law.numbers import document_number
from services.law.roles import SYSTEM, Role
from services.store.numbering import next_number

# Nothing that is read aloud or copied by hand as something else. 32 ** 18 is 90 bits: nobody guesses a document.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 18


async def make_document(house: House, case_no: str, key: str, kind: str) -> None:
    """Make the document of `kind` whose event is `key`. May be repeated at any time; it is made once."""
    async with house.db.connection() as conn:
        if await _made(conn, case_no, key):
            return
        story = await read_story(conn, house, case_no)
        id_, number = await _reserve(conn, story, key, kind)
    facts = gather(story, kind, key, Marks(number, _verify_url(house, id_)))
    sealing = Sealing(house.seals, signing_department(story, story.said(kind, key)), house.now())
    file = await house.files.put(await print_document(kind, facts, sealing))
    made = {"kind": kind, "number": number, "document": id_, "file": file}
    async with house.db.transaction() as tx:
        await _record(tx, house, case_no, key, made)


async def preview(
    conn: asyncpg.Connection,
    house: House,
    case_no: str,
    command: str,
    raw: Mapping[str, list[str]],
    defects: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """What the command's document would look like if the act were done now. Reserves nothing, writes nothing.

    Raises Invalid for what the act itself would refuse.
    """
    story = await read_story(conn, house, case_no)
    definition = COMMANDS[command]
    values = check(definition, raw, defects, story.item)
    values |= reckon(command, "", story.page.case, house, values)
    event = Pen(story.page.case, house.now()).write(
        definition.event, "preview", actor="", role="", data={**values, "command": command}
    )
    story.told.append(Told(event, "承办人员", ""))
    kind = granted_kind(story) if definition.document == "grant" else definition.document
    marks = Marks("（预览，未编号）", _verify_url(house, "PREVIEW"), seal="预览件 不具效力")
    facts = gather(story, kind, "", marks)
    return await asyncio.to_thread(render, kind, facts)


def granted_kind(story: Story) -> str:
    """The document of a grant: of a licence that is there already, what is done to it."""
    return GRANTS.get(story.item.acts_on.as_, "grant") if story.item.acts_on else "grant"


def _verify_url(house: House, id_: str) -> str:
    return f"{house.base_url}/verify/{id_}"


async def _made(conn: asyncpg.Connection, case_no: str, key: str) -> bool:
    return bool(await conn.fetchval("SELECT 1 FROM case_event WHERE case_no = $1 AND key = $2", case_no, key))


async def _reserve(conn: asyncpg.Connection, story: Story, key: str, kind: str) -> tuple[str, str]:
    """The document's verification code and number, the same ones at every try."""
    async with conn.transaction():
        await load(conn, story.no, lock=True)
        row = await conn.fetchrow(
            "SELECT id, number FROM document WHERE case_no = $1 AND key = $2", story.no, key
        )
        if row:
            return row["id"], row["number"]
        id_ = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        number = await _number(conn, story, key, kind)
        await conn.execute(
            "INSERT INTO document (id, case_no, key, kind, number) VALUES ($1, $2, $3, $4, $5)",
            id_, story.no, key, kind, number,
        )  # fmt: skip
    return id_, number


async def _number(conn: asyncpg.Connection, story: Story, key: str, kind: str) -> str:
    if kind == "licence":
        assert story.licence is not None
        return story.licence["number"]  # a certificate goes by its own number
    department = signing_department(story, story.said(kind, key))
    word = business_word(story.item.kind) + KINDS[kind].number_word
    year = story.said(kind, key).event.on.year
    serial = await next_number(conn, f"document:{department}:{word}:{year}")
    return document_number(agency_word(story.house.items, department) + word, year, serial)


async def _record(
    conn: asyncpg.Connection, house: House, case_no: str, key: str, data: dict[str, str]
) -> None:
    """The event and the row, once; whoever was slower leaves things as they are. Call in a transaction."""
    case = await load(conn, case_no, lock=True)
    if case is None:
        raise NotFound("没有这个办件", f"No such case: {case_no}")
    if await _made(conn, case_no, key):
        return
    pen = Pen(case, house.now())
    pen.write("document_made", key, actor=SYSTEM.id, role=Role.SYSTEM.value, data=data)
    await pen.commit(conn, ring=False)
    await conn.execute(
        "UPDATE document SET file = $2, made_at = $3 WHERE id = $1", data["document"], data["file"], pen.now
    )
