"""The program's own files: a fingerprint of them, and root's copy of them for the program's account."""

import compileall
import hashlib
import os
import shutil
from pathlib import Path

from _platform.place import Place
from _platform.whole import write_whole

CHECKOUT = Path(__file__).resolve().parents[2]
PARTS = (
    "manage.py", "config", "common", "committee", "agenda", "decisions", "oversight", "desk", "templates", "static",
    "requirements",
)  # fmt: skip
LEFT_OUT = shutil.ignore_patterns("__pycache__")


def fingerprint(root: Path = CHECKOUT) -> str:
    """Changes when any file of the program changes."""
    digest = hashlib.sha256()
    for path in sorted(files(root)):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def files(root: Path) -> list[Path]:
    found = []
    for part in PARTS:
        top = root / part
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found.append(path)
    return found


def program_code(place: Place, *, refresh: bool) -> Path:
    """The folder that the program runs from: the checkout, or for root's own account a copy that it can read.

    The checkout may lie in a folder closed to that account. `refresh` brings the copy up to date; not while a running
    program uses it.
    """
    if place.user is None:
        return CHECKOUT
    stamp = place.state / "code"
    if refresh and not (stamp.exists() and stamp.read_text() == fingerprint() and place.code.is_dir()):
        stamp.unlink(missing_ok=True)
        copy(place.code)
        write_whole(stamp, fingerprint())
    return place.code


def copy(target: Path) -> None:
    """Replaces `target` by the checkout's program, compiled and readable by everybody."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for part in PARTS:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=LEFT_OUT)
        elif source.exists():
            shutil.copyfile(source, target / part)
    compileall.compile_dir(target, quiet=2)
    for folder, _, names in os.walk(target):
        Path(folder).chmod(0o755)
        for name in names:
            (Path(folder) / name).chmod(0o644)


def known_migrations(root: Path = CHECKOUT) -> set[str]:
    """Names such as `agenda.0002_add_entries` of the migrations that this version of the program has."""
    return {f"{path.parent.parent.name}.{path.stem}" for path in root.glob("*/migrations/[0-9]*.py")}


def has_command(name: str, root: Path = CHECKOUT) -> bool:
    """Whether one of the apps brings this management command."""
    return any(root.glob(f"*/management/commands/{name}.py"))
