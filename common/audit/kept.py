"""Answers that hold until anything is written: kept in the cache under the state of the database they were asked in."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Func, TextField
from django.db.models.functions import Cast

from common import clock
from common.audit.models import AuditEntry
from common.identity.actor import Actor

T = TypeVar("T")
SECONDS = 600


def kept(actor: Actor, name: str, ask: Callable[[], T]) -> T:
    """What `ask()` answered to this person on this day since the last write of anybody's; never None.

    One query a request for all that is kept, however much is.
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
        snapshot = Cast(Func(function="pg_current_snapshot", output_field=TextField()), TextField())
        rows = AuditEntry.objects.order_by("-pk").annotate(snapshot=snapshot).values_list("pk", "snapshot")
        actor.memory["last_write"] = "{}:{}".format(*(rows.first() or ("", "")))
    return actor.memory["last_write"]
