"""A citizen makes an account for themselves."""

from datetime import datetime

from services.errors import Refusal
from services.people.accounts import insert_account
from services.people.passwords import hash_password
from services.people.subjects import register_subject
from services.store.crypto import Vault
from services.store.db import Database


class CannotRegister(Refusal):
    """Said for every number on file. It does not say that this is the reason.

    A number that somebody merely knows must not open the cases of the person who bears it: whoever is on file
    already, by a visit to the counter for instance, gets an account there, against their paper.
    """

    status, code = 422, "cannot-register"

    def __init__(self) -> None:
        super().__init__(
            "无法用这些信息在网上注册。如果您已有账户，请直接登录；否则请带身份证件到任一政务大厅窗口，或拨打 12345",
            "These details cannot be registered online. If you have an account, sign in; if not, come to any "
            "counter with your identity paper, or call 12345",
        )


async def register_citizen(
    db: Database,
    vault: Vault,
    *,
    name: str,
    id_type: str,
    id_number: str,
    phone: str,
    username: str,
    password: str,
    now: datetime,
) -> str:
    """The new account's id. Raises CannotRegister, or Invalid if the user name is taken.

    The values are clean: the form has checked them, number and password included.
    """
    password_hash = await hash_password(password)
    async with db.transaction() as conn:
        subject = await register_subject(
            conn, vault, kind="person", name=name, id_type=id_type, id_number=id_number, phone=phone, now=now
        )
        if not subject.created:
            raise CannotRegister
        return await insert_account(
            conn, username=username, password_hash=password_hash, kind="citizen", name=name,
            subject_id=subject.id, now=now,
        )  # fmt: skip
