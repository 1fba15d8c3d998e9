"""Where everything lives: one home folder with parts of root's (or the user's) and parts of the program's own."""

from dataclasses import dataclass
from pathlib import Path

from _platform.account import make_folder
from _platform.speech import Stop

SOCKET_LIMIT = 107  # bytes that a unix socket address may have


@dataclass(frozen=True)
class Place:
    """A home folder; `user` is the account that servers and program run under, None: whoever started the command."""

    home: Path
    user: str | None

    @property
    def venv(self) -> Path:
        return self.home / "venv"

    @property
    def fonts(self) -> Path:
        return self.home / "fonts"

    @property
    def code(self) -> Path:
        return self.home / "code"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def secrets(self) -> Path:
        """Passwords; readable by the supervisor only."""
        return self.home / "secrets"

    @property
    def state(self) -> Path:
        """What the supervisor remembers: version, lock, children."""
        return self.home / "state"

    @property
    def data(self) -> Path:
        """What the program writes: database, queue, files, static."""
        return self.home / "data"

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def clock(self) -> Path:
        return self.home / "clock"

    @property
    def env(self) -> Path:
        """For developers: the environment as `export` lines."""
        return self.home / "env"

    def make(self, *, shared: bool = False) -> None:
        """Makes the folders; `shared` lets other accounts of this machine reach the sockets (throw-away servers)."""
        socket = self.run / ".s.PGSQL.5432"
        if len(str(socket).encode()) > SOCKET_LIMIT:
            raise Stop(f"数据文件夹的路径太长：{self.home}。请用 YISHI_HOME=较短的文件夹 另指一处后再试。")
        make_folder(self.home)
        make_folder(self.logs, mode=0o700)
        make_folder(self.secrets, mode=0o700)
        make_folder(self.state, mode=0o700)
        make_folder(self.clock, self.user)
        open_mode = 0o755 if shared else 0o700
        make_folder(self.data, self.user, open_mode)
        make_folder(self.run, self.user, open_mode)
