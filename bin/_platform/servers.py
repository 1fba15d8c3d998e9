"""PostgreSQL and Redis of the program's own: child processes on unix sockets, nothing to administer."""

import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from _platform.account import Argument, give, make_folder, run
from _platform.children import Child, processes, spawn
from _platform.passwords import password
from _platform.place import Place
from _platform.speech import Stop

POSTGRES_BIN = Path("/usr/lib/postgresql/15/bin")
DATABASE = "yishi"
OWNER, APP, SUPERUSER = "yishi_owner", "yishi_app", "yishi_super"
PLAIN = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C.UTF-8",
    "TZ": "Asia/Shanghai",
}


@dataclass(frozen=True)
class Servers:
    """`throw_away` is for tests: no fsync unless `durable`, more connections, an owner who may copy databases."""

    place: Place
    throw_away: bool = False
    durable: bool = True

    @property
    def redis_socket(self) -> Path:
        return self.place.run / "redis.sock"

    # PostgreSQL

    def start_postgres(self) -> Child:
        data = self.place.data / "postgres"
        # initdb is not atomic: a folder without our mark is one that was cut off, and holds nothing yet.
        ready = self.place.data / "postgres.ready"
        if not ready.exists():
            shutil.rmtree(data, ignore_errors=True)
            self._initdb(data)
        wait_until_left(data)
        # Their number may belong to somebody else by now, and PostgreSQL would refuse to start.
        for stale in (data / "postmaster.pid", self.place.run / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)
        child = spawn(
            "数据库 postgres",
            [POSTGRES_BIN / "postgres", "-D", data, *self._postgres_options()],
            log=self.place.logs / "postgres.log",
            env=dict(PLAIN),
            user=self.place.user,
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
            patience=60,
        )
        wait_for(child, lambda: self._answers("postgres"))
        if not ready.exists():
            self._make_logins()
            ready.touch()
        return child

    def _postgres_options(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.place.run),
            "max_connections": "300" if self.throw_away else "60",
            "jit": "off",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

    def _initdb(self, data: Path) -> None:
        make_folder(data, self.place.user, 0o700)
        with tempfile.NamedTemporaryFile("w", dir=self.place.run) as file:
            file.write(password(self.place, "superuser"))
            file.flush()
            give(Path(file.name), self.place.user)
            argv: list[Argument] = [
                POSTGRES_BIN / "initdb", "-D", data, "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256",
                f"--username={SUPERUSER}", f"--pwfile={file.name}", *(["--no-sync"] if not self.durable else []),
            ]  # fmt: skip
            run(argv, user=self.place.user, env=dict(PLAIN), trouble="建立数据库失败，最后的输出如下。")

    def _make_logins(self) -> None:
        """Two logins and one database: the owner may change tables, the running program may only connect."""
        sql = [
            f"CREATE ROLE {OWNER} LOGIN PASSWORD '{password(self.place, 'owner')}'",
            f"CREATE ROLE {APP} LOGIN PASSWORD '{password(self.place, 'app')}'",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}",
        ]
        if self.throw_away:
            sql += [f"ALTER ROLE {OWNER} CREATEDB", f"GRANT pg_signal_backend TO {OWNER}"]
        self._psql("postgres", ";\n".join(sql) + ";", trouble="建立数据库账号失败，最后的输出如下。")

    def _psql(self, database: str, sql: str, trouble: str) -> str:
        env = PLAIN | {"PGPASSWORD": password(self.place, "superuser"), "PGHOST": str(self.place.run)}
        argv: list[Argument] = [
            POSTGRES_BIN / "psql",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            SUPERUSER,
            "-d",
            database,
        ]
        return run(argv, text=sql, env=env, trouble=trouble)

    def _answers(self, database: str) -> bool:
        try:
            self._psql(database, "SELECT 1", trouble="")
        except Stop:
            return False
        return True

    # Redis

    def start_redis(self) -> Child:
        data = make_folder(self.place.data / "redis", self.place.user, 0o700)
        wait_until_left(data)
        child = spawn(
            "消息队列 redis",
            ["/usr/bin/redis-server", "--port", "0", "--unixsocket", self.redis_socket, "--unixsocketperm",
             "777" if self.throw_away else "700", "--dir", data, "--appendonly", "yes", "--save", "",
             "--daemonize", "no"],
            log=self.place.logs / "redis.log", env=dict(PLAIN), user=self.place.user, patience=20,
        )  # fmt: skip
        wait_for(child, self._pongs)
        return child

    def _pongs(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            try:
                client.connect(str(self.redis_socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def running(self) -> bool:
        """Whether both answer, whoever started them."""
        return self._pongs() and self._answers(DATABASE)


def wait_until_left(data: Path, patience: float = 30) -> None:
    """Waits until no process works in `data`: the servers of a supervisor that was killed stop by themselves."""
    deadline = time.monotonic() + patience
    while workers := [pid for pid in processes() if folder_of(pid) == str(data)]:
        if time.monotonic() > deadline:
            raise Stop(f"上次启动的服务器还没有停下（进程 {workers[0]}）。请稍等再试，或用 kill {workers[0]} 结束它。")
        time.sleep(0.1)


def folder_of(pid: int) -> str:
    """The folder a process works in; empty if it is gone or not ours to ask."""
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""


def wait_for(child: Child, ready: Callable[[], bool], seconds: float = 60) -> None:
    """Waits until `ready`; a child that dies or stays silent is a Stop with its last log lines."""
    deadline = time.monotonic() + seconds
    while not ready():
        if child.died():
            raise Stop(child.explain(f"{child.name} 没有启动起来。"))
        if time.monotonic() > deadline:
            child.stop()
            raise Stop(child.explain(f"{child.name} 一直没有应答。"))
        time.sleep(0.1)
