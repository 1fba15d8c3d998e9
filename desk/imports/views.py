"""导入 in the browser: upload, preview by sheets, apply or choose rows, what came of it.

Reading and writing run in the request: reading in a process of its own with its own limits, writing at most
MOST_AT_ONCE rows, in one transaction that a broken request takes back.
"""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.items.policies import visible_to as visible_items
from common.files.store import read_file, serve
from common.files.types import XLSX
from common.services import Conflict, Refused
from common.web.listing import page_of
from common.web.request import ActorRequest
from desk.imports import shown
from desk.imports.findings import Code, Finding, Severity
from desk.imports.forms import RowFilter, UploadForm
from desk.imports.marked import mark_workbook
from desk.imports.models import LedgerImport
from desk.imports.plan import WRITTEN, Doing
from desk.imports.policies import entries_for, findings_for, may_import, sees_all_of, visible_to
from desk.imports.services.apply_import import apply_import
from desk.imports.services.drop_import import drop_import
from desk.imports.services.preview_import import preview_import, renew_preview
from desk.imports.vocabulary import VOCABULARIES
from desk.imports.workflow import ImportState

PER_PAGE = 100
EARLIER_PER_PAGE = 20
MOST_AT_ONCE = 1000
ROWS_A_SECOND = 10  # at least: a unit with its people takes 0.1 s, a draft 0.03 s
NONE_CHOSEN = "还没有选定要导入的行。请勾选之后再办。"
TOO_MANY = f"要写入 {{}} 项，网页上一次最多写 {MOST_AT_ONCE} 项。请分几次选定，或者请系统管理员用命令行导入。"


@require_http_methods(["GET", "POST"])
def imports(request: ActorRequest) -> HttpResponse:
    """The upload, and what was imported before; a file that cannot be read is refused at the field."""
    _demand_may(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = preview_import(actor=request.actor, data=upload.read(), name=upload.name)
        except Refused as refusal:
            form.add_error("file" if refusal.field == "file" else None, refusal.message)
        else:
            return redirect("desk:import_detail", made.pk)
    earlier = visible_to(request.actor).defer("plan", "findings")
    page = page_of(request, earlier, EARLIER_PER_PAGE)
    sheets = [(one.label, "、".join(column.label for column in one.columns.values())) for one in VOCABULARIES.values()]
    status = 400 if form.errors else 200
    return render(request, "desk/imports/imports.html", {"form": form, "page": page, "sheets": sheets}, status=status)


@require_GET
def import_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The preview, or what was written: counts, findings, and each sheet's rows."""
    found = _one(request, pk)
    entries, findings = entries_for(request.actor, found), findings_for(request.actor, found)
    tabs = shown.tabs_of(entries, findings)
    tab = request.GET.get("tab", "")
    tab = tab if any(one.key == tab for one in tabs) else shown.OVERVIEW
    context: dict[str, Any] = {
        "found": found,
        "tab": tab,
        "tabs": tabs,
        "findings_count": len(findings),
        "to_write": sum(_is_to_write(entry) for entry in entries),
        "own": found.uploaded_by == request.actor.person and found.state == ImportState.PREVIEWED,
        "whole": sees_all_of(request.actor, found),
    }
    if tab == shown.OVERVIEW:
        context |= {
            "wrote": {kind for kind, _, _ in (key.partition(":") for key in found.result.get("counts", ()))},
            "summaries": shown.summaries(entries),
            "remarks": found.plan["remarks"],
            "notes": found.plan["notes"],
        }
    elif tab == shown.FINDINGS:
        context["page"] = page_of(request, findings, PER_PAGE)
    else:
        context |= _rows_of(request, found, [entry for entry in entries if entry["kind"] == tab], findings)
    return render(request, "desk/imports/import_detail.html", context)


@require_GET
def choose_rows(request: ActorRequest, pk: int) -> HttpResponse:
    """With findings the rest goes in row by row: which rows, somebody says here."""
    found = _own(request, pk)
    groups = shown.groups_to_choose(entries_for(request.actor, found))
    return render(request, "desk/imports/choose_rows.html", {"found": found, "groups": groups})


@require_http_methods(["GET", "POST"])
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    """Say once more what will be written; the second time it is written."""
    found = _own(request, pk)
    said = request.POST.getlist("row")
    entries = found.plan["entries"]
    chosen = shown.chosen_keys(entries, said) if "choosing" in request.POST else None
    writing = [entry for entry in entries if (_is_to_write(entry) if chosen is None else entry["key"] in chosen)]
    back = reverse("desk:import_detail" if chosen is None else "desk:import_choose", args=[pk])
    if not writing or len(writing) > MOST_AT_ONCE:
        messages.warning(request, NONE_CHOSEN if not writing else TOO_MANY.format(len(writing)))
        return redirect(back)
    if "confirmed" in request.POST:
        return _carry_out(request, found, chosen)
    kept = [("row", value) for value in said] + ([("choosing", "1")] if chosen is not None else [])
    seconds = max(5, len(writing) // ROWS_A_SECOND)
    sentence = f"把“{found}”里的 {len(writing)} 项写入系统：全部写成，或者一项也不写。大约需要 {seconds} 秒。"
    context = {
        "title": "导入台账",
        "sentence": sentence,
        "facts": [(one.label, one.in_words) for one in shown.summaries(writing)],
        "label": "导入",
        "back": back,
        "kept": [*kept, ("confirmed", "1")],
    }
    return render(request, "desk/imports/apply.html", context)


@require_POST
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the preview up."""
    drop_import(actor=request.actor, ledger_import=_own(request, pk))
    messages.success(request, "已放弃，什么也没有写入。")
    return redirect("desk:imports")


@require_POST
def renew(request: ActorRequest, pk: int) -> HttpResponse:
    """Preview the same file against the register as it stands now."""
    renew_preview(actor=request.actor, ledger_import=_own(request, pk))
    messages.success(request, "已按系统里现在的数据重新预览。")
    return redirect("desk:import_detail", pk)


@require_GET
def workbook(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    return serve(_with_file(request, pk).file)


@require_GET
def marked(request: ActorRequest, pk: int) -> HttpResponse:
    """The same workbook with the found cells marked, each with its cause and what would mend it."""
    found = _with_file(request, pk)
    if not found.findings:
        raise Http404
    data = mark_workbook(read_file(found.file), [_finding(one) for one in found.findings])
    response = HttpResponse(data, content_type=XLSX)
    name = found.file.name.removesuffix(".xlsx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}（标出问题）.xlsx')}"
    response["Cache-Control"] = "private, no-store"
    return response


def _demand_may(request: ActorRequest) -> None:
    if not may_import(request.actor):
        raise Http404


def _one(request: ActorRequest, pk: int) -> LedgerImport:
    found: LedgerImport = get_object_or_404(visible_to(request.actor), pk=pk)
    return found


def _own(request: ActorRequest, pk: int) -> LedgerImport:
    """One that this person uploaded: acting on another's is refused by the services, seeing its rows here too."""
    found = _one(request, pk)
    if found.uploaded_by != request.actor.person:
        raise Http404
    return found


def _with_file(request: ActorRequest, pk: int) -> LedgerImport:
    """One whose file this person may have: not where rows about cadres are in it."""
    found = _one(request, pk)
    if not sees_all_of(request.actor, found):
        raise Http404
    return found


def _rows_of(
    request: ActorRequest, found: LedgerImport, entries: list[dict[str, Any]], findings: list[dict[str, Any]]
) -> dict[str, Any]:
    doings = {entry["doing"] for entry in entries}
    form = RowFilter(request.GET, doings)
    form.is_valid()
    doing = form.cleaned_data.get("doing", "")
    wanted = [entry for entry in entries if not doing or entry["doing"] == doing]
    page = page_of(request, wanted, PER_PAGE)
    urls, written = _item_urls(request, found), set(found.result.get("written", ()))
    rows = [
        shown.row_of(entry, findings, urls.get(entry["key"], ""), written=entry["key"] in written) for entry in page
    ]
    return {"page": page, "rows": rows, "filter": form if len(doings) > 1 else None}


def _item_urls(request: ActorRequest, found: LedgerImport) -> dict[str, str]:
    """Where the drafts are that rows became, as far as this person may see them."""
    rows = found.item_rows.filter(item__in=visible_items(request.actor)).values_list("sheet", "line", "item_id")
    return {f"{sheet}!{line}": reverse("agenda:item_detail", args=[item]) for sheet, line, item in rows}


def _carry_out(request: ActorRequest, found: LedgerImport, chosen: set[str] | None) -> HttpResponse:
    try:
        apply_import(actor=request.actor, ledger_import=found, chosen=chosen)
    except Conflict as conflict:
        renew_preview(actor=request.actor, ledger_import=found)
        messages.warning(request, conflict.message)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:import_detail", found.pk)


def _is_to_write(entry: dict[str, Any]) -> bool:
    return Doing(entry["doing"]) in WRITTEN


def _finding(kept: dict[str, Any]) -> Finding:
    """A finding from the JSON it was kept as."""
    typed = {"code": Code(kept["code"]), "severity": Severity(kept["severity"]), "lines": tuple(kept["lines"])}
    return Finding(**{**kept, **typed})
