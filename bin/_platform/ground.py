"""Lays everything the program stands on: packages, fonts, Python environment, code, servers, tables."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from _platform import clock, fonts, packages, venv
from _platform.account import run
from _platform.children import Child, note
from _platform.code import CHECKOUT, fingerprint, has_command, program_code
from _platform.environment import base, environment, owner
from _platform.home import write_version
from _platform.place import Place
from _platform.servers import Servers
from _platform.speech import NO_SPACE, Stop, step
from _platform.whole import write_whole

NEEDED_FIRST, NEEDED_LATER, FULL = 2_000_000_000, 200_000_000, 20_000_000  # bytes of free space


def check_space(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise Stop(NO_SPACE)


def install(place: Place) -> None:
    """Everything that is not data; seconds when it is there."""
    check_space(place.home, NEEDED_LATER if (place.venv / "locked").exists() else NEEDED_FIRST)
    packages.install(packages.RUNNING)
    fonts.install(place.fonts)
    venv.install(place.venv, CHECKOUT / "requirements/prod.txt")


@dataclass
class Program:
    """The program on its servers: where its code is, what it may know, and the children that run."""

    place: Place
    code: Path
    variables: dict[str, str]
    children: list[Child]

    def management(self, command: str, *words: str) -> list[str]:
        return [str(self.place.venv / "bin/python"), str(self.code / "manage.py"), command, *words]

    def do(self, command: str, *words: str, trouble: str, as_owner: bool = False) -> str:
        """Runs a management command to its end."""
        env = self.variables | (owner(self.place) if as_owner else {})
        return run(self.management(command, *words), user=self.place.user, env=env, trouble=trouble)

    def add(self, child: Child) -> None:
        self.children.append(child)
        note(self.place.state / "children", self.children)

    def stop(self) -> None:
        """Stops all children, the last started first."""
        while self.children:
            self.children[-1].stop()
            self.children.pop()
        (self.place.state / "children").unlink(missing_ok=True)


@contextmanager
def servers_up(place: Place) -> Iterator[Program]:
    """Starts the clock and the servers for the duration of the block; the caller holds the home folder."""
    servers = Servers(place)
    variables = base(place) | environment(place, servers, mode="demo")
    program = Program(place, program_code(place, refresh=True), variables, [])
    clock.start(place)
    try:
        for start in (servers.start_postgres, servers.start_redis):
            program.add(start())
        yield program
    except Stop as stop:
        if shutil.disk_usage(place.home).free < FULL:  # whatever it says, this is why
            raise Stop(NO_SPACE) from stop
        raise
    finally:
        program.stop()
        with suppress(OSError, ValueError):  # a full disk must not hide what went wrong before
            clock.remember(place)


def prepare(program: Program) -> None:
    """Brings tables and static files to the state of this code; nothing to do when they are."""
    stamp = program.place.state / "prepared"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    step("更新数据库结构")
    program.do("migrate", "--no-input", "--verbosity=0", as_owner=True, trouble="数据库结构没有更新成功，输出如下。")
    write_version(program.place)
    step("整理静态文件")
    program.do("collectstatic", "--no-input", "--clear", "--verbosity=0", trouble="静态文件没有整理好，输出如下。")
    write_whole(stamp, now)


def is_prepared(place: Place) -> bool:
    """Whether the tables have been made; a newer code's changes may be outstanding."""
    return (place.state / "prepared").exists()


def load_demo(program: Program) -> None:
    """Loads the demo district once per data folder."""
    stamp = program.place.state / "demo-loaded"
    if stamp.exists() or not has_command("load_demo"):
        return
    step("载入演示用的区委（约一分钟）")
    program.do("load_demo", trouble="载入演示数据没有成功，最后的输出如下。")
    stamp.touch()


def demo_accounts(program: Program) -> str:
    if not has_command("demo_accounts"):
        return ""
    return program.do("demo_accounts", trouble="列不出演示账号，最后的输出如下。")


def fail_if_died(program: Program) -> None:
    """A child that ended by itself ends everything, with its last words."""
    for child in program.children:
        if child.died():
            raise Stop(child.explain(f"{child.name} 意外停止（状态 {child.process.returncode}），其余部分随之停止。"))
