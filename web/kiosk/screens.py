"""One question a screen: which screens an application has, which comes next, and what is still missing where."""

from dataclasses import dataclass
from typing import Any

import asyncpg

from forms import Field
from services import drafts
from services.house import House
from services.law.roles import Actor
from services.people import MaskedSubject
from services.scanning.files import infected_among
from web.citizen.apply_view import (
    Problems,
    Sheet,
    licence_question,
    possible_applicants,
    sheet_of,
    with_reasons,
)
from web.rendering import page
from web.terminal import IDLE, WARN
from web.uploads import PREFIX

APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Screen:
    """`name` is a field, `applicant`, or a material after `material:`. A field is None where there is none."""

    name: str
    field: Field | None = None

    @property
    def material(self) -> str:
        return self.name.removeprefix(PREFIX) if self.name.startswith(PREFIX) else ""


@dataclass(slots=True)
class Way:
    """A draft at a terminal: its screens in order, and what is wrong with them, by name."""

    sheet: Sheet
    screens: list[Screen]
    offered: list[MaskedSubject]
    problems: Problems

    @property
    def base(self) -> str:
        return f"/kiosk/apply/{self.sheet.draft.id}"

    def find(self, name: str) -> Screen | None:
        return next((s for s in self.screens if s.name == name), None)

    def address(self, screen: Screen) -> str:
        return f"{self.base}/paper/{screen.material}" if screen.material else f"{self.base}/ask/{screen.name}"

    def wrong(self, screen: Screen) -> Problems:
        """What is wrong on this screen; rows of the same questions have controls of their own."""
        names = {screen.name, *(screen.field.raw_names() if screen.field else ())}
        return {name: said for name, said in self.problems.items() if name in names}

    def first_gap(self) -> str:
        """Where something is missing, or else the page that shows it all."""
        for screen in self.screens:
            if self.wrong(screen):
                return self.address(screen)
        return f"{self.base}/check"

    def after(self, name: str) -> str:
        at = next((n for n, s in enumerate(self.screens) if s.name == name), -1)
        rest = self.screens[at + 1 :]
        return self.address(rest[0]) if rest else f"{self.base}/check"

    def before(self, name: str) -> str:
        at = next((n for n, s in enumerate(self.screens) if s.name == name), 0)
        return self.address(self.screens[at - 1]) if at else f"/kiosk/items/{self.sheet.item.code}"

    def place(self, name: str) -> tuple[int, int]:
        """Which screen this is, of how many: both move as answers ask for more."""
        return next(n for n, s in enumerate(self.screens, 1) if s.name == name), len(self.screens)


async def way_of(conn: asyncpg.Connection, house: House, actor: Actor, draft_id: str) -> Way:
    """Raises NotFound."""
    sheet = sheet_of(house, await drafts.read(conn, house, actor, draft_id))
    return await way_through(conn, house, actor, sheet)


async def way_through(conn: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet) -> Way:
    offered = await possible_applicants(conn, house, actor, sheet.item)
    which = await licence_question(conn, house, sheet.item, actor.subjects)
    questions = (which, *sheet.item.questions[1:]) if which else sheet.item.questions
    screens = [Screen(APPLICANT)] if which is None and len(offered) != 1 else []
    screens += [Screen(f.name, quiet(f)) for f in questions]
    screens += [Screen(f.name, quiet(with_reasons(f, sheet.draft))) for f in sheet.drawn(sheet.item.fields)]
    screens += [Screen(f"{PREFIX}{m.code}") for m in sheet.uploads]
    problems = {**sheet.start_problems(), **sheet.form_problems(), **sheet.paper_problems()}
    problems |= await infected_among(conn, sheet.to_file())
    return Way(sheet, screens, offered, problems)


def quiet(field: Field) -> Field:
    """A browser that many use remembers nothing and suggests nothing."""
    rows = {"fields": tuple(quiet(f) for f in field.fields)} if field.kind == "group" else {}
    return field.model_copy(update={"autocomplete": "off", **rows})


def kiosk_page(request: Any, template: str, **context: Any) -> Any:
    return page(request, template, idle=IDLE, warn=WARN, **context)
