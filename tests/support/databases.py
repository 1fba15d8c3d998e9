"""Test databases are clones of a template that the owner migrated; tests connect as the program does.

`db` (pytest-django's) rolls every test back. `committed_db` is for tests that need real commits: threads, a served
site, a killed process; afterwards the database is cloned anew.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.support import process
from tests.support.time import FIRST_MORNING, Clock

ROOT = Path(__file__).resolve().parents[2]
APPS = ("common", "committee", "agenda", "decisions", "oversight", "desk")
# What `migrate` and `load_demo` read: a change in one of them makes new templates.
SHAPING = (
    "migrations/*.py",
    "**/models.py",
    "**/models/*.py",
    "**/guards.py",
    "**/workflow.py",
    "promises/*.py",
    "tenancy/*.py",
    "demo/*.py",
    "*.py",
)
BUILDING = 20261116  # advisory lock: one process builds a template or sweeps at a time


def template_name() -> str:
    """Name of the template for the code as it stands."""
    digest = hashlib.sha256(FIRST_MORNING.encode())
    files = {path for app in APPS for pattern in SHAPING for path in (ROOT / app).glob(pattern)}
    for path in sorted([*files, ROOT / "requirements/prod.txt"]):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return f"template_{digest.hexdigest()[:12]}"


class TestDatabase:
    """This process's clone. Its keeper, a connection of the owner, tells others by its name what is in use."""

    __test__ = False

    def __init__(self) -> None:
        self.name, self.template = process.NAME, template_name()
        self.district = f"{self.template}_district"
        self.keeper = psycopg.connect(
            host=os.environ["YISHI_DB_HOST"],
            user=os.environ["YISHI_DB_OWNER"],
            password=os.environ["YISHI_DB_OWNER_PASSWORD"],
            dbname="postgres",
            autocommit=True,
            application_name=f"{self.template}:{self.name}",
        )
        self.execute("SELECT pg_advisory_lock({})", sql.Literal(BUILDING))
        try:
            if not self.exists(self.district):
                self.sweep()
                self.build_templates()
        finally:
            self.execute("SELECT pg_advisory_unlock({})", sql.Literal(BUILDING))
        self.clone()

    def execute(self, statement: str, *names: sql.Composable) -> psycopg.Cursor:
        return self.keeper.execute(sql.SQL(statement).format(*names))

    def exists(self, name: str) -> bool:
        return bool(self.execute("SELECT 1 FROM pg_database WHERE datname = {}", sql.Literal(name)).fetchone())

    def sweep(self) -> None:
        """Drops templates and clones that no living test process names."""
        abandoned = self.execute(
            "SELECT datname FROM pg_database d WHERE datname ~ '^(template|test)_' AND NOT EXISTS"
            " (SELECT FROM pg_stat_activity WHERE application_name ~ ('(^|:)' || substring(d.datname, {}) || '(:|$)'))",
            sql.Literal("^(template_[0-9a-f]+|test_.+)"),  # a district is in use as long as its template is
        )
        for (name,) in abandoned.fetchall():
            self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(name))

    def build_templates(self) -> None:
        """Migrates an empty database as the owner, and one more with the demo district and its neighbour in it."""
        if not self.exists(self.template):
            self.build(self.template, "template0", "migrate", "--no-input", "--verbosity=0", role="owner")
        Clock().set(FIRST_MORNING)
        self.build(self.district, self.template, "load_demo", "--district-only", "--with-neighbour", role="app")

    def build(self, name: str, base: str, *command: str, role: str) -> None:
        """Makes a database by a command; it gets its name only when that has succeeded."""
        unfinished = f"{name}_new"
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(unfinished))
        self.execute("CREATE DATABASE {} TEMPLATE {}", sql.Identifier(unfinished), sql.Identifier(base))
        run = subprocess.run(
            [sys.executable, ROOT / "manage.py", *command, "--skip-checks"],
            env=os.environ | {"YISHI_DB_ROLE": role, "YISHI_DB_NAME": unfinished},
            capture_output=True,
            text=True,
        )
        if run.returncode:
            raise RuntimeError(f"{command[0]} failed for the template database:\n{run.stderr[-4000:]}")
        self.execute("ALTER DATABASE {} RENAME TO {}", sql.Identifier(unfinished), sql.Identifier(name))

    def clone(self, template: str | None = None) -> None:
        """Makes this process's database anew, whoever is still connected to the old one; what was kept of it goes."""
        process.forget_redis()
        name = sql.Identifier(self.name)
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, sql.Identifier(template or self.district))
        # A clone does not inherit the grants on its template.
        self.execute("REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
        self.execute("GRANT CONNECT ON DATABASE {} TO {}", name, sql.Identifier(os.environ["YISHI_DB_USER"]))

    def drop(self) -> None:
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(self.name))
        self.keeper.close()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Iterator[TestDatabase]:
    """Instead of pytest-django's: no database is created, flushed or altered by Django."""
    database = TestDatabase()
    yield database
    process.forget_redis()
    database.drop()


@pytest.fixture
def committed_db(request: pytest.FixtureRequest, django_db_setup: TestDatabase, django_db_blocker) -> Iterator[None]:
    """The database with real commits, for this test alone."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        pytest.fail("committed_db and db exclude each other: one commits, the other rolls back")
    from django.db import connections

    with django_db_blocker.unblock():
        yield
        connections.close_all()
    django_db_setup.clone()


@pytest.fixture
def bare_db(committed_db: None, django_db_setup: TestDatabase) -> None:
    """Real commits on a database without any committee, as on an office's first day."""
    from django.db import connections

    connections.close_all()
    django_db_setup.clone(django_db_setup.template)
