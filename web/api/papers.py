"""Papers of an application: handles that only their uploader can use, and what a request says about them.

A bare content hash would not do: hashes stand in the log and on public pages, and whoever names one as their own paper
could then download it.
"""

import hmac
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from forms import Item
from services.cases.filing import Paper
from services.errors import Invalid
from services.house import House

_MEGABYTE = 1024 * 1024
_MAC = 32  # hex characters: 128 bits


class PaperIn(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"code": "layout", "file": "…", "name": "layout.pdf"}]},
    )
    code: str = Field(max_length=40, description="The material, as listed in the item")
    file: str = Field(max_length=200, description="What POST /files gave")
    name: str | None = Field(None, max_length=200)


def handle_of(house: House, account_id: str, digest: str, size: int, kind: str) -> str:
    body = f"{digest}-{size}-{kind}"
    return f"{body}-{_mac(house, account_id, body)}"


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
    body, _, mac = given.file.rpartition("-")
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
