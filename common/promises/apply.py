"""Applies the promises after every migration, as the owner: what is missing is made, what is no longer derived goes."""

from typing import Any

from django.conf import settings
from django.db import connections

from common.promises.derive import FUNCTIONS, Promise, composite_keys, grants, guard_functions, triggers


def keep_promises(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """post_migrate receiver of the last app; does nothing for the running program's login, which cannot."""
    connection = connections[using]
    if connection.settings_dict["USER"] != settings.OWNER_ROLE:
        return
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for function in guard_functions():
            cursor.execute(function)
        _sync(cursor, composite_keys(), _CONSTRAINTS, 'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        # A state's pairs live in the trigger's arguments, so triggers are always made anew.
        for promise in triggers():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{promise.name}" ON "{promise.table}"')
            cursor.execute(promise.sql)
        for statement in grants(settings.APP_ROLE):
            cursor.execute(statement)


_CONSTRAINTS = """
    SELECT c.conrelid::regclass::text, c.conname FROM pg_constraint c
    WHERE c.connamespace = 'public'::regnamespace AND (c.conname LIKE 'same\\_%' OR c.conname LIKE 'own\\_%')
    ORDER BY c.contype DESC
"""


def _sync(cursor: Any, wanted: list[Promise], query: str, drop: str) -> None:
    cursor.execute(query)
    present = {(table.strip('"'), name) for table, name in cursor.fetchall()}
    expected = {(p.table, p.name) for p in wanted}
    for table, name in sorted(present - expected, key=lambda pair: not pair[1].startswith("same")):
        cursor.execute(drop.format(table=table, name=name))
    for promise in wanted:
        if (promise.table, promise.name) not in present:
            cursor.execute(promise.sql)
