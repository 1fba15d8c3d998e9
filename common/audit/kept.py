"""Answers that hold until anything is written: kept in the cache under the audit rows they were asked after."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db import connection

from common import clock
from common.identity.actor import Actor

T = TypeVar("T")
SECONDS = 600
# Of two services at once the one with the lower row may commit later: then their number changes, not the newest.
# They are counted from a whole thousand of everybody's rows on, so that what another committee writes takes none away
# unnoticed. A transaction that has written keeps its answers to itself.
LAST_WRITES = """
  SELECT max(id), count(*), (SELECT max(id) / 1000 FROM common_auditentry), pg_current_xact_id_if_assigned()::text
  FROM common_auditentry
  WHERE committee_id = %s AND id > ((SELECT max(id) / 1000 FROM common_auditentry) - 1) * 1000"""


def kept(actor: Actor, name: str, ask: Callable[[], T]) -> T:
    """What `ask()` answered to this person on this day since the last service of anybody's; never None.

    One query a request for all that is kept, however much is.
    """
    delegate = actor.account.pk if actor.by_staff and actor.account else 0
    who = f"{actor.committee.pk}:{actor.person.pk}:{actor.by_staff}:{delegate}:{clock.today()}"
    key = f"{sha256(name.encode()).hexdigest()}:{who}:{_last_writes(actor)}"
    answer: T | None = cache.get(key)
    if answer is None:
        answer = ask()
        cache.set(key, answer, SECONDS)
    return answer


def _last_writes(actor: Actor) -> str:
    """Another after every service, in whatever order they commit: each leaves an audit row."""
    if "last_writes" not in actor.memory:
        with connection.cursor() as cursor:
            cursor.execute(LAST_WRITES, [actor.committee.pk])
            actor.memory["last_writes"] = "{}:{}:{}:{}".format(*cursor.fetchone())
    return actor.memory["last_writes"]
