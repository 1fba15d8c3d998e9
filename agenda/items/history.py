"""What happened to an item, newest first: moves, conclusions, waivers, signatures and urgent requests as one list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from agenda.items.models import CheckOpinion, CheckWaiver, Item, Signature, UrgentApproval, UrgentRequest
from agenda.rules.models import CheckKind
from common import clock
from common.web.formats import cn_date

# Moves that follow from an entry shown beside them.
FOLLOWING = ("pass_checks", "clear")
# 中 and 有 alone do not say of what.
SAYS_WHAT: dict[str, str] = {CheckKind.RISK: "风险", CheckKind.PLAN: "预案"}


@dataclass(frozen=True)
class Event:
    """When, who, what, what was said, on which version; `link` leads to the paper of it."""

    at: datetime
    who: str
    what: str
    said: str = ""
    on: str = ""
    link: str = ""


def history_of(item: Item) -> list[Event]:
    """Six queries, whatever happened."""
    signed = Signature.objects.filter(item=item).select_related("signer", "for_person", "version", "step__unit")
    signatures = list(signed)
    events = [
        *_moves(item, signatures),
        *_opinions(item),
        *_waivers(item),
        *(_signed(item, signature) for signature in signatures),
        *_urgency(item),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _moves(item: Item, signatures: list[Signature]) -> Iterator[Event]:
    """A return by a signer is shown by his signature alone."""
    returned = {(one.version.no, one.opinion) for one in signatures if one.verdict == Signature.Verdict.RETURN}
    for change in item.changes.all():
        if change.verb == "send_back" and (change.on_version, change.reason) in returned:
            continue
        on = f"第{change.on_version}稿" if change.on_version else ""
        who = "系统自动" if change.verb in FOLLOWING else change.actor_name
        yield Event(change.at, who, item.WORKFLOW.by_verb(change.verb).label, change.reason, on)


def _opinions(item: Item) -> Iterator[Event]:
    for opinion in CheckOpinion.objects.filter(item=item).select_related("reviewer", "version"):
        verb = "，确认结论" if opinion.confirms_id else ""
        concluded = f"{opinion.get_conclusion_display()}{SAYS_WHAT.get(opinion.kind, '')}"
        what = f"{opinion.get_kind_display()}{verb}：{concluded}"
        yield Event(opinion.recorded_at, opinion.reviewer.name, what, opinion.summary, str(opinion.version))


def _waivers(item: Item) -> Iterator[Event]:
    for waiver in CheckWaiver.objects.filter(item=item).select_related("granted_by", "version"):
        what = f"{waiver.get_kind_display()}：不适用"
        yield Event(waiver.recorded_at, waiver.granted_by.name, what, waiver.reason, str(waiver.version))


def _signed(item: Item, one: Signature) -> Event:
    who = f"{one.signer.name}（代{one.for_person.name}）" if one.for_person else one.signer.name
    on_paper = one.medium == Signature.Medium.PAPER
    paper = f"（纸质，签于{cn_date(one.signed_on, clock.today())}，补录）" if on_paper else ""
    what = f"{one.step.label}签批：{one.get_verdict_display()}{paper}"
    link = reverse("agenda:item_scan", args=[item.pk, one.pk]) if one.scan_id else ""
    return Event(one.signed_at, who, what, one.opinion, str(one.version), link)


def _urgency(item: Item) -> Iterator[Event]:
    for request in UrgentRequest.objects.filter(item=item).select_related("asked_by"):
        yield Event(request.asked_at, request.asked_by.name, "申请急件", request.reason)
    for approval in UrgentApproval.objects.filter(item=item).select_related("approved_by"):
        yield Event(approval.approved_at, approval.approved_by.name, "批准急件")
