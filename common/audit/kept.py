"""Answers that hold until anything is written: kept in the cache under the state of the database they were asked in."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db import connection

from common import clock
from common.identity.actor import Actor

T = TypeVar("T")
SECONDS = 600
LAST_WRITE = "SELECT max(id), pg_current_snapshot()::text FROM common_auditentry WHERE committee_id = %s"


def kept(actor: Actor, name: str, ask: Callable[[], T]) -> T:
    """What `ask()` answered to this person on this day since the last write of anybody's; never None.

    For pages, not inside services, where an answer may rest on what is not committed. One query a request for all
    that is kept, however much is.
    """
    who = f"{actor.committee.pk}:{actor.person.pk}:{actor.by_staff}:{clock.today()}"
    key = f"{sha256(name.encode()).hexdigest()}:{who}:{_last_write(actor)}"
    answer: T | None = cache.get(key)
    if answer is None:
        answer = ask()
        cache.set(key, answer, SECONDS)
    return answer


def _last_write(actor: Actor) -> str:
    """Another after every commit, in whatever order transactions began; within one after every service."""
    if "last_write" not in actor.memory:
        with connection.cursor() as cursor:
            cursor.execute(LAST_WRITE, [actor.committee.pk])
            actor.memory["last_write"] = "{}:{}".format(*cursor.fetchone())
    return actor.memory["last_write"]
