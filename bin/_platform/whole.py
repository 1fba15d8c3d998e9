"""Files written whole or not at all: a full disk or a power cut leaves the old text."""

import os
from pathlib import Path

from _platform.account import give


def write_whole(path: Path, text: str, *, user: str | None = None, mode: int = 0o644) -> None:
    """Replaces the text of `path`, which then belongs to `user`."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)  # never through a link laid by another
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    give(partial, user)
    partial.replace(path)
