"""The worker's side of the outbox."""

import logging
from datetime import timedelta
from time import monotonic

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, transaction
from django.db.models import Q

from common import clock
from common.outbox.models import Handling
from common.outbox.registry import handler_named
from common.services import Refused
from common.tenancy.scope import committee_scope

log = logging.getLogger("yishi.outbox")
MOST_ATTEMPTS = 5
AT_ONCE = 200
ENOUGH = 60.0  # seconds after which nothing new is begun: the task's time limit would kill what is under way
LOST_AFTER = timedelta(minutes=10)
State = Handling.State


@shared_task(name="common.outbox.sweep")
def sweep() -> int:
    """Handle what is waiting, one after the other; two workers never take the same row."""
    began, done, last_tried = monotonic(), 0, 0
    while done < AT_ONCE and (handling := _claim_next(last_tried)):
        _try(handling)
        last_tried, done = handling.pk, done + 1
        if monotonic() - began > ENOUGH:
            break
    return done


def _claim_next(after: int) -> Handling | None:
    """Count the attempt and commit it first, so that a handler that kills its worker is given up, too.

    What a killed worker left claimed is taken again after a while; while a handler runs, its row is locked.
    """
    with transaction.atomic():
        free = Q(claimed_at=None) | Q(claimed_at__lt=clock.now() - LOST_AFTER)
        handling = (
            Handling.everywhere.select_for_update(skip_locked=True, of=("self",))
            .filter(free, state=State.WAITING, pk__gt=after)
            .order_by("pk")
            .first()
        )
        if handling is None:
            return None
        if handling.attempts >= MOST_ATTEMPTS:
            handling.state, handling.claimed_at = State.FAILED, None
            handling.error = "办理到一半就中断了，可能是超过了时限。"
        else:
            handling.attempts, handling.claimed_at = handling.attempts + 1, clock.now()
        handling.save(update_fields=["state", "attempts", "claimed_at", "error"])
        return handling


def _try(claimed: Handling) -> None:
    """Carry the claimed one out in a transaction of its own, together with the mark that it is done."""
    with transaction.atomic():
        handling = (
            Handling.everywhere.select_for_update(of=("self",))
            .filter(pk=claimed.pk, state=State.WAITING, claimed_at=claimed.claimed_at)
            .select_related("event")
            .first()
        )
        if handling is None:
            return
        with committee_scope(handling.committee_id):
            _carry_out(handling)
        handling.claimed_at = None
        handling.save(update_fields=["state", "claimed_at", "done_at", "error"])


def _carry_out(handling: Handling) -> None:
    handler = handler_named(handling.event.kind, handling.handler)
    try:
        if handler is None:
            raise LookupError(f"no handler named {handling.handler}")
        with transaction.atomic():
            handler(handling.event)
    except Exception as error:
        log.exception("handler %s failed on event %s", handling.handler, handling.event_id)
        handling.error = f"{_in_words(error)}\n{type(error).__name__}: {error}"[:2000]
        if handling.attempts >= MOST_ATTEMPTS:
            handling.state = State.FAILED
    else:
        handling.state, handling.done_at, handling.error = State.DONE, clock.now(), ""


def _in_words(error: Exception) -> str:
    """What went wrong, for the one who looks after it; the error's own words follow on the next line."""
    match error:
        case Refused():
            return error.message
        case SoftTimeLimitExceeded():
            return "办得太久，超过了时限。"
        case LookupError():
            return "程序里找不到这一步要的东西。"
        case DatabaseError():
            return "数据库没有接受，或当时没有应答。"
        case OSError():
            return "当时连不上，或文件读写不了。"
    return "程序出错。"
