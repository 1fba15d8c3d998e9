"""The answer to whoever opens a paper: the PDF when it is made, else a page that waits for it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from common.documents.models import RenderedDocument
from common.documents.registry import kind_named
from common.documents.services.request_document import request_document
from common.files.store import serve
from common.records.canonical import sha256_hex

SECONDS = "2"
State = RenderedDocument.State


def paper_answer(request: HttpRequest, *, kind: str, payload: bytes, name: str, back: str) -> HttpResponseBase:
    """Asks for the paper of these frozen bytes where nobody has, and serves it in the page once it is made.

    The caller has asked whether this person may have it. Asking again changes nothing, so it needs no POST; only a
    paper that failed is begun anew by one.
    """
    asked = RenderedDocument.objects.filter(
        kind=kind, source_digest=sha256_hex(payload), template_version=kind_named(kind).paper.version
    )
    document = asked.select_related("file").first()
    if document is None or (document.state == State.FAILED and request.method == "POST"):
        document = request_document(actor=request.actor, kind=kind, payload=payload, name=name)  # type: ignore[attr-defined]
    if document.state == State.DONE and document.file:
        return serve(document.file, inline=True)
    failed = document.state == State.FAILED
    answer = render(request, "common/paper.html", {"name": name, "failed": failed, "back": back}, status=202)
    if not failed:
        answer["Refresh"] = SECONDS
    return answer
