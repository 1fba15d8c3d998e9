"""An item's file: the sheet, its papers, opinions, versions and history, and the way through at its side."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agenda.items.actions import Action, actions_for
from agenda.items.gates import DETAILS
from agenda.items.models import Attachment, CheckOpinion, Item, ItemVersion, OpinionDocument
from agenda.items.policies import visible_to
from agenda.items.sheet import LABELS, difference
from agenda.items.standing import CheckLine, Mark, SignLine, Standing, standing_of
from common import clock
from common.files.store import serve
from common.web.listing import Tab
from common.web.request import ActorRequest

STATES = {
    Mark.DONE: "done",
    Mark.NOW: "now",
    Mark.WAITING: "waiting",
    Mark.REFUSED: "refused",
    Mark.WAIVED: "done",
    Mark.STALE: "void",
}
# The sheet's long texts stand below its facts.
LONG = ("reason", "coordination")


@dataclass(frozen=True)
class ShownItem:
    """What the page's head and side need, whatever the tab."""

    item: Item
    standing: Standing
    actions: list[Action]
    checks: list[dict[str, object]]
    signatures: list[dict[str, object]]

    @property
    def main(self) -> Action | None:
        return next((action for action in self.actions if action.main and not action.why_not), None)

    @property
    def others(self) -> list[Action]:
        return [action for action in self.actions if action is not self.main and not action.why_not]


@require_GET
def item_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """One item; ?tab=papers|opinions|diff|history, ?version=n for an older text."""
    item = get_object_or_404(visible_to(request.actor).for_list(), pk=pk)
    versions = list(item.versions.select_related("submitted_by", "route").order_by("no"))
    version = _version(versions, request.GET.get("version"))
    standing = standing_of(item)
    shown = ShownItem(
        item,
        standing,
        actions_for(request.actor, item, standing),
        [_check_step(item, check) for check in standing.checks],
        [_sign_step(line) for line in standing.signatures],
    )
    tab = request.GET.get("tab", "sheet")
    context = {
        "shown": shown,
        "item": item,
        "version": version,
        "versions": versions,
        "tab": tab,
        "tabs": _tabs(item, standing, versions),
        **_tab_content(tab, item, standing, version, versions),
    }
    return render(request, "agenda/items/item_detail.html", context)


@require_GET
def attachment(request: ActorRequest, pk: int, attachment: int) -> HttpResponse:
    """A paper of an item, for those who see the item."""
    item = get_object_or_404(visible_to(request.actor), pk=pk)
    found = get_object_or_404(Attachment.objects.select_related("file"), item=item, pk=attachment)
    return serve(found.file, inline=True)


@require_GET
def opinion_document(request: ActorRequest, pk: int, document: int) -> HttpResponse:
    """A document of a check, for those who see the item."""
    item = get_object_or_404(visible_to(request.actor), pk=pk)
    found = get_object_or_404(OpinionDocument.objects.select_related("file"), opinion__item=item, pk=document)
    return serve(found.file, inline=True)


@require_GET
def signature_scan(request: ActorRequest, pk: int, signature: int) -> HttpResponse:
    """The scan of a paper signature, for those who see the item."""
    item = get_object_or_404(visible_to(request.actor), pk=pk)
    found = get_object_or_404(item.signatures.select_related("scan"), pk=signature)
    if found.scan is None:
        raise Http404
    return serve(found.scan, inline=True)


def _version(versions: list[ItemVersion], wanted: str | None) -> ItemVersion | None:
    if wanted:
        found = next((v for v in versions if str(v.no) == wanted), None)
        if found is None:
            raise Http404
        return found
    return versions[-1] if versions else None


def _tabs(item: Item, standing: Standing, versions: list[ItemVersion]) -> list[Tab]:
    papers = len(versions[-1].content["attachments"]) if versions else 0
    tabs = [Tab("sheet", "呈报单"), Tab("papers", "材料", papers)]
    if standing.checks:
        tabs.append(Tab("opinions", "前置意见", sum(1 for check in standing.checks if check.opinion)))
    if len(versions) > 1:
        tabs.append(Tab("diff", f"第 {versions[-1].no} 稿改了什么"))
    return [*tabs, Tab("history", "经过")]


def _tab_content(
    tab: str, item: Item, standing: Standing, version: ItemVersion | None, versions: list[ItemVersion]
) -> dict[str, object]:
    match tab:
        case "opinions":
            for check in standing.checks:
                if check.opinion:
                    _label_details(check.opinion)
            return {}
        case "papers":
            papers = item.attachments.filter(pk__in=_paper_ids(version)).select_related("file")
            return {"papers": list(papers)}
        case "diff" if len(versions) > 1 and version:
            before = next((v for v in reversed(versions) if v.no < version.no), None)
            changes = difference(before.content, version.content) if before else []
            return {"before": before, "changes": changes}
        case "history":
            return {
                "changes": [
                    (change, item.WORKFLOW.by_verb(change.verb).label)
                    for change in item.changes.select_related("person")
                ],
                "signed": list(item.signatures.select_related("signer", "for_person", "version", "step", "step__unit")),
            }
        case "sheet" if version:
            words = version.content["words"]
            return {
                "facts": [
                    (LABELS[name], words[name], name)
                    for name in LABELS
                    if words.get(name) and name not in (*LONG, "matters")
                ],
                "matters": words.get("matters", "").splitlines(),
                "texts": [(LABELS[name], words[name]) for name in LONG if words.get(name)],
            }
    return {}


def _label_details(opinion: CheckOpinion) -> None:
    """Give the opinion its points with their labels, in the order of the form."""
    opinion.shown_details = [  # type: ignore[attr-defined]
        (detail.label, opinion.details[detail.key])
        for detail in DETAILS[opinion.kind]
        if opinion.details.get(detail.key)
    ]


def _paper_ids(version: ItemVersion | None) -> list[int]:
    return [paper["id"] for paper in version.content["attachments"]] if version else []


def _check_step(item: Item, check: CheckLine) -> dict[str, object]:
    opinion = check.opinion
    said = opinion.get_conclusion_display() if opinion else ("不适用" if check.waiver else "")
    return {
        "state": STATES[check.mark],
        "what": f"{check.label}{' · ' + said if said else ''}",
        "who": check.who,
        "when": check.when,
        "note": check.note or ("" if check.passed else check.sentence),
    }


def _sign_step(line: SignLine) -> dict[str, object]:
    signature = line.signature
    waited = (clock.today() - line.since.date()).days if line.since else 0
    return {
        "state": STATES[line.mark],
        "what": line.label,
        "who": line.who,
        "when": signature.signed_at if signature else None,
        "said": f"{signature.get_verdict_display()}{'：' + signature.opinion if signature.opinion else ''}"
        if signature
        else "",
        "wait": f"已等 {waited} 天" if waited else "",
        "note": "纸质签批" if signature and signature.medium == "paper" else "",
    }
