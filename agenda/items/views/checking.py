"""五不上会 on pages: a reviewer concludes or confirms a check, 区委办主任 says that one does not apply."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agenda.items.forms import CheckForm, ReasonForm, SignForm
from agenda.items.gates import DETAILS, PAPERS, lacking
from agenda.items.lines import CheckLine
from agenda.items.models import CheckOpinion, Item
from agenda.items.policies import demand, may_review, may_waive
from agenda.items.services.confirm_opinion import confirm_opinion
from agenda.items.services.record_opinion import demand_checkable, record_opinion
from agenda.items.services.waive_check import waive_check
from agenda.items.sheet import difference
from agenda.items.shown import time_left
from agenda.items.standing import standing_of
from agenda.items.views.file import item_or_404, sheet_content
from common import clock
from common.web.acts import tried
from common.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def check(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """A reviewer's conclusion with its file; all that it lacks is said at once."""
    item, line = _checked(request, pk, kind)
    demand(may_review(request.actor, item, line.rule))
    demand_checkable(item)
    digest, last = item.version.digest, line.opinion or line.earlier
    form = CheckForm(
        request.POST or None, request.FILES or None, kind=kind, earlier=last, digest=digest, today=clock.today()
    )
    if request.method == "POST":
        if form.is_valid() and _complete(form, kind, line.opinion) and _recorded(request, item, kind, form):
            return _done(request, item, f"{line.label}的结论已记录。")
        form.now_on(digest)
        form.ask_for_files_again()
    return render(
        request,
        "agenda/items/check.html",
        {
            "item": item,
            "line": line,
            "form": form,
            "last": last,
            "kept": list(line.opinion.documents.all()) if line.opinion else [],
            "times": [line.time_words, *time_left(item)] if line.time_words else [],
            **sheet_content(item.version),
        },
    )


@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """Carry an earlier conclusion over to the new version, with what changed before one's eyes."""
    item, line = _checked(request, pk, kind)
    demand(may_review(request.actor, item, line.rule))
    demand_checkable(item)
    if line.earlier is None:
        return redirect("agenda:item_detail", pk)
    digest = item.version.digest
    form = SignForm(request.POST or None, initial={"digest": digest})
    form.fields["opinion"].label = "说明"
    form.fields["opinion"].help_text = "不写的，记为「已对照改动，确认原结论」"
    if request.method == "POST":
        if form.is_valid() and _confirmed(request, item, kind, form):
            return _done(request, item, f"已在{item.version}上确认{line.label}的结论。")
        form.now_on(digest)
    changes = difference(line.earlier.version.content, item.version.content)
    context = {"item": item, "line": line, "form": form, "changes": changes, **sheet_content(item.version)}
    return render(request, "agenda/items/confirm_check.html", context)


@require_http_methods(["GET", "POST"])
def waive(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """不适用, by 区委办主任 with a reason."""
    item, line = _checked(request, pk, kind)
    demand(may_waive(request.actor))
    form = ReasonForm(request.POST or None, help="写明为什么这件事不需要这项程序")
    digest = request.POST.get("digest", "")
    if request.method == "POST" and form.is_valid():
        given = {"kind": kind, "digest": digest, "reason": form.cleaned_data["reason"]}
        if tried(form, lambda: waive_check(actor=request.actor, item=item, **given)):
            return _done(request, item, f"已记录{line.label}不适用。")
    context = {
        "title": f"{line.label}不适用",
        "sentence": f"只对{item.version}有效；提交新稿后须重新说明。",
        "facts": [("议题", item.title), ("提报单位", item.unit.full_name), ("依据", line.rule.source)],
        "label": "说明不适用",
        "back": reverse("agenda:item_detail", args=[item.pk]),
        "form": form,
        "kept": [("digest", item.version.digest)],
    }
    return render(request, "common/confirm.html", context)


def _checked(request: ActorRequest, pk: int, kind: str) -> tuple[Item, CheckLine]:
    item = item_or_404(request, pk)
    line = standing_of(item).check(kind)
    if line is None:
        raise Http404
    return item, line


def _complete(form: CheckForm, kind: str, last: CheckOpinion | None) -> bool:
    """Ask the gate for everything the file lacks; papers of the last conclusion on this version stay."""
    data = form.cleaned_data
    given = {paper.key for paper in PAPERS[kind] if data.get(f"papers.{paper.key}")}
    kept = {document.what for document in last.documents.all()} if last else set()
    missing = lacking(
        kind, data["conclusion"], summary=data["summary"], details=_details(kind, data), papers=given | kept
    )
    for field, sentence in missing.items():
        form.add_error(field, sentence)
    return not missing


def _details(kind: str, data: dict[str, Any]) -> dict[str, str]:
    return {detail.key: data[f"details.{detail.key}"] for detail in DETAILS[kind]}


def _recorded(request: ActorRequest, item: Item, kind: str, form: CheckForm) -> bool:
    data = form.cleaned_data
    uploads = {paper.key: data.get(f"papers.{paper.key}") for paper in PAPERS[kind]}
    papers = {key: [(upload.name, upload.read())] for key, upload in uploads.items() if upload}
    return tried(
        form,
        lambda: record_opinion(
            actor=request.actor,
            item=item,
            kind=kind,
            conclusion=data["conclusion"],
            digest=data["digest"],
            summary=data["summary"],
            details=_details(kind, data),
            papers=papers,
            measures_confirmed=data.get("measures_confirmed", False),
            done_on=data["done_on"],
        ),
    )


def _confirmed(request: ActorRequest, item: Item, kind: str, form: SignForm) -> bool:
    data = form.cleaned_data
    given = {"kind": kind, "digest": data["digest"], "note": data["opinion"]}
    return tried(form, lambda: confirm_opinion(actor=request.actor, item=item, **given))


def _done(request: ActorRequest, item: Item, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("agenda:item_detail", item.pk)
