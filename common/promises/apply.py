"""Applies the promises after every migration, as the owner: what is missing is made, what is no longer derived goes."""

from typing import Any

from django.conf import settings
from django.db import connections, transaction

from common.promises.derive import FUNCTIONS, Promise, composite_keys, grants, guard_functions, triggers


def keep_promises(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """post_migrate receiver of the last app; does nothing for the running program's login, which cannot.

    One transaction: at no moment does anybody meet the tables without their promises.
    """
    connection = connections[using]
    if connection.settings_dict["USER"] != settings.OWNER_ROLE:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _sync(cursor, composite_keys(), _CONSTRAINTS, 'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        _make_anew(cursor)
        for statement in grants(settings.APP_ROLE):
            cursor.execute(statement)


def _make_anew(cursor: Any) -> None:
    """All triggers and functions of ours, dropped and made: a state's pairs live in the trigger's arguments.

    Triggers go first, since functions hang on them; nothing that a model no longer declares is left.
    """
    cursor.execute(_TRIGGERS)
    for table, name in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}" ON {table}')
    cursor.execute(_FUNCTIONS)
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP FUNCTION "{name}"()')
    for statement in (FUNCTIONS, *guard_functions(), *(promise.sql for promise in triggers())):
        cursor.execute(statement)


_CONSTRAINTS = """
    SELECT c.conrelid::regclass::text, c.conname FROM pg_constraint c
    WHERE c.connamespace = 'public'::regnamespace AND (c.conname LIKE 'same\\_%' OR c.conname LIKE 'own\\_%')
    ORDER BY c.contype DESC
"""
_TRIGGERS = """
    SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
    WHERE r.relnamespace = 'public'::regnamespace AND t.tgname LIKE 'yishi\\_%' AND NOT t.tgisinternal
"""
_FUNCTIONS = """
    SELECT p.proname FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'yishi\\_%' AND p.prorettype = 'trigger'::regtype
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
