"""代码表: the words that item files may use where the national list has codes. Data, read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator

from forms.text import Definition, Text

DATA = Path(__file__).parent / "data"


class Entry(Definition):
    """A row. `code` is the exchange's, where it is not the word itself; `letter` and `stops` belong to one table each."""

    zh: str
    en: str
    code: str = ""
    letter: str = ""
    stops: bool = False

    @property
    def text(self) -> Text:
        return Text(zh=self.zh, en=self.en)


@cache
def tables() -> Mapping[str, Mapping[str, Entry]]:
    given = yaml.safe_load((DATA / "tables.yaml").read_text(encoding="utf-8"))
    return {
        name: {word: Entry.model_validate(row) for word, row in rows.items()} for name, rows in given.items()
    }


def table(name: str) -> Mapping[str, Entry]:
    return tables()[name]


def word_of(name: str) -> AfterValidator:
    """A word of that table; anything else is refused with the words there are."""

    def known(word: str) -> str:
        if word not in table(name):
            raise ValueError(f"`{word}` is not in the table {name}: use one of {', '.join(table(name))}")
        return word

    return AfterValidator(known)


PowerSource = Annotated[str, word_of("power_sources")]
Body = Annotated[str, word_of("bodies")]
Server = Annotated[str, word_of("servers")]
Area = Annotated[str, word_of("areas")]
Channel = Annotated[str, word_of("channels")]
ResultType = Annotated[str, word_of("result_types")]
SpecialKind = Annotated[str, word_of("special_procedures")]
PersonTopic = Annotated[str, word_of("topics_person")]
OrganisationTopic = Annotated[str, word_of("topics_organisation")]
LifeEvent = Annotated[str, word_of("life_events")]
