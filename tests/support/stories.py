"""How an item gets as far as a test needs it: through the services, by the people of the demo district.

`ready_item(district)` is 城东学校 of 教体局, cleared; `title=`, `unit=` and any field of the 呈报单 make it another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from agenda.items.gates import DETAILS, PAPERS
from agenda.items.lines import Mark
from agenda.items.models import Attachment, CheckOpinion, Conclusion, Item, ItemDraft, MajorKind, Signature
from agenda.items.services.accept_item import accept_item
from agenda.items.services.add_attachment import add_attachment
from agenda.items.services.confirm_opinion import confirm_opinion
from agenda.items.services.record_opinion import record_opinion
from agenda.items.services.remove_attachment import remove_attachment
from agenda.items.services.save_draft import save_draft
from agenda.items.services.sign_item import sign_item
from agenda.items.services.start_item import start_item
from agenda.items.services.submit_item import submit_item
from agenda.items.standing import standing_of
from agenda.rules.models import CheckKind, Handling, MatterKind, SignRoute
from committee.division.questions import leaders_in_charge
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common import clock
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.outbox.models import Event
from common.records.models import ChainHead
from tests.support.cast import District
from tests.support.told import story

PASSES = {
    CheckKind.RESEARCH: Conclusion.SUFFICIENT,
    CheckKind.EXPERT: Conclusion.FEASIBLE,
    CheckKind.RISK: Conclusion.LOW,
    CheckKind.LEGAL: Conclusion.LAWFUL,
    CheckKind.PLAN: Conclusion.PRESENT,
}


@contextmanager
def nothing_changes(item: Item) -> Iterator[None]:
    """Inside, whatever is refused: the item, its records, the audit log and the chain stay as they were."""
    before = _trace(item)
    yield
    assert _trace(item) == before


def _trace(item: Item) -> tuple[object, ...]:
    row = Item.objects.get(pk=item.pk)
    draft = ItemDraft.objects.get(item=row)
    papers = list(row.attachments.values_list("pk", "removed_at"))
    kinds = (row.versions, row.signatures, row.opinions, row.waivers, row.clearances, row.changes, row.grants)
    counts = [rows.count() for rows in (*kinds, row.urgent_requests, row.urgent_approvals)]
    head = ChainHead.objects.get()
    audits, events = AuditEntry.objects.count(), Event.objects.count()
    return row.state, row.number, row.filed_on, draft.content, draft.revision, papers, counts, head.seq, audits, events


def pdf(text: str = "材料") -> bytes:
    """Bytes that are a PDF by content; different texts give different digests."""
    return b"%PDF-1.4\n% " + text.encode() + b"\n%%EOF\n"


def matter(name: str = "重大项目") -> MatterKind:
    return MatterKind.objects.on(clock.today()).get(name=name)


def liaison_of(district: District, unit: Unit) -> Actor:
    """The unit's 议题联络员 as one who acts."""
    return district.actor(RoleAssignment.objects.holders(Role.ITEM_LIAISON, clock.today()).get(unit=unit).person.name)


def school_sheet(district: District, **changes: Any) -> dict[str, Any]:
    """The 呈报单 of 城东学校; `unit` and `attendants` by short name, `matter_kind` and `leader` by name."""
    unit = district.unit(changes.pop("unit", "教体局"))
    leader = changes.pop("leader", None)
    in_charge = [district.person(leader)] if leader else leaders_in_charge(unit.pk, clock.today())
    sheet: dict[str, Any] = {
        "title": "关于新建城东学校的请示",
        "unit": unit.pk,
        "matter_kind": matter(changes.pop("matter_kind", "重大项目")).pk,
        "major_kinds": [MajorKind.PROJECT.value],
        "amount": "1.8亿元",
        "leader": in_charge[0].pk if in_charge else None,
        "reason": "城东片区近三年新增常住人口1.9万人，学位缺口2,160个，拟新建九年一贯制学校一所。",
        "matters": ["同意新建城东学校，总投资1.8亿元", "由教体局牵头，2028年8月31日前竣工"],
        "coordination": "已征求发改局、财政局、自然资源局、住建局意见，均无不同意见。",
        "presenter": "林知微",
        "minutes": 10,
        "attendants": [district.unit(name).pk for name in changes.pop("attendants", ("发改局", "财政局"))],
    }
    return sheet | changes


@story
def drafted_item(district: District, **sheet: Any) -> Item:
    """A complete draft of the unit's liaison; with 政府常务会议纪要 where the government's route will ask for it."""
    content = school_sheet(district, **sheet)
    unit = Unit.objects.get(pk=content["unit"])
    liaison = liaison_of(district, unit)
    item = start_item(actor=liaison, unit=unit)
    save_draft(actor=liaison, item=item, content=content, revision=0)
    if needs_government_minutes(unit, content.get("handling", Handling.DISCUSS)):
        add_attachment(
            actor=liaison,
            item=item,
            name="政府常务会议纪要.pdf",
            data=pdf(f"政府常务会议纪要 {content['title']}"),
            kind=Attachment.Kind.GOVERNMENT_MINUTES,
        )
    return Item.objects.get(pk=item.pk)


