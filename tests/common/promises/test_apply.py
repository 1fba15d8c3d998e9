"""What the database promised for an earlier version goes when no model declares it any longer."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.support import process

ROOT = Path(__file__).resolve().parents[3]
OURS = (
    "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'yishi%' AND NOT tgisinternal"
    " UNION SELECT proname FROM pg_proc WHERE proname LIKE 'yishi%'"
)


def owner() -> psycopg.Connection:
    return psycopg.connect(
        host=os.environ["YISHI_DB_HOST"],
        user=os.environ["YISHI_DB_OWNER"],
        password=os.environ["YISHI_DB_OWNER_PASSWORD"],
        dbname=process.NAME,
        autocommit=True,
    )


def ours(connection: psycopg.Connection) -> set[str]:
    """Names of the triggers and functions that promises make."""
    return {name for (name,) in connection.execute(OURS)}


def test_a_trigger_that_no_model_declares_is_dropped_with_the_next_migration(bare_db: None) -> None:
    """It would go on refusing what is allowed now; its function goes, too, and nothing else."""
    with owner() as connection:
        declared = ours(connection)
        connection.execute(
            "CREATE FUNCTION yishi_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
        )
        connection.execute(
            "CREATE TRIGGER yishi_gone_item BEFORE UPDATE ON agenda_item FOR EACH ROW EXECUTE FUNCTION yishi_gone()"
        )
        assert ours(connection) == declared | {"yishi_gone", "yishi_gone_item"}
        subprocess.run(
            [sys.executable, ROOT / "manage.py", "migrate", "--no-input", "--verbosity=0"],
            env=os.environ | {"YISHI_DB_ROLE": "owner"},
            check=True,
        )
        assert ours(connection) == declared
    assert len(declared) > 50
