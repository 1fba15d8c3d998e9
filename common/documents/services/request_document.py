"""Ask for the PDF of frozen bytes."""

from django.db import transaction

from common import clock
from common.audit.log import audit
from common.documents.models import RenderedDocument
from common.documents.registry import kind_named
from common.identity.actor import Actor
from common.records.canonical import sha256_hex
from common.services import nothing_to_do, service


@service
def request_document(*, actor: Actor, kind: str, payload: bytes, name: str) -> RenderedDocument:
    """Queue the paper of these bytes in the running transaction; `name` is the file's, ending in .pdf.

    Idempotent: the same bytes in the same version of the template give the same row. A paper that had failed is
    queued again. Whether the actor may have it is the caller's policy, which knows what the bytes are.
    """
    digest = sha256_hex(payload)
    document, created = RenderedDocument.objects.get_or_create(
        committee=actor.committee,
        kind=kind,
        source_digest=digest,
        template_version=kind_named(kind).paper.version,
        defaults={
            "name": name,
            "source": payload,
            "requested_at": clock.now(),
            "requested_by": actor.person,
        },
    )
    if not created:
        document = RenderedDocument.objects.select_for_update().get(pk=document.pk)
        if document.state != RenderedDocument.State.FAILED:
            nothing_to_do()
            return document
        document.state, document.attempts, document.error = RenderedDocument.State.QUEUED, 0, ""
        document.save(update_fields=["state", "attempts", "error"])
    audit(actor, "request_document", document, label=document.name, kind=kind, source=digest)
    transaction.on_commit(_wake)
    return document


def _wake() -> None:
    from common.documents.tasks import sweep

    try:
        sweep.apply_async(retry=False)
    except sweep.OperationalError:
        return  # Redis is away: beat's sweep a minute later finds the row
