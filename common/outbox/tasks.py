"""The worker's side of the outbox."""

import logging

from celery import shared_task
from django.db import transaction

from common import clock
from common.outbox.models import Handling
from common.outbox.registry import handler_named
from common.tenancy.scope import committee_scope

log = logging.getLogger("yishi.outbox")
MOST_ATTEMPTS = 5
AT_ONCE = 200


@shared_task(name="common.outbox.sweep")
def sweep() -> int:
    """Handle what is waiting, one transaction each; two workers never take the same row."""
    done = 0
    last_tried = 0
    while done < AT_ONCE:
        pk = _handle_next(last_tried)
        if pk is None:
            return done
        last_tried, done = pk, done + 1
    return done


def _handle_next(after: int) -> int | None:
    with transaction.atomic():
        handling = (
            Handling.everywhere.select_for_update(skip_locked=True, of=("self",))
            .filter(state=Handling.State.WAITING, pk__gt=after)
            .select_related("event")
            .order_by("pk")
            .first()
        )
        if handling is None:
            return None
        handling.attempts += 1
        with committee_scope(handling.committee_id):
            _carry_out(handling)
        handling.save(update_fields=["state", "attempts", "done_at", "error"])
        return handling.pk


def _carry_out(handling: Handling) -> None:
    handler = handler_named(handling.event.kind, handling.handler)
    try:
        if handler is None:
            raise LookupError(f"no handler named {handling.handler}")
        with transaction.atomic():
            handler(handling.event)
    except Exception as error:
        log.exception("handler %s failed on event %s", handling.handler, handling.event_id)
        handling.error = f"{type(error).__name__}: {error}"[:2000]
        if handling.attempts >= MOST_ATTEMPTS:
            handling.state = Handling.State.FAILED
    else:
        handling.state, handling.done_at, handling.error = Handling.State.DONE, clock.now(), ""
