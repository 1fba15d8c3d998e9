"""No child outlives its supervisor, and nobody else's process is taken for a child."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from _platform.children import birth, clear_leftovers, spawn

SUPERVISOR = """
import sys, time
from pathlib import Path
from _platform.children import note, spawn
folder = Path(sys.argv[1])
child = spawn("孩子", ["sleep", "600"], log=folder / "log", env={})
note(folder / "children", [child])
print(child.process.pid, flush=True)
time.sleep(600)
"""


def wait_until_gone(pid: int, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while birth(pid) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    return birth(pid) is None


def test_a_child_dies_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, tmp_path],
        env=os.environ | {"PYTHONPATH": "bin"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with supervisor:
        assert supervisor.stdout is not None
        child = int(supervisor.stdout.readline())
        assert birth(child)
        supervisor.kill()
        assert wait_until_gone(child)


def test_a_child_that_stays_is_killed_by_the_next_start(tmp_path: Path) -> None:
    stubborn = subprocess.Popen(["sleep", "600"], start_new_session=True)
    (tmp_path / "children").write_text(json.dumps({stubborn.pid: birth(stubborn.pid)}))
    clear_leftovers(tmp_path / "children", patience=0.2)
    assert stubborn.wait(5) == -signal.SIGKILL
    assert not (tmp_path / "children").exists()


def test_a_number_that_now_belongs_to_another_process_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "600"], start_new_session=True)
    (tmp_path / "children").write_text(json.dumps({stranger.pid: "1"}))
    clear_leftovers(tmp_path / "children", patience=0.2)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_stopping_a_child_ends_what_it_started_too(tmp_path: Path) -> None:
    child = spawn("父", ["sh", "-c", "sleep 600 & echo $!; wait"], log=tmp_path / "log", env=dict(os.environ))
    while not (said := (tmp_path / "log").read_text()):
        time.sleep(0.05)
    child.stop()
    assert wait_until_gone(int(said))


def test_a_child_deaf_to_the_polite_signal_is_killed(tmp_path: Path) -> None:
    deaf = "trap '' TERM; echo ready; while :; do sleep 0.1; done"
    child = spawn("聋", ["sh", "-c", deaf], log=tmp_path / "log", env=dict(os.environ), patience=0.3)
    while "ready" not in (tmp_path / "log").read_text():
        time.sleep(0.05)
    child.stop()
    assert child.process.returncode == -signal.SIGKILL
