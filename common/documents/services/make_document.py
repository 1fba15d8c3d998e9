"""Make one queued paper: the worker's side."""

import logging

from django.db import DatabaseError, transaction

from common import clock
from common.audit.log import audit
from common.documents.models import RenderedDocument
from common.documents.registry import kind_named
from common.files.store import store_generated
from common.identity.actor import Actor
from common.services import nothing_to_do, service
from common.tenancy.scope import committee_scope

log = logging.getLogger("yishi.documents")
MOST_ATTEMPTS = 3  # errors before a paper is given up
MOST_STARTS = 10  # starts without any end: the paper kills its worker. Workers that race for a row count twice.
State = RenderedDocument.State


def make_next(after: int) -> int | None:
    """Make the first queued paper behind `after`; its id, or None when nothing waits.

    The attempt is counted and committed first: a paper that kills its worker is given up, too.
    """
    document = _count_attempt(after)
    if document is None:
        return None
    actor = Actor(committee=document.committee, person=document.requested_by, source="印制")
    with committee_scope(document.committee_id):
        try:
            make_document(actor=actor, document=document)
        except DatabaseError:
            raise
        except Exception as error:
            log.exception("paper %s could not be made", document.pk)
            _note_failure(document.pk, error)
    return document.pk


def _count_attempt(after: int) -> RenderedDocument | None:
    with transaction.atomic():
        document = (
            RenderedDocument.everywhere.select_for_update(skip_locked=True, of=("self",))
            .filter(state=State.QUEUED, pk__gt=after)
            .select_related("committee", "requested_by")
            .order_by("pk")
            .first()
        )
        if document is None:
            return None
        document.attempts += 1
        document.save(update_fields=["attempts"])
        return document


@service
def make_document(*, actor: Actor, document: RenderedDocument) -> RenderedDocument:
    """Render the frozen bytes and keep the PDF. Safe to run twice: a paper that another worker has is left to it."""
    waiting = RenderedDocument.objects.select_for_update(skip_locked=True).filter(pk=document.pk, state=State.QUEUED)
    queued = waiting.first()
    if queued is None:
        nothing_to_do()
        return document
    if queued.attempts > MOST_STARTS:
        raise RuntimeError("the worker died whenever it made this paper")
    paper = kind_named(queued.kind).build(bytes(queued.source))
    queued.file = store_generated(paper.to_pdf(), queued.name, "application/pdf", actor=actor)
    queued.state, queued.finished_at, queued.error = State.DONE, clock.now(), ""
    queued.save(update_fields=["file", "state", "finished_at", "error"])
    audit(actor, "make_document", queued, label=queued.name, file=queued.file.sha256)
    return queued


def _note_failure(pk: int, error: Exception) -> None:
    """Keep the cause; after the last attempt the paper is failed and shown as such until it is asked for again."""
    with transaction.atomic():
        document = RenderedDocument.objects.select_for_update().get(pk=pk)
        document.error = f"{type(error).__name__}: {error}"[:2000]
        if document.attempts >= MOST_ATTEMPTS:
            document.state, document.finished_at = State.FAILED, clock.now()
        document.save(update_fields=["error", "state", "finished_at"])
