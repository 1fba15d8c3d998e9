"""The system account that a process runs under; None is the account that started the command."""

import grp
import os
import pwd
import subprocess
from collections.abc import Sequence
from pathlib import Path

from _platform.speech import Stop

Argument = str | Path


def is_root() -> bool:
    return os.geteuid() == 0


def identity(user: str | None) -> dict[str, object]:
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
    """Whether `user` reaches and reads `path`; of a folder also everything in it."""
    if user is None:
        return os.access(path, os.R_OK)
    closed = ["find", path, "(", "!", "-readable", "-o", "-type", "d", "!", "-executable", ")", "-print", "-quit"]
    found = subprocess.run(closed, capture_output=True, text=True, cwd="/", **identity(user))
    return found.returncode == 0 and not found.stdout


def run(
    argv: Sequence[Argument], *, user: str | None = None, trouble: str, text: str | None = None,
    env: dict[str, str] | None = None, cwd: Argument = "/",
) -> str:
    """Runs a short command to its end; its output, or a Stop of `trouble` with the last lines said."""
    done = subprocess.run(
        argv, input=text, env=env, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **identity(user)
    )
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-8:])
        raise Stop(f"{trouble}\n{tail}")
    return done.stdout
