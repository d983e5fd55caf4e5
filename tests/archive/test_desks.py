"""Who fetches a package from where, and the command that checks it on any machine."""

import io
import subprocess
import sys
import zipfile

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.archive.test_package import carried_to_its_end
from tests.web.progress_world import RATED, food
from tests.web.test_progress import app, home, living, submit, visit

__all__ = ["app", "home", "living", "visit"]  # fixtures


@pytest.fixture(scope="module")
async def no(home) -> str:
    return await carried_to_its_end(home)


def parts(answer) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as box:
        return set(box.namelist())


async def test_the_applicant_fetches_the_whole_package_from_the_page_of_the_case(no, visit):
    client = await visit("chen")
    assert f'href="/cases/{no}/archive.zip"' in (await client.get(f"/cases/{no}")).text
    answer = await client.get(f"/cases/{no}/archive.zip")
    assert answer.status_code == 200
    assert {"private.json", "materials/001-round1-layout.pdf"} <= parts(answer)


@pytest.mark.parametrize("who", ["li", "clerk", "reviewer", "director", "agent", "admin", "supervisor"])
async def test_nobody_else_does(no, visit, who):
    assert (await (await visit(who)).get(f"/cases/{no}/archive.zip")).status_code == 404


async def test_supervision_fetches_a_copy_without_what_is_personal(no, visit):
    client = await visit("supervisor")
    assert f'href="/supervisor/cases/{no}/archive.zip"' in (await client.get(f"/supervisor/cases/{no}")).text
    answer = await client.get(f"/supervisor/cases/{no}/archive.zip")
    assert answer.status_code == 200
    assert [name for name in parts(answer) if name.startswith(("private", "materials"))] == []


async def test_supervision_has_one_made_for_a_case_that_ended_without(living, visit):
    no = await food(living, *RATED)
    client = await visit("supervisor")
    page = f"/supervisor/cases/{no}"
    if "archive_made" not in await living.kinds(no):
        assert (await client.get(f"{page}/archive.zip")).status_code == 404
        assert (await submit(client, page, f"{page}/archive")).status_code == 303
    assert (await client.get(f"{page}/archive.zip")).status_code == 200
    await submit_again(client, page)
    assert (await living.kinds(no)).count("archive_made") == 1


async def submit_again(client, page: str) -> None:
    assert f'action="{page}/archive"' not in (await client.get(page)).text


async def test_of_a_case_under_way_there_is_nothing_to_fetch_or_make(living, visit):
    no = await food(living)
    client = await visit("supervisor")
    page = (await client.get(f"/supervisor/cases/{no}")).text
    assert "archive" not in page


def onewindow(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "infra.cli", *arguments], capture_output=True, text=True)


async def test_the_command_checks_a_package_without_the_house(living, no, visit, tmp_path):
    package, roots = tmp_path / "case.zip", tmp_path / "roots.pem"
    package.write_bytes((await (await visit("chen")).get(f"/cases/{no}/archive.zip")).content)
    roots.write_bytes(living.house.seals.roots[0].public_bytes(Encoding.PEM))
    good = onewindow("archive", "verify", str(package), "--root", str(roots))
    assert (good.returncode, good.stdout.count("ok ")) == (0, 10), good.stdout + good.stderr
    content = bytearray(package.read_bytes())
    content[content.index(b"%PDF-1.4 layout") + 3] ^= 1
    package.write_bytes(content)
    bad = onewindow("archive", "verify", str(package))
    assert bad.returncode == 1
    assert bad.stdout.splitlines()[-1].startswith("broken")
    assert "materials/001-round1-layout.pdf" in bad.stdout
    assert onewindow("archive", "verify", str(tmp_path / "none.zip")).returncode == 2
