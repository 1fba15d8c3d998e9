"""Throw-away servers for tests, in a folder that goes with them."""

import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _platform.account import is_root
from _platform.children import Child
from _platform.environment import as_exports, environment, owner
from _platform.place import Place
from _platform.servers import Servers
from _platform.speech import Stop, say
from _platform.whole import write_whole


@contextmanager
def throw_away_servers(fonts: Path, *, durable: bool = False, folder: Path | None = None) -> Iterator[dict[str, str]]:
    """Servers for the duration of the block; gives the variables for pytest, the owner's password among them."""
    home = Path(folder or tempfile.mkdtemp(prefix="yishi-", dir="/tmp")).resolve()
    # PostgreSQL refuses to run as root; its package brought an account to fall back on.
    place = Place(home, "postgres" if is_root() else None)
    place.make(shared=True)
    servers = Servers(place, throw_away=True, durable=durable)
    children: list[Child] = []
    try:
        for start in (servers.start_postgres, servers.start_redis):
            children.append(start())
        variables = environment(place, servers, mode="test") | owner(place) | {"YISHI_FONT_DIR": str(fonts)}
        del variables["YISHI_DB_ROLE"]  # tests run as the program does; only the template is made by the owner
        write_whole(place.env, as_exports(variables), mode=0o600)
        yield variables
        for child in children:
            if child.died():
                raise Stop(child.explain(f"{child.name} 在测试途中停止。"))
    finally:
        for child in reversed(children):
            child.stop()
        shutil.rmtree(home, ignore_errors=True)


def keep_alive(fonts: Path, folder: Path | None) -> None:
    """`bin/test --servers`: servers for developers, until Ctrl-C."""
    with throw_away_servers(fonts, folder=folder) as variables:
        home = Path(variables["YISHI_DB_HOST"]).parent
        say(f"测试用的服务器已启动。另开窗口：source {home / 'env'} && .venv/bin/pytest\n")
        say((home / "env").read_text())
        say("按 Ctrl-C 停止。")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            say("正在停止 ……")
