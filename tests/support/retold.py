"""A story told again from the same beginning: its writes are done again, its services need not run anew.

The first time that a test of this process tells a story, what it writes is kept, statement by statement. A later test
that begins alike and tells the same with the same words has the same rows by the same statements, past every guard of
the database. After a write of the test's own, and where tests really commit, the services run.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models
from psycopg import ClientCursor

from common import clock
from common.identity.actor import Actor

READING = re.compile("SELECT |SAVEPOINT |RELEASE ")
INSERT = re.compile(r'INSERT INTO ("\w+") \((?!"id")(.*?)\) (VALUES \(|SELECT \* FROM UNNEST\()')
NUMBERED = "SELECT nextval(used.name) FROM (VALUES {}) used(name, id), generate_series(1, used.id - nextval(used.name))"

Past = tuple[Hashable, ...]


@dataclass
class Telling:
    """What one telling wrote, the greatest id it gave in each table, the moment it ended at, and what it returned."""

    statements: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    repeatable: bool = True
    ended: datetime | None = None
    found: tuple[type[models.Model], Any] | None = None

    def add(self, statements: list[str], ids: dict[str, int]) -> None:
        self.statements += statements
        self.ids |= ids


_kept: dict[Past, Telling] = {}
_open: list[Telling] = []
_past: Past | None = None  # the stories since the beginning, as long as nothing else was written


def begin() -> None:
    """Here nothing has been told yet; said by the fixtures that open a transaction."""
    global _past
    _past = ()
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def telling(name: str, tell: Callable[[], Any], *words: Any) -> Any:
    """What `tell` returns, once everything it writes is written."""
    global _past
    past = _past
    if past is None or not connection.in_atomic_block:
        return tell()
    try:
        told = (*(past or (_beginning(),)), (name, f"{clock.now():%F %R}", *(_word(word) for word in words)))
    except TypeError:
        return tell()
    if kept := _kept.get(told):
        found = _again(kept)
    else:
        found = _first_time(told, tell)
    if told in _kept:
        _past = told
    return found


def _first_time(told: Past, tell: Callable[[], Any]) -> Any:
    """Tells it and keeps what was written, if that can be done again."""
    this = Telling()
    _open.append(this)
    try:
        found = tell()
    finally:
        _open.pop()
    if this.repeatable and isinstance(found, models.Model):
        this.ended, this.found = clock.now(), (type(found), found.pk)
        _kept[told] = this
    return found


def _again(kept: Telling) -> Any:
    """In one go, with the ids of the first time; the tables number on behind them."""
    assert kept.ended and kept.found
    used = ", ".join(f"(pg_get_serial_sequence('{table}', 'id')::regclass, {top})" for table, top in kept.ids.items())
    with connection.cursor() as cursor:
        cursor.cursor.execute(";".join([*kept.statements, *([NUMBERED.format(used)] if used else [])]))
    for outer in _open:
        outer.add(kept.statements, kept.ids)
    clock.move_to(max(kept.ended, clock.now()))
    model, pk = kept.found
    return model._default_manager.get(pk=pk)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Every statement passes here: a write belongs to the stories being told, or is the test's own."""
    global _past
    if _past is None and not _open or READING.match(str(sql)):
        return execute(sql, params, many, context)
    _past = None
    done = execute(sql, params, many, context)
    statement, ids = _statement(sql, params, context["cursor"].cursor)
    for telling in _open:
        telling.add([statement], ids)
        telling.repeatable &= bool(statement) and not many
    return done


def _statement(sql: str, params: Any, cursor: Any) -> tuple[str, dict[str, int]]:
    """How it is done again, and the id it gave; empty where it cannot be."""
    mogrify = ClientCursor(cursor.connection).mogrify
    if sql.startswith(("UPDATE", "DELETE", "SET CONSTRAINTS")):
        return mogrify(sql, params), {}
    result, insert = cursor.pgresult, INSERT.match(sql)
    if not insert or not result.nfields or result.fname(0) != b"id":
        return "", {}
    ids = [int(result.get_value(row, 0)) for row in range(result.ntuples)]
    table, columns, values = insert.groups()
    if values.startswith("SELECT"):
        values += f"'{{{','.join(map(str, ids))}}}'::bigint[], "
    elif len(ids) == 1:
        values += f"{ids[0]}, "
    else:
        return "", {}
    sql = f'INSERT INTO {table} ("id", {columns}) {values}{sql[insert.end() :]}'
    return mogrify(sql, params), {table: max(ids)}


def _beginning() -> Hashable:
    """Differs where something was told before the test began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM common_auditentry")
        return cursor.fetchone()


def _word(word: Any) -> Hashable:
    """A word of a story as a part of a key; TypeError where it is not one."""
    match word:
        case models.Model():
            return word._meta.label, word.pk
        case Actor():
            return _word(word.person), _word(word.account), word.by_staff, word.source
        case dict():
            return tuple((key, _word(value)) for key, value in word.items())
        case list() | tuple():
            return type(word).__name__, *(_word(one) for one in word)
        case str() | int() | float() | None:
            return type(word).__name__, word
    raise TypeError(word)
