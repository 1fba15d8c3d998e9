"""One table per subject makes the methods, the database's triggers and what docs/rules.md prints: tried for all."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, models

from common.promises.derive import workflow_models
from common.workflow import Workflow

RULES = (Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
MODELS = sorted(workflow_models(), key=lambda model: model.__name__)


def printed(workflow: Workflow) -> str:
    """The rows of a workflow as docs/rules.md has them."""

    def words(*states: str) -> str:
        return "、".join(workflow.states(state).label for state in states)

    return "\n".join(
        f"| {t.label} `{t.verb}` | {words(*t.sources)} | {words(t.target)} | {t.who} | {t.guard} |"
        for t in workflow.transitions
    )


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection]:
    """The owner's login on this process's database: it alone may make a table."""
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        dbname=settings["NAME"],
        user=os.environ["YISHI_DB_OWNER"],
        password=os.environ["YISHI_DB_OWNER_PASSWORD"],
        autocommit=True,
    ) as login:
        yield login


def is_admitted(owner: psycopg.Connection, statement: str, *values: str) -> bool:
    try:
        owner.execute(statement, values)
    except psycopg.errors.CheckViolation:
        return False
    return True


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_docs_print_the_transitions_in_force(model: type[models.Model]) -> None:
    """Where this fails, put these lines into docs/rules.md."""
    assert printed(model.WORKFLOW) in RULES, printed(model.WORKFLOW)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_installed_trigger_admits_these_pairs_and_no_other(
    owner: psycopg.Connection, model: type[models.Model]
) -> None:
    """On a twin of the table that has nothing but the state and the trigger as it is installed."""
    table, workflow = model._meta.db_table, model.WORKFLOW
    [(trigger,)] = owner.execute(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass"
        " AND tgfoid = 'yishi_guard_state'::regproc",
        [table],
    ).fetchall()
    owner.execute("CREATE TEMP TABLE twin (state text)")
    owner.execute(trigger.replace(f"public.{table} ", "pg_temp.twin "))
    states = workflow.states.values
    assert {s for s in states if is_admitted(owner, "INSERT INTO twin VALUES (%s)", s)} == {workflow.initial}
    admitted = set()
    for source in states:
        for target in states:
            owner.execute("ALTER TABLE twin DISABLE TRIGGER USER; DELETE FROM twin")
            owner.execute("INSERT INTO twin VALUES (%s)", [source])
            owner.execute("ALTER TABLE twin ENABLE TRIGGER USER")
            if is_admitted(owner, "UPDATE twin SET state = %s", target):
                admitted.add((source, target))
    assert admitted == workflow.pairs() | {(state, state) for state in states}
