"""What no service, page, import or shell gets past: the database refuses it, by raw SQL and through the ORM."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from agenda.items.models import (
    Attachment,
    CheckOpinion,
    CheckWaiver,
    Clearance,
    Item,
    ItemVersion,
    Signature,
    VersionAttachment,
)
from agenda.items.workflow import ItemState
from agenda.meetings.models import AgendaEntry, EntryItem
from common import clock
from common.records.chain import seal
from tests.support import stories
from tests.support.cast import District
from tests.support.meetings import planned_meeting

REFUSED = (IntegrityError, DatabaseError)


def refused(statement: str, *values: object) -> str:
    """Run it and give back what the database said; fail where it let it pass."""
    with pytest.raises(REFUSED) as said, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(said.value)


def forged_clearance(district: District, item: Item, **changes: object) -> Clearance:
    """A clearance written past every service."""
    version = item.version
    record = seal("clearance/1", item, {}, actor=district.office)
    fields = {
        "committee": district.committee,
        "item": item,
        "version": version,
        "digest": version.digest,
        "rule_set": version.rule_set,
        "cleared_at": clock.now(),
        "record": record,
    }
    with transaction.atomic():
        return Clearance.objects.create(**fields | changes)


def test_a_clearance_without_signatures_is_refused(district: District) -> None:
    item = stories.vetted_item(district)
    with pytest.raises(REFUSED, match="还差 5 道签字"):
        forged_clearance(district, item)
    assert not Clearance.objects.exists()


def test_a_clearance_without_its_checks_is_refused(district: District) -> None:
    item = stories.accepted_item(district)
    sign_all(district, item)
    with pytest.raises(REFUSED, match="还差 5 项前置程序"):
        forged_clearance(district, item)


@pytest.mark.parametrize(("kind", "conclusion"), [("risk", "high"), ("risk", "middle"), ("legal", "lawful_if_changed")])
def test_a_clearance_against_a_conclusion_is_refused(district: District, kind: str, conclusion: str) -> None:
    item = stories.accepted_item(district)
    for other in stories.PASSES.keys() - {kind}:
        stories.conclude(district, item, other)
    stories.conclude(district, item, kind, conclusion)
    sign_all(district, item)
    with pytest.raises(REFUSED, match="结论不允许上会"):
        forged_clearance(district, item)


def test_a_clearance_for_an_older_version_is_refused(district: District) -> None:
    item = stories.ready_item(district)
    first = item.version
    from agenda.items.services.revise_item import revise_item

    item = revise_item(actor=district.liaison, item=item, reason="改")
    with pytest.raises(REFUSED, match="放行须对应议题的当前稿"):
        forged_clearance(district, item, version=first, digest=first.digest)


def test_a_clearance_does_not_outlive_its_checks(district: District) -> None:
    item = stories.ready_item(district)
    with pytest.raises(REFUSED, match="有效期须是"):
        forged_clearance(district, item, valid_until=None)


def test_an_item_is_not_made_a_mere_hearing_to_escape_its_checks(district: District) -> None:
    item = stories.vetted_item(district)
    for column, value in (
        ("handling", "convey"), ("matter_kind_id", stories.matter("党建与从严治党").pk), ("target_body", "plenary"),
        ("title", "别的"), ("amount", 1), ("leader_id", None), ("urgent", True),
    ):  # fmt: skip
        said = refused(f"UPDATE agenda_item SET {column} = %s WHERE id = %s", value, item.pk)
        assert "只能随新稿改动" in said
    with pytest.raises(REFUSED, match="只能随新稿改动"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(handling="hear")
    with pytest.raises(REFUSED, match="不能没有当前稿"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(current_version=None)


def test_an_older_version_is_not_made_current_again(district: District) -> None:
    item = stories.filed_item(district)
    first = item.version
    from agenda.items.services.revise_item import revise_item

    revise_item(actor=district.liaison, item=item, reason="改")
    with pytest.raises(REFUSED, match="最新一稿"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(current_version=first)


def test_a_version_is_what_the_chain_holds(district: District) -> None:
    item = stories.filed_item(district)
    first = item.version
    content = first.content | {"sheet": first.content["sheet"] | {"handling": "convey"}}
    record = seal("item_version/1", item, {"no": 2, "content": first.content}, actor=district.liaison)
    with pytest.raises(REFUSED, match="须与存证一致"), transaction.atomic():
        ItemVersion.objects.create(
            committee=district.committee, item=item, no=2, content=content, digest=record.payload_digest,
            rule_set=first.rule_set, route=first.route, leader=first.leader, submitted_at=clock.now(),
            submitted_by=district.liaison.person, record=record,
        )  # fmt: skip


def test_records_are_not_edited_or_removed(district: District) -> None:
    item = stories.ready_item(district)
    for table in ("itemversion", "signature", "checkopinion", "clearance", "itemchange", "versionattachment"):
        refused(f"UPDATE agenda_{table} SET committee_id = committee_id")
        refused(f"DELETE FROM agenda_{table}")
    for rows in (ItemVersion, Signature, CheckOpinion, Clearance):
        with pytest.raises(REFUSED), transaction.atomic():
            rows.objects.filter(item=item).delete()


def test_a_file_is_not_swapped_under_a_version(district: District) -> None:
    item = stories.filed_item(district)
    other = stories.filed_item(district, title="另一议题")
    paper = item.attachments.get()
    assert "不能更换内容" in refused(
        "UPDATE agenda_attachment SET file_id = %s WHERE id = %s", other.attachments.get().file_id, paper.pk
    )
    stranger = Attachment.objects.create(
        committee=district.committee, item=item, file=paper.file, added_at=clock.now(), added_by=district.head.person
    )
    with pytest.raises(REFUSED, match="不在这一稿的存证之中"), transaction.atomic():
        VersionAttachment.objects.create(committee=district.committee, version=item.version, attachment=stranger)


def forged_opinion(district: District, item: Item, **changes: object) -> CheckOpinion:
    fields = {
        "committee": district.committee,
        "item": item,
        "version": item.version,
        "kind": "legal",
        "conclusion": "lawful",
        "summary": "合法",
        "reviewer": district.lawyer.person,
        "done_on": clock.today(),
        "valid_until": clock.today(),
        "recorded_at": clock.now(),
        "record": seal("check_opinion/1", item, {}, actor=district.lawyer),
    }
    with transaction.atomic():
        return CheckOpinion.objects.create(**fields | changes)


def test_a_conclusion_fits_its_check_and_its_item(district: District) -> None:
    item, other = stories.filed_item(district), stories.filed_item(district)
    with pytest.raises(REFUSED, match="conclusion_fits_check"):
        forged_opinion(district, item, conclusion="low")
    with pytest.raises(REFUSED, match="意见须写在本议题的一稿上"):
        forged_opinion(district, item, version=other.version)


def test_a_required_check_is_not_waived_past_the_service(district: District) -> None:
    item = stories.accepted_item(district)
    for kind in stories.PASSES.keys() - {"legal"}:
        stories.conclude(district, item, kind)
    CheckWaiver.objects.create(
        committee=district.committee, item=item, version=item.version, kind="legal", reason="赶时间",
        granted_by=district.director.person, recorded_at=clock.now(),
        record=seal("check_waiver/1", item, {}, actor=district.director),
    )  # fmt: skip
    sign_all(district, item)
    with pytest.raises(REFUSED, match="还差 1 项前置程序"):
        forged_clearance(district, item)


def forged_signature(district: District, item: Item, **changes: object) -> Signature:
    step = changes.pop("step", None) or item.version.route.steps.first()
    fields = {
        "committee": district.committee,
        "item": item,
        "version": item.version,
        "step": step,
        "verdict": "approve",
        "signer": district.head.person,
        "digest": item.version.digest,
        "signed_on": clock.today(),
        "signed_at": clock.now(),
        "record": seal("signature/1", item, {}, actor=district.head),
    }
    with transaction.atomic():
        return Signature.objects.create(**fields | changes)


def sign_all(district: District, item: Item) -> None:
    """Signatures on every step, past the services: the database does not know whose turn it is, the services do."""
    for step in item.version.route.steps.all():
        forged_signature(district, item, step=step)


def test_a_signature_binds_the_digest_and_the_route(district: District) -> None:
    item, informed = stories.filed_item(district), stories.heard_item(district)
    for changes in (
        {"digest": "0" * 64},
        {"step": informed.version.route.steps.first()},
        {"version": informed.version},
    ):
        with pytest.raises(REFUSED, match="签字须签在本议题这一稿"):
            forged_signature(district, item, **changes)
    forged_signature(district, item)
    with pytest.raises(REFUSED, match="step_signed_once"):
        forged_signature(district, item)
    with pytest.raises(REFUSED, match="paper_signature_has_scan"):
        forged_signature(district, item, medium="paper", step=item.version.route.steps.last())


def test_an_item_is_born_a_draft(district: District) -> None:
    with pytest.raises(REFUSED, match="只能从状态 draft 开始"), transaction.atomic():
        item = Item(
            committee=district.committee, title="直接上会", unit=district.unit("教体局"),
            created_by=district.liaison.person, created_at=clock.now(),
        )  # fmt: skip
        item.__dict__["state"] = ItemState.READY
        item.save()
    assert not Item.objects.exists()


def test_no_agenda_without_a_clearance_for_the_current_version(district: District) -> None:
    meeting = planned_meeting(district, "2026-11-26 15:00")
    ready, draft = stories.ready_item(district), stories.drafted_item(district, title="未把关的议题")
    clearance = ready.clearances.get()
    entry = AgendaEntry.objects.create(
        committee=district.committee, meeting=meeting, position=1, title="一", handling="discuss"
    )
    for item in (draft, stories.vetted_item(district, title="未签齐的议题")):
        with pytest.raises(REFUSED, match="当前稿的放行凭证"), transaction.atomic():
            EntryItem.objects.create(committee=district.committee, entry=entry, item=item, clearance=clearance)
    from agenda.items.services.revise_item import revise_item

    revise_item(actor=district.liaison, item=ready, reason="改")
    with pytest.raises(REFUSED, match="当前稿的放行凭证"), transaction.atomic():
        EntryItem.objects.create(committee=district.committee, entry=entry, item=ready, clearance=clearance)
    assert not EntryItem.objects.exists()
