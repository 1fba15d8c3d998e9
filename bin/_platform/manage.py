"""`bin/manage COMMAND …`: a management command in the program's environment, with its servers up."""

import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from _platform import ground, packages
from _platform.account import can_read, give, identity, make_folder, tied_to_parent
from _platform.children import clear_leftovers
from _platform.code import CHECKOUT, program_code
from _platform.environment import base, environment, owner
from _platform.ground import Program
from _platform.home import check_version, holding, open_home, visiting, wait_for_visitors
from _platform.place import Place
from _platform.servers import Servers
from _platform.speech import Stop

OWNERS = {"migrate", "makemigrations", "squashmigrations", "flush", "sqlflush"}  # they change tables
DEVELOPERS = {"makemigrations", "squashmigrations"}  # they write into the checkout, as whoever calls them
PATIENCE = 300  # seconds to wait for another command that is still installing


def main(arguments: list[str]) -> int:
    packages.check_debian()
    place = open_home()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with holding(place, "manage") as held:
            if held:
                return with_own_servers(place, arguments)
        with visiting(place):
            if Servers(place).running() and (ground.is_prepared(place) or arguments[:1] == ["migrate"]):
                return as_visitor(place, arguments)
        time.sleep(0.5)
    raise Stop("另一个命令占着数据文件夹，却一直没有把数据库启动起来。请看它的窗口，等它结束或停掉后再试。")


def with_own_servers(place: Place, arguments: list[str]) -> int:
    clear_leftovers(place.state / "children")
    check_version(place)
    ground.install(place)
    with ground.servers_up(place) as program:
        if arguments[:1] and arguments[0] not in OWNERS:
            ground.prepare(program)
        status = call(program, arguments)
        wait_for_visitors(place)
        return status


def as_visitor(place: Place, arguments: list[str]) -> int:
    variables = base(place) | environment(place, Servers(place), mode="demo")
    code = program_code(place, refresh=False)
    return call(Program(place, code, variables, []), arguments)


def call(program: Program, arguments: list[str]) -> int:
    """Runs the command in this terminal; its exit status. Ctrl-C is the command's to answer."""
    command = arguments[0] if arguments else "help"
    user, variables = program.place.user, program.variables
    if command in OWNERS:
        variables = variables | owner(program.place)
    if command in DEVELOPERS:
        user, program.code = None, CHECKOUT
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="yishi-manage-") as folder:
        words = [readable(word, user, Path(folder)) for word in arguments[1:]]
        begin = tied_to_parent()  # and Ctrl-C reaches it with its usual effect, while this process waits
        signal.signal(signal.SIGINT, lambda *_: None)
        # Processes that the command starts begin where it did: not in a folder that is closed to its account.
        here = None if can_read(user, Path.cwd()) else program.code
        argv = program.management(command, *words)
        child = subprocess.Popen(argv, cwd=here, env=variables, preexec_fn=begin, **identity(user))
        status = child.wait()
    return status if status >= 0 else 128 - status


def readable(word: str, user: str | None, folder: Path) -> str:
    """An argument that names a file: its full path, or a copy's if the program's account cannot read it."""
    path = Path(word)
    try:
        names_a_file = path.is_file()
    except (OSError, ValueError):  # too long, or with a NUL: words, no path
        names_a_file = False
    if not names_a_file:
        return word
    if can_read(user, path.absolute()):
        return str(path.absolute())
    make_folder(folder, user, 0o700)
    copy = folder / path.name
    shutil.copyfile(path, copy)
    give(copy, user)
    return str(copy)
