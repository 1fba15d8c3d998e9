"""A story told again from the same beginning: its writes are done again, its services need not run anew.

The first time that a test of this process tells a story, what it writes is kept, statement by statement. A later test
that begins alike and tells the same with the same words has the same rows by the same statements, past every guard of
the database. After a write of the test's own, and in threads, the services run.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial, wraps
from threading import current_thread, main_thread
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from django.conf import UserSettingsHolder, settings
from django.db import connection, models
from psycopg import ClientCursor

from common import clock
from common.identity.actor import Actor
from tests.support.cast import District

P = ParamSpec("P")
R = TypeVar("R", bound=models.Model)

# What changes nothing that a story tells of: reading, and signing in.
ASIDE = re.compile(
    r'\s*SELECT |SAVEPOINT |RELEASE |(INSERT INTO|UPDATE|DELETE FROM) "(django_session|axes_\w+)"'
    r'|UPDATE "common_account" SET "last_login"'
)
AGAIN = ("UPDATE ", "DELETE ", "SET CONSTRAINTS ")
INSERT = re.compile(r'INSERT INTO ("\w+") \((?!"id")(.*?)\) (VALUES \(|SELECT \* FROM UNNEST\()')
NUMBERED = "SELECT nextval(used.name) FROM (VALUES {}) used(name, id), generate_series(1, used.id - nextval(used.name))"


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


_kept: dict[Hashable, Telling] = {}
_open: list[Telling] = []
_only_stories = False  # nothing else was written since the beginning


@pytest.fixture(autouse=True)
def _test_begins() -> None:
    begin()


def begin() -> None:
    """From here on stories are told: at the start of a test, or of a transaction that several tests share."""
    global _only_stories
    _only_stories = True
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def story(tell: Callable[Concatenate[District, P], R]) -> Callable[Concatenate[District, P], R]:
    """Marks a function that brings a test its rows and returns one of them."""

    @wraps(tell)
    def told(district: District, *args: P.args, **given: P.kwargs) -> Any:
        telling = partial(tell, district, *args, **given)
        try:
            words = tell, f"{clock.now():%F %R}", _settings(), _word([district.committee, *args]), _word(given)
        except TypeError:
            return telling()
        return _told(words, telling) if _only_stories and current_thread() is main_thread() else telling()

    return told


def _told(words: Hashable, tell: Callable[[], models.Model]) -> models.Model:
    """What `tell` returns, when all that it writes is written."""
    global _only_stories
    whole = _last_audit(), words
    found = _again(_kept[whole]) if whole in _kept else _first_time(whole, tell)
    _only_stories = whole in _kept
    return found


def _first_time(whole: Hashable, tell: Callable[[], models.Model]) -> models.Model:
    """Tells it and keeps what was written, if that can be done again."""
    this = Telling()
    _open.append(this)
    try:
        found = tell()
    finally:
        _open.pop()
    if this.repeatable:
        this.ended, this.found = clock.now(), (type(found), found.pk)
        _kept[whole] = this
    return found


def _again(kept: Telling) -> models.Model:
    """In one go, with the ids of the first time; the tables number on behind them."""
    assert kept.ended and kept.found
    used = ", ".join(f"(pg_get_serial_sequence('{table}', 'id')::regclass, {top})" for table, top in kept.ids.items())
    with connection.cursor() as cursor:
        cursor.cursor.execute(";".join([*kept.statements, *([NUMBERED.format(used)] if used else [])]))
    for outer in _open:
        outer.add(kept.statements, kept.ids)
    clock.move_to(kept.ended)
    model, pk = kept.found
    return model._default_manager.get(pk=pk)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Every statement passes here: a write belongs to the stories being told, or is the test's own."""
    global _only_stories
    if not (_only_stories or _open) or ASIDE.match(str(sql)):
        return execute(sql, params, many, context)
    _only_stories = False
    done = execute(sql, params, many, context)
    if _open:
        statement, ids = _statement(sql, params, context["cursor"].cursor)
        for telling in _open:
            telling.add([statement], ids)
            telling.repeatable &= bool(statement) and not many
    return done


def _statement(sql: str, params: Any, cursor: Any) -> tuple[str, dict[str, int]]:
    """How it is done again, and the id it gave; empty where it cannot be."""
    bound = ClientCursor(cursor.connection).mogrify
    if sql.startswith(AGAIN):
        return bound(sql, params), {}
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
    return bound(f'INSERT INTO {table} ("id", {columns}) {values}{sql[insert.end() :]}', params), {table: max(ids)}


def _last_audit() -> Hashable:
    """Every service leaves an audit row: the last one tells which stories lie before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, at FROM common_auditentry ORDER BY id DESC LIMIT 1")
        return cursor.fetchone()


def _settings() -> Hashable:
    """What the test has set otherwise: services ask it, too."""
    changed, now = [], settings._wrapped
    while isinstance(now, UserSettingsHolder):
        changed.append(repr(sorted((name, value) for name, value in vars(now).items() if name.isupper())))
        now = now.default_settings
    return tuple(changed)


def _word(word: Any) -> Hashable:
    """A word of a story as a part of a key; TypeError where it cannot be one."""
    match word:
        case models.Model():
            return word._meta.label, word.pk
        case Actor():
            return _word([word.person, word.account, word.by_staff, word.source])
        case dict():
            return tuple((key, _word(value)) for key, value in word.items())
        case list() | tuple():
            return type(word).__name__, *(_word(one) for one in word)
        case str() | int() | float() | None:
            return type(word).__name__, word
    raise TypeError(word)
