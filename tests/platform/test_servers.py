"""The embedded servers: two logins, nothing but unix sockets, and a start after whatever ended them."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from _platform.account import identity
from _platform.children import Child
from _platform.passwords import password
from _platform.place import Place
from _platform.servers import Servers

pytestmark = pytest.mark.long


@contextmanager
def running(servers: Servers) -> Iterator[list[Child]]:
    children = [servers.start_postgres(), servers.start_redis()]
    try:
        yield children
    finally:
        for child in reversed(children):
            child.stop()


def connect(place: Place, login: str, **options) -> psycopg.Connection:
    user = f"yishi_{login}"
    return psycopg.connect(
        host=str(place.run), dbname="yishi", user=user, password=password(place, login), autocommit=True, **options
    )


def test_the_owner_makes_tables_and_the_program_does_not(place: Place) -> None:
    with running(Servers(place)):
        with connect(place, "owner") as owner:
            owner.execute("CREATE EXTENSION btree_gist")
            owner.execute("CREATE TABLE ledger (id int)")
            shown = owner.execute("SELECT current_setting('fsync'), current_setting('listen_addresses')").fetchone()
            assert shown == ("on", "")
            assert owner.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        with connect(place, "app") as app:
            for forbidden in ("CREATE TABLE t (i int)", "CREATE TEMP TABLE t (i int)", "TRUNCATE ledger"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(forbidden)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=str(place.run), dbname="yishi", user="yishi_owner", password="guessed")


def test_passwords_are_readable_by_their_account_only(place: Place) -> None:
    password(place, "app")
    assert (place.secrets / "app").stat().st_mode & 0o777 == 0o600
    assert place.secrets.stat().st_mode & 0o777 == 0o700


def test_servers_start_again_after_a_power_cut(place: Place) -> None:
    """All at once killed, as by a power cut; the number in the pid file belongs to another process afterwards."""
    servers = Servers(place)
    with running(servers) as children:
        with connect(place, "owner") as owner:
            owner.execute("CREATE TABLE ledger (id int)")
            owner.execute("INSERT INTO ledger VALUES (1)")
        subprocess.run(["redis-cli", "-s", servers.redis_socket, "set", "kept", "1"], check=True, capture_output=True)
        subprocess.run(["sleep", "1.2"], check=True)  # appendfsync everysec
        for child in children:
            os.killpg(child.process.pid, signal.SIGKILL)
    pid_file = place.data / "postgres/postmaster.pid"
    stale = pid_file.read_text().splitlines()
    stranger = subprocess.Popen(["sleep", "120"], **identity(place.user))
    pid_file.write_text("\n".join([str(stranger.pid), *stale[1:]]) + "\n")
    with running(servers):
        with connect(place, "owner") as owner:
            assert owner.execute("TABLE ledger").fetchall() == [(1,)]
        kept = subprocess.run(["redis-cli", "-s", servers.redis_socket, "get", "kept"], capture_output=True, text=True)
        assert kept.stdout.strip() == "1"
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_first_start_that_was_cut_off_begins_anew(place: Place) -> None:
    (place.data / "postgres").mkdir()
    (place.data / "postgres/half").touch()
    with running(Servers(place)), connect(place, "app") as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    assert not (place.data / "postgres/half").exists()
