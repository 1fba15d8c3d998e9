"""The life of the demo from nothing: a closed checkout, first start, second start, SIGKILL, commands beside it, reset.

One home folder for the whole module, because installing takes a minute. Tests build on each other in this order.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from _platform.account import is_root
from _platform.children import processes
from _platform.code import CHECKOUT, PARTS

pytestmark = pytest.mark.long
PORT = 8790
ADDRESS = f"http://127.0.0.1:{PORT}/"


@dataclass
class Machine:
    """A checkout that nobody but its owner may enter, and a home folder."""

    checkout: Path
    home: Path

    @property
    def env(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("YISHI_", "DJANGO_"))}
        return inherited | {"YISHI_HOME": str(self.home)}

    def start(self, *words: str) -> subprocess.Popen:
        """Starts the demo and waits until it has said its address."""
        log = self.home.parent / "output"
        with log.open("w") as output:
            demo = subprocess.Popen(
                [self.checkout / "bin/demo", "--port", str(PORT), *words],
                env=self.env, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        while ADDRESS not in log.read_text():
            assert demo.poll() is None, log.read_text()
            time.sleep(0.1)
        return demo

    def manage(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.checkout / "bin/manage", *words],
            env=self.env, cwd=self.checkout, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    def processes(self) -> list[str]:
        """Number, account and command of all processes that belong to this home folder."""
        return [line for pid in processes() if str(self.home) in (line := described(pid))]

    def nothing_left(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        return not self.processes()


def described(pid: int) -> str:
    """Number, account and command line of a process; empty if it is gone."""
    try:
        folder = Path(f"/proc/{pid}")
        words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return f"{pid} {folder.owner()} {words}"
    except OSError:
        return ""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    folder = Path(tempfile.mkdtemp(prefix="yishi-demo-", dir="/tmp"))
    folder.chmod(0o755)
    checkout = folder / "checkout"
    for part in ("bin", *PARTS):
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, checkout / part)
    checkout.chmod(0o700)
    # The faces are 50 MB to fetch; the test machine has them already.
    shutil.copytree(os.environ["YISHI_FONT_DIR"], folder / "home/fonts")
    machine = Machine(checkout, folder / "home")
    yield machine
    shutil.rmtree(folder)


def test_from_nothing_to_an_answering_site(machine: Machine) -> None:
    demo = machine.start()
    with urllib.request.urlopen(ADDRESS, timeout=30) as answer:
        assert answer.status == 200
    owners = {line.split()[1] for line in machine.processes()}
    assert owners == {"yishi" if is_root() else pwd.getpwuid(os.getuid()).pw_name}
    demo.send_signal(signal.SIGINT)
    assert demo.wait(60) == 0
    assert machine.processes() == []


def test_the_second_start_takes_seconds_and_time_stood_still(machine: Machine) -> None:
    reached = float((machine.home / "state/domain-time").read_text())
    begun = time.monotonic()
    demo = machine.start()
    assert time.monotonic() - begun < 15
    assert float((machine.home / "state/domain-time").read_text()) - reached < 30
    demo.terminate()
    assert demo.wait(60) == 0


def test_nothing_survives_sigkill_and_the_next_start_works(machine: Machine) -> None:
    for pause in (0, 8):  # at once, and when all have settled
        demo = machine.start()
        time.sleep(pause)
        demo.kill()
        demo.wait()
        assert machine.nothing_left(10)
    demo = machine.start()
    demo.kill()
    demo.wait()
    machine.start().terminate()
    assert machine.nothing_left(60)


def test_commands_run_beside_the_demo_on_its_servers(machine: Machine) -> None:
    demo = machine.start()
    before = len(machine.processes())
    assert machine.manage("check").returncode == 0
    assert len(machine.processes()) == before
    assert (
        "请直接打开"
        in subprocess.run([machine.checkout / "bin/demo"], env=machine.env, capture_output=True, text=True).stderr
    )
    demo.terminate()
    assert demo.wait(60) == 0


def test_commands_start_the_servers_when_there_is_no_demo(machine: Machine) -> None:
    shown = machine.manage("showmigrations", "--plan")
    assert shown.returncode == 0, shown.stderr
    assert "[ ]" not in shown.stdout
    assert machine.nothing_left(5)
    assert machine.manage("no_such_command").returncode == 1


def test_a_command_may_name_a_file_that_only_its_caller_can_read(machine: Machine) -> None:
    """The reader of workbooks is a process of its own, that begins in a folder open to it."""
    shutil.copy(CHECKOUT / "tests/desk/imports/云川区委台账.xlsx", machine.checkout / "台账.xlsx")
    read = machine.manage("import_ledger", "台账.xlsx", "--dry-run")
    assert read.returncode == 0, read.stderr
    assert "委员名册：共 46 行，无变动 46" in read.stdout


def test_a_child_that_dies_is_reported_with_its_last_words(machine: Machine) -> None:
    demo = machine.start()
    redis = next(line for line in machine.processes() if "redis-server" in line)
    os.kill(int(redis.split()[0]), signal.SIGKILL)
    assert demo.wait(60) == 1
    assert "消息队列 redis 意外停止" in (machine.home.parent / "output").read_text()
    assert machine.processes() == []


def test_reset_empties_the_data_and_keeps_what_is_installed(machine: Machine) -> None:
    (machine.home / "data/files").mkdir(exist_ok=True)
    (machine.home / "data/files/left").touch()
    demo = machine.start("--reset")
    assert not (machine.home / "data/files/left").exists()
    assert (machine.home / "venv/locked").exists()
    demo.terminate()
    assert demo.wait(60) == 0
