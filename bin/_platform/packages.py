"""Debian packages: what is missing is installed by apt, and nothing that it brings is started as a service."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from _platform.account import Argument, explain, is_root, tied_to_parent
from _platform.speech import Stop, step

PRINTING = (
    "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig", "fonts-noto-cjk", "fonts-lxgw-wenkai",
)  # fmt: skip
RUNNING = ("python3-venv", "postgresql-15", "redis-server", *PRINTING)
SERVICES = ("postgresql", "redis-server")
TESTING = ("chromium", "poppler-utils", "git")
POLICY = Path("/usr/sbin/policy-rc.d")
CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")
OFFLINE = (
    "Could not resolve", "Temporary failure", "Could not connect", "Unable to connect", "Network is unreachable",
    "Failed to fetch", "Connection failed", "Connection timed out", "has no installation candidate", "Unable to locate",
)  # fmt: skip


def check_debian(release: Path = Path("/etc/os-release")) -> None:
    """The program is made for Debian 12: its Python, its PostgreSQL 15."""
    lines = release.read_text().splitlines() if release.exists() else []
    facts = {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines)}
    if (facts.get("ID"), facts.get("VERSION_ID")) != ("debian", "12"):
        found = facts.get("PRETTY_NAME", "别的系统")
        raise Stop(f"本机是 {found}，这个命令只在 Debian 12 上可用。请换一台，或按 docker-compose.yml 用容器部署。")


def missing(names: Sequence[str]) -> list[str]:
    """Those of `names` that are not installed."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    listed = subprocess.run(query, capture_output=True, text=True).stdout.splitlines()
    installed = {line.split()[0] for line in listed if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def install(names: Sequence[str]) -> None:
    """Installs those of `names` that are missing."""
    wanted = missing(names)
    if not wanted:
        return
    as_root = rights(wanted)
    step(f"安装软件包：{'、'.join(wanted)}")
    update(as_root)
    with nothing_started(as_root):
        apt(as_root, "install", "--yes", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", *wanted)


def update(as_root: Sequence[str]) -> None:
    apt(as_root, "update")


def apt(as_root: Sequence[str], *words: str) -> None:
    options = ("-qq", "-o", "Acquire::Retries=2", "-o", "DPkg::Lock::Timeout=180")
    argv = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *options, *words]
    done = subprocess.run(
        argv, text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=tied_to_parent()
    )
    if done.returncode:
        raise Stop(explain_apt(done.stdout))


def explain_apt(output: str) -> str:
    if any(sign in output for sign in OFFLINE):
        return "联不上软件源，软件包没有装上。请检查网络和 /etc/apt/sources.list 后再运行一次，已装好的不会重来。"
    return explain(output, "apt-get 没有成功，最后的输出如下。请按提示处理后再运行一次。")


def rights(wanted: Sequence[str]) -> list[str]:
    """How to run a command as root: nothing before it as root, sudo otherwise, or a Stop."""
    if is_root():
        return []
    # Without a terminal nobody can answer a password prompt.
    sudo = ["sudo", *([] if sys.stdin.isatty() else ["-n"])]
    allowed = shutil.which("sudo") and subprocess.run([*sudo, "true"], stderr=subprocess.DEVNULL).returncode == 0
    if not allowed:
        raise Stop(
            f"缺少软件包 {'、'.join(wanted)}，而本账号没有安装软件的权限。"
            "请用 root 运行，或请管理员给本账号 sudo 权限后再试。"
        )
    return sudo


@contextmanager
def nothing_started(as_root: Sequence[str]) -> Iterator[None]:
    """While packages are installed no service starts, and PostgreSQL makes no cluster that nobody asked for."""
    policy_is_ours = not POLICY.exists()
    if policy_is_ours:
        write_as_root(as_root, POLICY, "755", "#!/bin/sh\nexit 101\n")
    servers_are_ours = bool(missing(SERVICES))
    if not CLUSTERS.exists():
        write_as_root(as_root, CLUSTERS, "644", "create_main_cluster = false\n")
    try:
        yield
    finally:
        if policy_is_ours:
            subprocess.run([*as_root, "rm", "-f", POLICY])
    if servers_are_ours and Path("/run/systemd/system").is_dir():
        # Ours are child processes; those of the packages stay off also after a reboot.
        subprocess.run([*as_root, "systemctl", "disable", "--quiet", *SERVICES])


def write_as_root(as_root: Sequence[str], path: Path, mode: str, content: str) -> None:
    argv: list[Argument] = [*as_root, "install", "-D", "-m", mode, "/dev/stdin", path]
    subprocess.run(argv, input=content, text=True, check=True)
