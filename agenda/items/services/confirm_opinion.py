"""Carry a check over to a new version: its reviewer confirms it, the difference before him."""

from agenda.items.binding import demand_seen
from agenda.items.gates import FULFILLED_BY_CHANGE
from agenda.items.lines import CheckLine
from agenda.items.models import CheckOpinion, Conclusion, Item
from agenda.items.policies import demand, may_review
from agenda.items.services.advance_item import advance_item
from agenda.items.services.record_opinion import demand_checkable, rule_of, write_opinion
from agenda.items.standing import standing_of
from common import clock
from common.audit.log import audit
from common.files.models import StoredFile
from common.identity.actor import Actor
from common.services import Refused, service


@service
def confirm_opinion(*, actor: Actor, item: Item, kind: str, digest: str, note: str = "") -> CheckOpinion:
    """The earlier conclusion counts for this version too; its last day does not move.

    修改后可行 and 修改后合法 are fulfilled by it (rules.md §3). A conclusion that stops an item cannot be confirmed.
    """
    item = Item.objects.locked(item)
    rule = rule_of(item, kind)
    demand(may_review(actor, item, rule))
    version = demand_seen(item, digest)
    demand_checkable(item)
    earlier = _demand_confirmable(standing_of(item).check(kind), item)
    files: dict[str, list[StoredFile]] = {}
    for document in earlier.documents.all():
        files.setdefault(document.what, []).append(document.file)
    opinion = write_opinion(
        actor,
        version,
        rule,
        files,
        conclusion=FULFILLED_BY_CHANGE.get(Conclusion(earlier.conclusion), earlier.conclusion),
        summary=note.strip() or f"已对照{version}的改动，确认原结论。",
        details=earlier.details,
        measures_confirmed=earlier.measures_confirmed,
        done_on=clock.today(),
        valid_until=earlier.valid_until,
        confirms=earlier,
    )
    audit(actor, "confirm_opinion", item, kind=kind, version=version.no, confirms=earlier.pk)
    advance_item(actor=actor, item=item)
    return opinion


def _demand_confirmable(check: CheckLine | None, item: Item) -> CheckOpinion:
    if check is None or check.earlier is None:
        raise Refused(f"「{item}」这一稿没有待确认的原结论，请直接作出结论。")
    if not check.confirmable:
        conclusion = check.earlier.get_conclusion_display()
        raise Refused(f"{check.label}原结论是「{conclusion}」，不能沿用。请对这一稿重新作出结论。")
    if check.earlier.valid_until < clock.today():
        raise Refused(f"{check.label}的原结论已经过期，不能沿用。请重新作出结论。")
    return check.earlier