def needs_government_minutes(unit: Unit, handling: str) -> bool:
    asking = SignRoute.objects.exclude(required_attachment="")
    return any(unit.kind in route.unit_kinds and handling in route.handlings for route in asking)


@story
def filed_item(district: District, **sheet: Any) -> Item:
    """已呈报: numbered, version 1 frozen."""
    item = drafted_item(district, **sheet)
    submit_item(actor=liaison_of(district, item.unit), item=item)
    return Item.objects.get(pk=item.pk)


@story
def accepted_item(district: District, **sheet: Any) -> Item:
    """会前把关, or 签批 where no check is needed."""
    item = filed_item(district, **sheet)
    accept_item(actor=district.office, item=item)
    return Item.objects.get(pk=item.pk)


@story
def vetted_item(district: District, **sheet: Any) -> Item:
    """签批: every check the rules ask for has passed."""
    item = accepted_item(district, **sheet)
    for check in standing_of(item).checks:
        conclude(district, item, check.kind, actor=district.actor(check.holders[0].name))
    return Item.objects.get(pk=item.pk)


@story
def ready_item(district: District, **sheet: Any) -> Item:
    """待上会: signed by everybody on its route, with its clearance."""
    item = vetted_item(district, **sheet)
    sign_on(district, item)
    return Item.objects.get(pk=item.pk)


@story
def heard_item(district: District, **sheet: Any) -> Item:
    """待上会, to be heard only: no check was needed."""
    return ready_item(
        district,
        **{
            "title": "关于2026年全面从严治党情况的报告",
            "unit": "区纪委",
            "matter_kind": "党建与从严治党",
            "handling": Handling.HEAR.value,
            "major_kinds": [],
            "amount": "",
            "presenter": "韩立岑",
        }
        | sheet,
    )


def reviewer_of(district: District, item: Item, kind: str) -> Actor:
    """The first who may conclude this check."""
    check = standing_of(item).check(kind)
    assert check is not None
    return district.actor(check.holders[0].name)


def full_file(kind: str) -> dict[str, Any]:
    """What a complete file of a check holds."""
    return {
        "summary": "材料齐全，情况属实。",
        "details": {detail.key: f"{detail.label}：已办" for detail in DETAILS[kind]},
        "papers": {paper.key: [(f"{paper.label}.pdf", pdf(paper.label))] for paper in PAPERS[kind] if paper.required},
    }


def conclude(district: District, item: Item, kind: str, conclusion: str | None = None, **changes: Any) -> CheckOpinion:
    """Its reviewer concludes a check on the current version, passing unless said otherwise."""
    item = Item.objects.get(pk=item.pk)
    assert item.current_version is not None
    return record_opinion(
        actor=changes.pop("actor", None) or reviewer_of(district, item, kind),
        item=item,
        kind=kind,
        conclusion=conclusion or PASSES[CheckKind(kind)],
        digest=item.current_version.digest,
        **full_file(kind) | changes,
    )


@story
def sign_next(district: District, item: Item, **given: Any) -> Signature:
    """Whoever's turn it is signs."""
    item = Item.objects.get(pk=item.pk)
    turn = standing_of(item).turn
    assert turn is not None and turn.person is not None and item.current_version is not None
    return sign_item(actor=district.actor(turn.person.name), item=item, digest=item.current_version.digest, **given)


@story
def sign_on(district: District, item: Item, until: str = "") -> Item:
    """The route's signers sign in order, all of them or up to the step before the office `until`."""
    item = Item.objects.get(pk=item.pk)
    for line in standing_of(item).signatures:
        if line.step.office == until:
            break
        if line.mark is not Mark.DONE:
            assert line.person is not None
            sign_item(actor=district.actor(line.person.name), item=item, digest=item.version.digest)
    return Item.objects.get(pk=item.pk)


@story
def accept(district: District, item: Item) -> Item:
    """秘书科 accepts it (again)."""
    return accept_item(actor=district.office, item=Item.objects.get(pk=item.pk))


def confirm_all(district: District, item: Item) -> None:
    """Every reviewer confirms his earlier conclusion on the current version."""
    item = Item.objects.get(pk=item.pk)
    for check in standing_of(item).checks:
        reviewer = district.actor(check.holders[0].name)
        confirm_opinion(actor=reviewer, item=item, kind=check.kind, digest=item.version.digest)


def replace_paper(district: District, item: Item, name: str) -> None:
    """The liaison changes the 政府常务会议纪要 among the item's working papers."""
    liaison, old = liaison_of(district, item.unit), item.attachments.get(removed_at=None)
    remove_attachment(actor=liaison, attachment=old)
    add_attachment(actor=liaison, item=item, name=name, data=pdf(name), kind=old.kind)
