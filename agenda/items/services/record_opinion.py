"""Record what a check concluded (五不上会)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from agenda.items.binding import demand_seen
from agenda.items.deadlines import months_later
from agenda.items.gates import DETAILS, PAPERS, lacking
from agenda.items.models import CheckOpinion, Item, ItemVersion, OpinionDocument
from agenda.items.policies import demand, may_review
from agenda.items.services.advance_item import advance_item
from agenda.items.workflow import CHECKABLE, ItemState
from agenda.rules.models import DECIDING, CheckKind, CheckRule
from committee.roles.models import UNIT_ROLES
from committee.roles.posts import posts
from common import clock
from common.audit.log import audit
from common.files.models import StoredFile
from common.files.store import store_file
from common.identity.actor import Actor
from common.records.chain import seal
from common.services import Refused, service

Upload = tuple[str, bytes]  # file name, content


@service
def record_opinion(
    *,
    actor: Actor,
    item: Item,
    kind: str,
    conclusion: str,
    digest: str,
    summary: str = "",
    details: Mapping[str, str] | None = None,
    papers: Mapping[str, Sequence[Upload]] | None = None,
    measures_confirmed: bool = False,
    done_on: date | None = None,
) -> CheckOpinion:
    """The reviewer's conclusion on the version he had before him; the newest of a kind counts.

    Keys of `details` and `papers` are those of agenda.items.gates; papers given with the last conclusion on this
    version stay unless given anew. What follows (签批 begins, a passed item goes back) happens at once.
    """
    item = Item.objects.locked(item)
    rule = rule_of(item, kind)
    demand(may_review(actor, item, rule))
    version = demand_seen(item, digest)
    demand_checkable(item)
    day = done_on or clock.today()
    if day > clock.today():
        raise Refused("完成日不能晚于今天。", field="done_on")
    given = _known_papers(kind, papers or {})
    said = {detail.key: (details or {}).get(detail.key, "").strip() for detail in DETAILS[kind]}
    kept = _kept_papers(version, kind, given)
    missing = lacking(kind, conclusion, summary=summary, details=said, papers={*given, *kept})
    if missing:
        field, sentence = next(iter(missing.items()))
        raise Refused(sentence, field=field)
    files = kept | {key: [store_file(data, name, actor=actor) for name, data in given[key]] for key in given}
    opinion = write_opinion(
        actor,
        version,
        rule,
        files,
        conclusion=conclusion,
        summary=summary.strip(),
        details=said,
        measures_confirmed=measures_confirmed,
        done_on=day,
        valid_until=months_later(day, version.rule_set.check_months),
    )
    audit(actor, "record_opinion", item, kind=kind, conclusion=conclusion, version=version.no)
    advance_item(actor=actor, item=item)
    return opinion


def write_opinion(
    actor: Actor, version: ItemVersion, rule: CheckRule, files: Mapping[str, Sequence[StoredFile]], **given: Any
) -> CheckOpinion:
    """Seal the opinion with its documents' digests."""
    listed = [{"what": what, "name": file.name, "sha256": file.sha256} for what in files for file in files[what]]
    confirms = given.get("confirms")
    payload = {
        **given,
        "kind": rule.check_kind,
        "digest": version.digest,
        "version": version.no,
        "documents": listed,
        "confirms": confirms.record_id if confirms else None,
    }
    record = seal("check_opinion/1", version, payload, actor=actor)
    heads = posts(actor).head_of
    unit_id = version.item.unit_id if rule.reviewer in UNIT_ROLES else min(heads, default=None)
    opinion = CheckOpinion.objects.create(
        committee=actor.committee,
        item_id=version.item_id,
        version=version,
        kind=rule.check_kind,
        unit_id=unit_id,
        reviewer=actor.person,
        recorded_at=clock.now(),
        record=record,
        **given,
    )
    OpinionDocument.objects.bulk_create(
        OpinionDocument(committee=actor.committee, opinion=opinion, what=what, file=file)
        for what in files
        for file in files[what]
    )
    return opinion


def rule_of(item: Item, kind: str) -> CheckRule:
    """The rule that asks for this check of this item; refused where none does."""
    version = item.current_version
    rules = CheckRule.objects.filter(check_kind=kind, matter_kind_id=item.matter_kind_id)
    rule = rules.filter(rule_set_id=version.rule_set_id).first() if version and item.handling in DECIDING else None
    if rule is None:
        label = dict(CheckKind.choices).get(kind, "这项前置程序")
        raise Refused(f"「{item}」按规则不需要{label}，不用作结论。")
    return rule


def demand_checkable(item: Item) -> None:
    """Checks are concluded, confirmed and waived between 受理 and scheduling."""
    if item.state == ItemState.SUBMITTED:
        raise Refused(f"「{item}」还没有受理，现在不能作前置程序结论。请等秘书科受理后办理。")
    if item.state not in CHECKABLE:
        raise Refused(
            f"「{item}」现在是「{item.get_state_display()}」，不能再作前置程序结论。"
            "已列入会议而情况有变的，请秘书科先移出议程。"
        )


def _known_papers(kind: str, papers: Mapping[str, Sequence[Upload]]) -> dict[str, list[Upload]]:
    known = {paper.key for paper in PAPERS[kind]}
    if papers.keys() - known:
        raise Refused(f"{CheckKind(kind).label}没有这一种材料，请按页面所列的种类上传。", field="papers")
    return {key: list(files) for key, files in papers.items() if files}


def _kept_papers(version: ItemVersion, kind: str, given: Mapping[str, Any]) -> dict[str, list[StoredFile]]:
    last = version.opinions.filter(kind=kind).order_by("pk").last()
    kept: dict[str, list[StoredFile]] = {}
    for document in last.documents.select_related("file") if last else ():
        if document.what not in given:
            kept.setdefault(document.what, []).append(document.file)
    return kept
