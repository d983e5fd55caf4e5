"""Who plays in a story: the district's people and staff by name, and those whom the story invents."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import asyncpg
from stdnum.cn import ric

from services.house import House
from services.law.capacity import guardian_until, needs_consent
from services.law.clock import legal_date
from services.law.numbers import credit_code
from services.law.policy import Expected, Parties, may_take, owns
from services.law.roles import Actor, Grant, Role
from services.people.accounts import insert_account
from services.people.applicants import read_person
from services.people.consents import record_consent
from services.people.standing import Basis, acting_for, represent, revoke_representation, standing_of
from services.people.subjects import register_subject
from workflows.scenarios.format import Employee, Ended, Person, Standing, Unplayable

REGION = "430199"  # no such region exists, so nobody invented here is a real person
_SINCE = date(2000, 1, 1)


@dataclass
class Cast:
    """Actors by user name, subjects (people and firms) by name."""

    actors: dict[str, Actor]
    subjects: dict[str, str]
    invented: int = field(default=0)

    def actor(self, who: str) -> Actor:
        """By user name or by name; raises Unplayable with everybody there is."""
        found = self.actors.get(who) or next((a for a in self.actors.values() if a.name == who), None)
        if found is None:
            raise Unplayable(f"there is no {who}: use one of {', '.join(self.actors)}")
        return found

    def subject(self, name: str) -> str:
        if name not in self.subjects:
            raise Unplayable(f"there is no {name}: use one of {', '.join(self.subjects)}")
        return self.subjects[name]

    def citizen_for(self, subject: str | None, filer: str | None) -> Actor:
        """Whoever may act for the applicant now."""
        parties = Parties(subject, filer)
        found = next((a for a in self.actors.values() if owns(a, parties)), None)
        if found is None:
            raise Unplayable("nobody of this story may act for the applicant: say `by`")
        return found

    def whoever_may(self, task: Expected, parties: Parties) -> Actor:
        """The first of the staff whose task this is: a story that does not care who acts names nobody."""
        if task.claimed_by:
            return next(a for a in self.actors.values() if a.id == task.claimed_by)
        found = next((a for a in self.actors.values() if may_take(a, task, parties) is None), None)
        if found is None:
            raise Unplayable(f"nobody of this story may act as {task.role} here: say `by`")
        return found

    def whoever_is(self, role: Role) -> Actor:
        return next(a for a in self.actors.values() if a.has(role))

    async def catch_up(self, house: House) -> None:
        """Whom everybody may act for today: a mandate begins and ends by the day, not by the story."""
        async with house.db.connection() as conn:
            standing = await acting_for(conn, legal_date(house.now()))
        for name, actor in self.actors.items():
            if actor.kind == "citizen":
                self.actors[name] = replace(actor, subjects=standing[actor.id])

    async def empower(self, house: House, given: Standing) -> None:
        async with house.db.transaction() as tx:
            await represent(
                tx, person_id=self.subject(given.who), subject_id=self.subject(given.acts_for), basis=given.basis,
                valid_from=legal_date(house.now()), valid_to=given.until,
            )  # fmt: skip

    async def dismiss(self, house: House, ended: Ended) -> None:
        async with house.db.transaction() as tx:
            standing = await standing_of(tx, self.subject(ended.who), self.subject(ended.acts_for))
            if standing is None:
                raise Unplayable(f"{ended.who} does not act for {ended.acts_for}: say `represent` before")
            await revoke_representation(tx, standing, now=house.now())

    async def hire(self, house: House, staff: Sequence[Employee]) -> None:
        """Those who handle an item, once."""
        for each in staff:
            if any(actor.name == each.name for actor in self.actors.values()):
                continue
            username = f"staff{len(self.actors)}"
            grants = (Grant(Role(each.role), each.department, REGION),)
            async with house.db.transaction() as tx:
                account = await insert_account(
                    tx, username=username, password_hash="", kind="staff", name=each.name, grants=grants,
                    now=house.now(),
                )  # fmt: skip
            self.actors[username] = Actor(account, "staff", each.name, grants)

    def whoever_holds(self, role: Role, department: str) -> Actor:
        """The first who has the role in that department."""
        return next(
            a
            for a in self.actors.values()
            if any(g.role is role and g.department == department for g in a.grants)
        )

    async def invite(self, house: House, person: Person) -> str:
        """Somebody who exists in this story only. Returns the subject that applies."""
        self.invented += 1
        n, now = self.invented, house.now()
        named = {"id_type": person.paper, "id_number": person.number or _id_number(n)}
        async with house.db.transaction() as tx:
            who = await register_subject(
                tx, house.vault, kind="person", name=person.person, phone=f"1990001{n:04d}",
                address=f"示例区演练路{n}号", now=now, **({} if person.paper == "none" else named),
            )  # fmt: skip
            mine = {who.id}
            if person.guardian:
                self.subjects[person.person] = who.id
                await self._keep(tx, house, person, who.id)
                return who.id
            self.subjects[person.person] = applies = who.id
            if person.firm:
                firm = await register_subject(
                    tx, house.vault, kind="organisation", name=person.firm, id_type="credit_code",
                    id_number=credit_code("91", REGION, 9000 + n), phone=f"1990002{n:04d}", now=now,
                )  # fmt: skip
                await represent(
                    tx,
                    person_id=who.id,
                    subject_id=firm.id,
                    basis=Basis.LEGAL_REPRESENTATIVE,
                    valid_from=_SINCE,
                )
                mine.add(firm.id)
                self.subjects[person.firm] = applies = firm.id
            username = f"guest{n}"
            account = await insert_account(
                tx, username=username, password_hash="", kind="citizen", name=person.person, subject_id=who.id,
                now=now,
            )  # fmt: skip
        self.actors[username] = Actor(account, "citizen", person.person, (), frozenset(mine))
        return applies

    async def _keep(self, tx: asyncpg.Connection, house: House, person: Person, child_id: str) -> None:
        """The guardian, until the child is of age; who agreed, as everybody does, that its data are handled."""
        guardian_id, today = self.subject(person.guardian or ""), legal_date(house.now())
        born = (await read_person(tx, house, child_id)).born
        await represent(
            tx, person_id=guardian_id, subject_id=child_id, basis=Basis.GUARDIAN, valid_from=_SINCE,
            valid_to=guardian_until(born) if born else None,
        )  # fmt: skip
        if needs_consent(born, today):
            await record_consent(
                tx,
                house,
                self.actor(person.guardian or ""),
                child_id=child_id,
                guardian_id=guardian_id,
                way="online",
            )


def _id_number(n: int) -> str:
    body = f"{REGION}19800101{n:03d}"
    return body + ric.calc_check_digit(body + "0")
