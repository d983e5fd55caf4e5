"""ClamAV's daemon: the real one where the machine has it, and what it does when it does not answer as it should."""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.scanning.clamd import Clamd
from services.scanning.port import Undecided, Unreachable, Verdict

# In two halves, so that a scanner of this checkout does not find it here.
EICAR = (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").ljust(68)
CONFIG = """\
Foreground yes
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/clamd.sock
PidFile {folder}/clamd.pid
StreamMaxLength 1M
User root
SelfCheck 0
"""


@pytest.fixture(scope="module")
async def daemon() -> AsyncIterator[Clamd]:
    """With one signature of our own: Debian ships none, and none is fetched."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("no clamd here: apt install clamav-daemon")
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(CONFIG.format(folder=folder))
    running = await asyncio.create_subprocess_exec(
        program,
        f"--config-file={folder}/clamd.conf",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        for _ in range(200):
            if (folder / "clamd.sock").exists() or running.returncode is not None:
                break
            await asyncio.sleep(0.05)
        assert running.returncode is None, (await running.stdout.read()).decode()
        yield Clamd(f"clamd://{folder}/clamd.sock")
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()
        shutil.rmtree(folder)


async def test_the_daemon_finds_what_it_has_a_signature_for_and_nothing_else(daemon: Clamd):
    assert await daemon.scan(b"a harmless letter") == Verdict("clean")
    assert await daemon.scan(b"") == Verdict("clean")
    found = await daemon.scan(b"before it" * 20_000 + EICAR + b"behind it")
    assert found.state == "infected"
    assert found.found.startswith("Own.Eicar")


async def test_a_file_larger_than_the_daemon_takes_is_undecided_and_not_clean(daemon: Clamd):
    with pytest.raises(Undecided, match="size limit"):
        await daemon.scan(b"x" * 3_000_000)
    assert await daemon.scan(b"and it goes on") == Verdict("clean")


async def test_its_answer_is_read_though_it_hung_up_before_all_was_sent(tmp_path: Path):
    """The real daemon does so on a long file, now before and now after the next piece is sent: asked often."""

    def answer_and_hang_up(asked: int) -> None:
        for _ in range(asked):
            line, _ = listening.accept()
            with line:
                line.recv(10)
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "clamd.sock"))
        listening.listen()
        listening.settimeout(10)  # if one was not asked, this test fails and does not wait for it
        daemon = asyncio.create_task(asyncio.to_thread(answer_and_hang_up, 40))
        for _ in range(40):
            with pytest.raises(Undecided, match="size limit"):
                await Clamd(f"clamd://{tmp_path}/clamd.sock").scan(b"x" * 3_000_000)
        await daemon


async def test_a_daemon_that_is_not_there_or_says_nothing_is_unreachable(tmp_path: Path):
    with pytest.raises(Unreachable):
        await Clamd(f"clamd://{tmp_path}/nothing.sock").scan(b"x")

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Unreachable):
            await Clamd(f"clamd://127.0.0.1:{port}", seconds=0.2).scan(b"x")


@pytest.mark.parametrize("wrong", ["clamd://", "http://127.0.0.1:3310", "clamav"])
def test_an_address_that_leads_nowhere_is_refused_at_once(wrong: str):
    with pytest.raises(ValueError, match="must look like"):
        Clamd(wrong)
