"""The system account that a process runs under; None is the account that started the command."""

import ctypes
import grp
import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from _platform.speech import NO_SPACE, NO_SPACE_SIGNS, Stop

Argument = str | Path
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


def is_root() -> bool:
    return os.geteuid() == 0


def identity(user: str | None) -> dict[str, Any]:
    """Arguments for subprocess that make a child belong to `user` and to nobody else's groups."""
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    groups = [group.gr_gid for group in grp.getgrall() if user in group.gr_mem]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": groups}


def give(path: Path, user: str | None) -> None:
    """Makes `user` the owner of `path`."""
    if user is not None:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)


def make_folder(path: Path, user: str | None = None, mode: int = 0o755) -> Path:
    """Makes `path` if it is missing and gives it owner and mode."""
    path.mkdir(parents=True, exist_ok=True)
    give(path, user)
    path.chmod(mode)
    return path


def can_read(user: str | None, path: Path) -> bool:
    """Whether `user` reaches and reads the file or folder `path`."""
    return subprocess.run(["test", "-r", path], cwd="/", **identity(user)).returncode == 0


def tied_to_parent(death_signal: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """What a child does before it begins: asks the kernel for `death_signal` when this process dies, of whatever."""
    parent = os.getpid()

    def tie() -> None:
        # Runs after the change of account, which would clear it. The parent may be gone already.
        LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os._exit(1)

    return tie


def run(
    argv: Sequence[Argument],
    *,
    trouble: str,
    user: str | None = None,
    text: str | None = None,
    env: dict[str, str] | None = None,
) -> str:
    """Runs a command to its end; its output, or a Stop of `trouble` with the last lines of the output."""
    done = subprocess.run(
        argv,
        input=text,
        env=env,
        cwd="/",
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=tied_to_parent(),
        **identity(user),
    )
    if done.returncode:
        raise Stop(explain(done.stdout, trouble))
    return done.stdout


def explain(output: str, trouble: str) -> str:
    """The sentence for a failed command: a full disk is named as such, otherwise its last lines follow `trouble`."""
    if any(sign in output for sign in NO_SPACE_SIGNS):
        return NO_SPACE
    return "\n".join([trouble, *output.strip().splitlines()[-8:]])
