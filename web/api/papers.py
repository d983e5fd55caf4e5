"""Papers of an application: handles that only their uploader can use, and what a request says about them.

A bare content hash would not do: hashes stand in the log and on public pages, and whoever names one as their own paper
could then download it.
"""

import hmac
from collections.abc import Sequence

import asyncpg
from pydantic import BaseModel, ConfigDict, Field, model_validator

from forms import Item
from services.cases.rounds import Paper
from services.errors import Invalid
from services.house import House
from services.law.roles import Actor
from services.licences import consents
from services.licences.library import find
from services.licences.reuse import LICENCE

_MEGABYTE = 1024 * 1024
_MAC = 32  # hex characters: 128 bits


class PaperIn(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"code": "layout", "file": "…", "name": "layout.pdf"}]},
    )
    code: str = Field(max_length=40, description="The material, as listed in the item")
    file: str | None = Field(None, max_length=200, description="What POST /files gave")
    name: str | None = Field(None, max_length=200)
    licence: str | None = Field(
        None,
        max_length=120,
        description="Instead of a file: the identifier (电子证照标识) of an e-licence of the applicant's that says the same",
    )
    consent: bool = Field(
        False,
        description="With `licence`: its holder agrees to its use for this application, for 90 days, and may take that back",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> "PaperIn":
        if (self.file is None) == (self.licence is None):
            raise ValueError("give either `file` or `licence`")
        return self


def handle_of(house: House, account_id: str, digest: str, size: int, kind: str) -> str:
    body = f"{digest}-{size}-{kind}"
    return f"{body}-{_mac(house, account_id, body)}"


async def take_papers(
    conn: asyncpg.Connection, house: House, actor: Actor, item: Item, given: Sequence[PaperIn], token: str
) -> list[Paper]:
    """Files, and licences with their holder's consent, which is kept. Call in the filing's transaction. Raises Invalid."""
    files = to_papers(house, actor.id, item, [p for p in given if p.licence is None])
    return files + [
        await _licence(conn, house, actor, item, p, token) for p in given if p.licence is not None
    ]


async def _licence(
    conn: asyncpg.Connection, house: House, actor: Actor, item: Item, given: PaperIn, token: str
) -> Paper:
    found = await find(conn, house, given.licence or "")
    if found is None or found.holder_id not in actor.subjects:
        wrong = {
            "zh": "您名下没有这张证照，请核对标识",
            "en": "You hold no such licence: check its identifier",
        }
    elif not given.consent:
        wrong = {
            "zh": "使用电子证照须经持证人同意（consent）",
            "en": "The holder must agree to the use of the licence: `consent`",
        }
    elif all(m.code != given.code for m in item.materials):
        wrong = {"zh": "材料清单上没有这一项", "en": "Not on the list of materials"}
    else:
        consent = await consents.give(conn, house, actor, item, given.code, found, token)
        return Paper(given.code, LICENCE, name=found.name.zh, consent=consent)
    raise Invalid({f"material:{given.code}": wrong})


def to_papers(house: House, account_id: str, item: Item, given: Sequence[PaperIn]) -> list[Paper]:
    """Raises Invalid: a handle of somebody else's, or a file the material does not take."""
    problems: dict[str, dict[str, str]] = {}
    papers = [_paper(house, account_id, item, p, problems) for p in given]
    if problems:
        raise Invalid(problems)
    return papers


def _paper(
    house: House, account_id: str, item: Item, given: PaperIn, problems: dict[str, dict[str, str]]
) -> Paper:
    body, _, mac = (given.file or "").rpartition("-")
    if not hmac.compare_digest(_mac(house, account_id, body).encode(), mac.encode()):
        problems[f"material:{given.code}"] = {
            "zh": "这个文件不是您上传的，请重新上传",
            "en": "This file was not uploaded by you: upload it again",
        }
        return Paper(given.code)
    digest, size, kind = body.split("-")
    for material in item.materials:
        if material.code == given.code and (
            kind not in material.types or int(size) > material.max_mb * _MEGABYTE
        ):
            problems[f"material:{given.code}"] = {
                "zh": f"“{material.name.zh}”可以用 {'、'.join(material.types)}，不超过 {material.max_mb} MB",
                "en": f"“{material.name.en}” takes {', '.join(material.types)} of at most {material.max_mb} MB",
            }
    return Paper(given.code, file=digest, name=given.name, size=int(size), type=kind)


def _mac(house: House, account_id: str, body: str) -> str:
    return house.vault.mac(f"{account_id}|{body}".encode(), purpose="upload-handle").hex()[:_MAC]
