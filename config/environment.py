"""Reads settings from the environment; a secret may come from a file named by NAME_FILE."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
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


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, separated by commas: 10.0.0.5,172.16.0.0/12."""
    try:
        return [ip_network(word.strip()) for word in words(name)]
    except ValueError as error:
        raise SystemExit(f"环境变量 {name} 须是用逗号分开的地址或网段，如 10.0.0.5,172.16.0.0/12：{error}") from error


def words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).split(",") if word]
