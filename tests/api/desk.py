"""What a test does over the API."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.living import Living

LAYOUT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
VALUES = {
    "only_prepackaged": "no",
    "applicant_role": "self",
    "premises_name": "湖南示例餐饮有限公司",
    "premises_address": "示例区示例路1号",
    "area": 120,
    "category": "hot_food",
    "staff": 8,
    "has_network_trade": False,
    "officer_name": "陈示例",
    "officer_phone": "19900000001",
    "truth": True,
}
SITE_CHECK = {
    "checked_on": "2026-11-16",
    "officer_1": "何核查 A001",
    "officer_2": "胡核查 A002",
    "result": "pass",
    "findings": "布局与图纸一致",
}


@dataclass
class Desk:
    """One caller's calls."""

    http: httpx.AsyncClient
    living: Living
    auth: dict[str, str]

    async def get(self, path: str) -> Any:
        answer = await self.http.get(path, headers=self.auth)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: Any, key: str | None = None) -> httpx.Response:
        return await self.http.post(
            path, json=body, headers={**self.auth, "idempotency-key": key or uuid4().hex}
        )

    async def upload(self, name: str = "layout.pdf", content: bytes = LAYOUT) -> dict[str, Any]:
        answer = await self.http.post(
            "/files", headers=self.auth, files={"file": (name, content, "application/pdf")}
        )
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def firm(self) -> str:
        me = await self.get("/me")
        return next(w["id"] for w in me["may_act_for"] if not w["self"])

    async def application(self, **changes: Any) -> dict[str, Any]:
        papers = [
            {"code": code, "file": (await self.upload(name))["file"], "name": name}
            for code, name in (
                ("layout", "布局图.pdf"),
                ("safety-rules", "制度.pdf"),
                ("health-certificates", "健康证.pdf"),
            )
        ]
        return {
            "item": "food-licence", "applicant": await self.firm(), "values": VALUES, "papers": papers, **changes,
        }  # fmt: skip

    async def file(self, **changes: Any) -> str:
        answer = await self.post("/applications", await self.application(**changes))
        assert answer.status_code == 201, answer.text
        no = answer.json()["case"]
        await self.living.engine(no)
        return no

    async def task(self, no: str, step: str) -> int:
        found = (await self.get(f"/tasks?case={no}&step={step}"))["tasks"]
        assert found, f"{step} is not open"
        return found[0]["id"]

    async def act(self, no: str, step: str, command: str, **body: Any) -> dict[str, Any]:
        task = await self.task(no, step)
        answer = await self.post(f"/tasks/{task}/acts", {"command": command, **body})
        assert answer.status_code == 201, answer.text
        await self.living.engine(no)
        return answer.json()
