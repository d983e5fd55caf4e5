"""Bilingual text and the frozen base every definition shares."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Definition(BaseModel):
    """A part of an item file: frozen once read, refusing keys nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Text(Definition):
    """One sentence or label in Simplified Chinese and in English."""

    zh: Said
    en: Said

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh
