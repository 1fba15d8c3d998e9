"""An item's file: the sheet, its papers, opinions, versions and history, and the way through at its side."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from agenda.items.documents import SHEET_KIND, sheet_bytes, sheet_name
from agenda.items.gates import DETAILS
from agenda.items.history import history_of
from agenda.items.lines import CheckLine
from agenda.items.models import Attachment, CheckOpinion, Item, ItemVersion, OpinionDocument
from agenda.items.policies import may_edit, visible_to
from agenda.items.querysets import FILED_UNDER
from agenda.items.sheet import LABELS, difference
from agenda.items.shown import ShownItem, show_item
from common.files.store import serve
from common.web.formats import money_exact
from common.web.listing import Tab
from common.web.paper_answer import paper_answer
from common.web.request import ActorRequest
from common.web.slots import fillings

# The sheet's long texts stand below its facts, its title above them.
LONG = ("reason", "coordination")
BESIDES = (*LONG, "title", "matters", "urgent", "urgent_reason")
# Facts that take the whole line; the others stand two in a line where there is room.
WHOLE_LINE = ("co_units", "attendants", "urgent")


def item_or_404(request: ActorRequest, pk: int) -> Item:
    """What one may not see is not there."""
    return get_object_or_404(visible_to(request.actor).for_list().select_related(*FILED_UNDER), pk=pk)


@require_GET
def item_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """One item; ?tab=papers|opinions|diff|history, ?version=n for an older text."""
    actor, item = request.actor, item_or_404(request, pk)
    versions = list(item.versions.select_related("submitted_by", "route").order_by("no"))
    version = _version(versions, request.GET.get("version"))
    shown = show_item(actor, item)
    tabs = _tabs(shown, versions, version)
    tab = request.GET.get("tab", "sheet")
    if tab not in {one.key for one in tabs}:
        raise Http404
    context = {
        "shown": shown,
        "item": item,
        "version": version,
        "versions": versions,
        "newest": version is not None and version == versions[-1],
        "tab": tab,
        "tabs": tabs,
        "hearings": [link for filling in fillings("item.hearings", actor=actor, subject=item) for link in filling],
        **_tab_content(tab, shown, version, versions),
    }
    return render(request, "agenda/items/item_detail.html", context)


@require_http_methods(["GET", "POST"])
def sheet_pdf(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The 呈报单 as it is printed: the current version with what was concluded and signed by now."""
    item = item_or_404(request, pk)
    if item.current_version is None:
        raise Http404
    back = reverse("agenda:item_detail", args=[pk])
    return paper_answer(request, kind=SHEET_KIND, payload=sheet_bytes(item), name=sheet_name(item), back=back)


@require_GET
def attachment(request: ActorRequest, pk: int, attachment: int) -> HttpResponseBase:
    """A paper of a version for those who see the item; one of the working text for those who work on it."""
    item = get_object_or_404(visible_to(request.actor), pk=pk)
    papers = Attachment.objects.select_related("file").filter(item=item)
    if not may_edit(request.actor, item):
        papers = papers.filter(pk__in=item.versions.values("attachments__attachment"))
    return serve(get_object_or_404(papers, pk=attachment).file, inline=True)


@require_GET
def opinion_document(request: ActorRequest, pk: int, document: int) -> HttpResponseBase:
    """A document of a check, for those who see the item."""
    item = get_object_or_404(visible_to(request.actor), pk=pk)
    found = get_object_or_404(OpinionDocument.objects.select_related("file"), opinion__item=item, pk=document)
    return serve(found.file, inline=True)


@require_GET
def signature_scan(request: ActorRequest, pk: int, signature: int) -> HttpResponseBase:
    """The scan of a paper signature, for those who see the item."""
    item = get_object_or_404(visible_to(request.actor), pk=pk)
    found = get_object_or_404(item.signatures.select_related("scan"), pk=signature)
    if found.scan is None:
        raise Http404
    return serve(found.scan, inline=True)


def sheet_content(version: ItemVersion) -> dict[str, Any]:
    """A version as the paper 呈报单 reads: facts, what is to be decided, long texts, papers."""
    words, amount = dict(version.content["words"]), version.content["sheet"]["amount"]
    if amount:
        words["amount"] += f"（{money_exact(Decimal(amount))}）"
    facts = [(name, words[name]) for name in LABELS if words.get(name) and name not in BESIDES]
    if version.content["sheet"]["urgent"]:
        facts.append(("urgent", words["urgent_reason"]))
    return {
        "facts": [(LABELS[name], text) for name, text in facts if name not in WHOLE_LINE],
        "wide_facts": [(LABELS[name], text) for name, text in facts if name in WHOLE_LINE],
        "matters": words.get("matters", "").splitlines(),
        "texts": [(LABELS[name], words[name].splitlines()) for name in LONG if words.get(name)],
        "papers": _papers(version),
    }


def _papers(version: ItemVersion) -> list[dict[str, Any]]:
    kinds = dict(Attachment.Kind.choices)
    return [paper | {"label": kinds.get(paper["kind"], "")} for paper in version.content["attachments"]]


def _version(versions: list[ItemVersion], wanted: str | None) -> ItemVersion | None:
    if not wanted:
        return versions[-1] if versions else None
    for version in versions:
        if str(version.no) == wanted:
            return version
    raise Http404


def _tabs(shown: ShownItem, versions: list[ItemVersion], version: ItemVersion | None) -> list[Tab]:
    """The difference is one with the version before the one that is looked at."""
    tabs = [Tab("sheet", "呈报单")]
    if version:
        tabs.append(Tab("papers", "材料", len(version.content["attachments"])))
    if shown.standing.checks:
        tabs.append(Tab("opinions", "前置意见", sum(1 for check in shown.standing.checks if check.opinion)))
    if len(versions) > 1:
        no = version.no if version and version.no > 1 else 2
        tabs.append(Tab("diff", f"第 {no} 稿与第 {no - 1} 稿的不同"))
    return [*tabs, Tab("history", "经过")]


def _tab_content(
    tab: str, shown: ShownItem, version: ItemVersion | None, versions: list[ItemVersion]
) -> dict[str, Any]:
    match tab:
        case "opinions":
            return {"opinions": [_opinion(shown, check) for check in shown.standing.checks]}
        case "papers" if version:
            kinds = dict(Attachment.Kind.choices)
            return {
                "papers": [paper | {"label": kinds.get(paper["kind"], "")} for paper in version.content["attachments"]]
            }
        case "diff" if version:
            after = version if version.no > 1 else versions[1]
            before = versions[after.no - 2]
            return {"before": before, "after": after, "changes": difference(before.content, after.content)}
        case "history":
            return {"events": history_of(shown.item)}
        case "sheet" if version:
            return sheet_content(version)
    return {}


def _opinion(shown: ShownItem, check: CheckLine) -> dict[str, Any]:
    """A check with its points in the order of the form, and what this person can do about it."""
    opinion = check.opinion or check.earlier
    return {
        "check": check,
        "opinion": opinion,
        "details": _details(opinion) if opinion else [],
        "actions": [action for action in shown.actions if action.check == check.kind and not action.why_not],
    }


def _details(opinion: CheckOpinion) -> list[tuple[str, str]]:
    known = ((detail.label, opinion.details.get(detail.key, "")) for detail in DETAILS[opinion.kind])
    return [(label, text) for label, text in known if text]
