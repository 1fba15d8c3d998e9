"""Child processes that cannot outlive the supervisor: the kernel signals them when it dies, whatever it dies of."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from _platform.account import Argument, explain, identity, tied_to_parent
from _platform.whole import write_whole

LOG_LIMIT = 5 * 1024 * 1024


@dataclass
class Child:
    name: str
    process: subprocess.Popen
    log: Path
    stop_signal: signal.Signals
    patience: float  # seconds between the polite signal and SIGKILL
    log_start: int  # where in the log its own words begin

    def died(self) -> bool:
        return self.process.poll() is not None

    def explain(self, trouble: str) -> str:
        """The sentence for a child that failed, with its last words."""
        said = self.log.read_bytes()[self.log_start :].decode(errors="replace")
        return explain(said, f"{trouble}日志在 {self.log}，最后几行如下。")

    def stop(self) -> None:
        """Asks the child to end, then kills what is left of its session: the child itself, or orphans of its own."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        kill_session(self.process.pid)
        self.process.wait()


def spawn(
    name: str,
    argv: Sequence[Argument],
    *,
    log: Path,
    env: dict[str, str],
    user: str | None = None,
    cwd: Argument = "/",
    stop_signal: signal.Signals = signal.SIGTERM,
    death_signal: signal.Signals = signal.SIGTERM,
    patience: float = 15,
) -> Child:
    """Starts a child in a session of its own (so Ctrl-C reaches the supervisor only), its output in `log`."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    with log.open("ab") as output:
        log_start = output.tell()
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=tied_to_parent(death_signal),
            **identity(user),
        )
    return Child(name, process, log, stop_signal, patience, log_start)


# What a supervisor left behind ----------------------------------------------------------------------------------------


def birth(pid: int) -> str | None:
    """When the process with this number was born, in ticks since boot; None if there is none (or a zombie)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def note(path: Path, children: Sequence[Child]) -> None:
    """Writes down which children run, so that the next start finds those of a supervisor that was killed."""
    write_whole(path, json.dumps({child.process.pid: birth(child.process.pid) for child in children}))


def clear_leftovers(path: Path, patience: float = 20) -> None:
    """Waits for the children of a killed supervisor to end by themselves, then kills them."""
    if not path.exists():
        return
    noted = {int(pid): born for pid, born in json.loads(path.read_text()).items()}
    deadline = time.monotonic() + patience
    while left := [pid for pid, born in noted.items() if born and birth(pid) == born]:
        if time.monotonic() > deadline:
            for pid in left:
                kill_session(pid)
        time.sleep(0.1)
    path.unlink()


def kill_session(leader: int) -> None:
    """SIGKILL for every process of the session that `leader` opened."""
    for pid in processes():
        with suppress(ProcessLookupError):
            if os.getsid(pid) == leader:
                os.kill(pid, signal.SIGKILL)


def processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
