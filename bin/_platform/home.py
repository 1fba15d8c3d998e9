"""The home folder: whose it is, who works in it now, whether a newer version wrote it, how to empty it."""

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _platform.account import can_read, is_root
from _platform.code import known_migrations
from _platform.place import Place
from _platform.speech import Stop, say
from _platform.whole import write_whole

USER = "yishi"
FORMAT = 1  # raised when the layout of the home folder changes


def open_home() -> Place:
    """The home folder of this account, made if it is missing: root's in /var/lib, others' in their own home."""
    root = is_root()
    if root:
        make_user()
    usual = Path("/var/lib/yishi") if root else Path.home() / ".local/share/yishi"
    home = Path(os.environ.get("YISHI_HOME") or usual).absolute()
    if root and home.is_relative_to("/root"):
        raise Stop("数据文件夹不能放在 /root 里，程序所用的账号进不去。请用 YISHI_HOME 另指一处，例如 /srv/yishi。")
    place = Place(home, USER if root else None)
    place.make()
    if not can_read(place.user, place.run):
        raise Stop(f"账号 {USER} 进不了 {home}。请用 YISHI_HOME 另指一个上级目录都可进入的文件夹，例如 /srv/yishi。")
    return place


def make_user() -> None:
    """The system account that servers and program run under when root starts them."""
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
             "--shell", "/usr/sbin/nologin", USER],
            check=True,
        )  # fmt: skip


# Who works here -------------------------------------------------------------------------------------------------------


@contextmanager
def holding(place: Place, what: str, **facts: object) -> Iterator[bool]:
    """True while this process is the one that installs and starts servers; False if another one is."""
    with (place.state / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        lock.truncate(0)
        lock.write(json.dumps({"what": what, "pid": os.getpid(), **facts}))
        lock.flush()
        yield True
        lock.truncate(0)


def holder(place: Place) -> dict:
    """What the holder wrote about itself; empty if it has not got that far."""
    text = (place.state / "lock").read_text()
    return json.loads(text) if text.endswith("}") else {}


@contextmanager
def visiting(place: Place) -> Iterator[None]:
    """Keeps servers that another command started running until the block ends."""
    with (place.state / "visitors").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def wait_for_visitors(place: Place) -> None:
    with (place.state / "visitors").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


# What is in it --------------------------------------------------------------------------------------------------------


def check_version(place: Place) -> None:
    """Refuses a folder that a newer version has written: of a newer layout, or with migrations unknown here."""
    path = place.state / "version"
    if not path.exists():
        return
    written = json.loads(path.read_text())
    unknown = sorted(set(written["migrations"]) - known_migrations())
    if written["format"] > FORMAT or unknown:
        sign = f"（其中有本版本没有的 {unknown[0]}）" if unknown else ""
        raise Stop(
            f"数据文件夹 {place.home} 是更新的版本写的{sign}。请先更新程序再启动；"
            "也可用 YISHI_HOME 另指一个文件夹，或用 ./bin/demo --reset 清空后重来。"
        )


def write_version(place: Place) -> None:
    version = {"format": FORMAT, "migrations": sorted(known_migrations())}
    write_whole(place.state / "version", json.dumps(version, indent=1))


def reset(place: Place, *, ask: bool) -> None:
    """Empties the folder of all data; what is installed stays."""
    if ask and sys.stdin.isatty():
        answer = input(f"将删除 {place.data} 中的全部数据，不能恢复。确认请输入“清空”：")
        if answer.strip() != "清空":
            raise Stop("没有清空，数据未动。")
    say("· 清空数据")
    for folder in (place.data, place.state, place.secrets, place.clock, place.logs):
        for path in folder.iterdir():
            if path.name == "lock":  # we hold it
                continue
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
