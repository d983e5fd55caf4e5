"""Shapes that several routes share, and what the document says about tokens, keys and problems."""

from typing import Annotated, Any, TypeVar

from fastapi import Header, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from forms import Text

# Only for the OpenAPI document: `web.deps.identify` is what looks at the header.
V1 = "/api/v1"
BEARER = Security(HTTPBearer(auto_error=False, description="The token that POST /session gave."))

KEY = r"^[\w.:-]{8,80}$"  # as services.cases.door asks
TokenHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="8-80 plain characters, new for each thing you do. Sending the same request again under the "
        "same key does nothing twice and gives the first answer; another request under it is refused (409).",
        pattern=KEY,
        examples=["9b2f0e6c5d0a4b7e"],
    ),
]


class Words(BaseModel):
    """Something in Simplified Chinese and in English."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text | dict[str, str]) -> "Words":
        return cls(**text) if isinstance(text, dict) else cls(zh=text.zh, en=text.en)


class Problem(BaseModel):
    """RFC 9457. `problems` names the fields of a 422, `expected` the commands that a 409 would take instead."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(examples=["urn:onewindow:problem:not-expected"])
    title: str = Field(examples=["not-expected"])
    status: int = Field(examples=[409])
    detail: str = Field(examples=["The case has moved on; this act is not expected now"])
    problems: dict[str, Words] | list[dict[str, Any]] | None = None
    expected: list[str] | None = None


M = TypeVar("M", bound=BaseModel)
V = TypeVar("V")


async def read_body(request: Request, model: type[M]) -> M:
    """The body as this model, parsed once and strictly: half a character never gets inside."""
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from None


def read_path(request: Request, name: str, kind: TypeAdapter[V]) -> V:
    """One part of the path, for a route that reads its request itself."""
    try:
        return kind.validate_python(request.path_params[name])
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise RequestValidationError([e | {"loc": ("path", name)} for e in found]) from None


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """`openapi_extra` for a route that uses `read_body`."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": inlined(model)}}}}


def inlined(model: type[BaseModel]) -> dict[str, Any]:
    """A model's schema without references, for the places of the document that the framework does not fill in."""
    schema = model.model_json_schema()
    parts = schema.pop("$defs", {})

    def resolved(node: Any) -> Any:
        if isinstance(node, list):
            return [resolved(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return resolved(parts[node["$ref"].rpartition("/")[2]])
        return {name: resolved(value) for name, value in node.items()}

    return resolved(schema)


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`."""
    schema = inlined(Problem)
    return {
        status: {"description": _MEANING[status], "content": {"application/problem+json": {"schema": schema}}}
        for status in statuses
    }


_MEANING = {
    401: "No token, or one that has run out",
    403: "Not yours to do",
    404: "Not there, or not yours to see",
    409: "Not expected now, or the key was used for something else",
    413: "Too large",
    422: "Something must be corrected",
}
