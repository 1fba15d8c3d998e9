"""Reads settings from the environment; a secret may come from a file named by NAME_FILE."""

import os
from pathlib import Path


def text(name: str, default: str | None = None) -> str:
    """Value of NAME, or the content of the file named by NAME_FILE, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise SystemExit(f"缺少环境变量 {name}（或 {name}_FILE）。请用 ./bin/manage 运行，或按 README 设置后再试。")
    return value


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).split(",") if word]
