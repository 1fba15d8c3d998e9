"""schedule_item and join_items: only what is cleared, meant for this body and filed in time."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from agenda.items.models import Clearance, Item
from agenda.items.services.accept_item import accept_item
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from agenda.items.services.withdraw_item import withdraw_item
from agenda.items.workflow import ItemState
from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.meetings.services.join_items import join_items
from agenda.meetings.services.remove_entry import remove_entry
from agenda.meetings.services.schedule_item import schedule_item, schedule_items
from agenda.rules.models import MatterKind, Nature
from committee.bodies.models import Body
from common.audit.models import AuditEntry
from common.services import NotAllowed, Refused
from tests.support.meetings import call, on_agenda, planned_meeting
from tests.support.stories import conclude, heard_item, liaison_of, ready_item, sign_on, vetted_item


def again(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def test_a_ready_item_becomes_an_entry_with_what_its_sheet_proposes(district) -> None:
    meeting = planned_meeting(district)
    item = ready_item(district)
    entry = schedule_item(actor=district.office, meeting=meeting, item=item)
    assert (entry.position, entry.title, entry.minutes, entry.presenter) == (1, "关于新建城东学校的请示", 10, "林知微")
    assert [one.unit.short_name for one in entry.attendants.all()] == ["发改局", "财政局"]
    assert entry.entry_items.get().clearance == Clearance.objects.get(item=item)
    assert again(item).state == ItemState.SCHEDULED
    change = again(item).changes.last()
    assert (change.verb, change.reason) == ("schedule", "区委常委会第21次会议")
    assert AuditEntry.objects.filter(verb="schedule_item", subject_id=entry.pk).exists()


def test_several_items_are_listed_in_the_order_chosen_or_none_of_them(district) -> None:
    meeting, ready, report = planned_meeting(district), ready_item(district), heard_item(district)
    lacking = vetted_item(district, title="关于新建城西学校的请示")
    with pytest.raises(Refused, match="城西学校"):
        schedule_items(actor=district.office, meeting=meeting, items=[ready, lacking])
    with pytest.raises(Refused, match="还没有选议题"):
        schedule_items(actor=district.office, meeting=meeting, items=[])
    assert not AgendaEntry.objects.exists()
    entries = schedule_items(actor=district.office, meeting=meeting, items=[report, ready, report])
    assert [(entry.position, entry.title) for entry in entries] == [(1, report.title), (2, ready.title)]


@pytest.mark.parametrize("actor", ["secretary", "head", "liaison", "leader", "outsider"])
def test_only_the_general_office_lists_items(district, actor: str) -> None:
    meeting, item = planned_meeting(district), ready_item(district)
    with pytest.raises(NotAllowed):
        schedule_item(actor=getattr(district, actor), meeting=meeting, item=item)
    assert not AgendaEntry.objects.exists()
    assert again(item).state == ItemState.READY


def test_an_item_that_still_lacks_signatures_is_refused_with_who_has_it(district) -> None:
    meeting, item = planned_meeting(district), vetted_item(district)
    with pytest.raises(Refused) as refusal:
        schedule_item(actor=district.office, meeting=meeting, item=item)
    assert "还不是待上会" in refusal.value.message
    assert "现在等提出单位负责人林知微签批" in refusal.value.message
    assert not AgendaEntry.objects.exists()
    assert again(item).state == ItemState.SIGNING


def test_an_item_meant_for_another_body_is_refused(district) -> None:
    meeting = planned_meeting(district, "2026-11-30 09:00", body=Body.Kind.PLENARY)
    item = ready_item(district)
    with pytest.raises(Refused, match="呈报的是常委会，不能列入区委全委会"):
        schedule_item(actor=district.office, meeting=meeting, item=item)
    assert again(item).state == ItemState.READY


def test_an_item_filed_after_the_deadline_is_refused(district, clock) -> None:
    meeting, later = planned_meeting(district), planned_meeting(district, "2026-12-10 15:00")
    clock.set("2026-11-20 08:30")  # the deadline was the 19th
    item = ready_item(district)
    with pytest.raises(Refused, match="晚于这次会议的截止日11月19日"):
        schedule_item(actor=district.office, meeting=meeting, item=item)
    assert again(item).state == ItemState.READY
    schedule_item(actor=district.office, meeting=later, item=item)
    assert again(item).state == ItemState.SCHEDULED


def test_a_clearance_that_has_lapsed_by_the_day_is_refused(district, clock) -> None:
    item = ready_item(district)
    meeting = planned_meeting(district, "2027-11-25 15:00")
    with pytest.raises(Refused, match="到期，到开会那天已经失效"):
        schedule_item(actor=district.office, meeting=meeting, item=item)
    assert again(item).state == ItemState.READY


def renewed_item(district) -> Item:
    """Cleared twice on one version: the legal review was done anew, with an earlier end."""
    item = ready_item(district)
    conclude(district, item, "legal", done_on=date(2026, 1, 20))
    assert again(item).clearances.count() == 2
    return again(item)


def test_of_two_clearances_of_a_version_the_newest_counts(district) -> None:
    meeting, item = planned_meeting(district), renewed_item(district)
    first, newest = item.clearances.order_by("pk")
    entry = schedule_item(actor=district.office, meeting=meeting, item=item)
    assert (first.valid_until, newest.valid_until) == (date(2027, 11, 16), date(2027, 1, 20))
    assert entry.entry_items.get().clearance == newest


def test_a_renewed_clearance_that_lapses_earlier_is_the_one_asked(district) -> None:
    meeting, item = planned_meeting(district, "2027-02-25 15:00"), renewed_item(district)
    with pytest.raises(Refused, match="到期，到开会那天已经失效"):
        schedule_item(actor=district.office, meeting=meeting, item=item)


def test_the_database_refuses_a_clearance_that_was_renewed(district) -> None:
    (entry,) = on_agenda(district, planned_meeting(district), heard_item(district))
    item = renewed_item(district)
    first, newest = item.clearances.order_by("pk")
    with pytest.raises(IntegrityError, match="须凭当前稿最新的放行凭证"):
        insert(entry, item, first.pk)
    insert(entry, item, newest.pk)


def test_no_item_stands_on_two_agendas(district) -> None:
    first, second = planned_meeting(district), planned_meeting(district, "2026-12-03 15:00")
    item = ready_item(district)
    schedule_item(actor=district.office, meeting=first, item=item)
    with pytest.raises(Refused, match="已列入"):
        schedule_item(actor=district.office, meeting=second, item=item)
    assert EntryItem.objects.filter(item=item).count() == 1


def test_cadre_matters_are_not_added_at_short_notice_and_show_only_their_words(district, clock) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, heard_item(district))
    cadre = ready_item(district, title="关于某某同志任职的请示")
    in_time = ready_item(district, title="关于另一同志任职的请示")
    MatterKind.objects.filter(pk=cadre.matter_kind_id).update(nature=Nature.CADRE)
    entry = schedule_item(actor=district.office, meeting=meeting, item=again(in_time))
    assert entry.title == "干部任免事项"
    call(district, meeting)
    clock.set("2026-11-26 08:30")
    with pytest.raises(Refused, match="干部任免事项不能临时增加"):
        schedule_item(actor=district.office, meeting=meeting, item=again(cadre))
    assert again(cadre).state == ItemState.READY


def test_joined_items_share_an_entry(district) -> None:
    meeting = planned_meeting(district)
    items = [ready_item(district), ready_item(district, title="关于新建城南学校的请示")]
    entry = join_items(actor=district.office, meeting=meeting, items=items)
    assert entry.title == "关于新建城东学校的请示等 2 个议题（合并审议）"
    assert entry.minutes == 20
    assert {again(item).state for item in items} == {ItemState.SCHEDULED}
    third = ready_item(district, title="关于新建城西学校的请示")
    entry = join_items(actor=district.office, meeting=meeting, items=[third], entry=entry)
    assert entry.title == "关于新建城东学校的请示等 3 个议题（合并审议）"
    assert AgendaEntry.objects.count() == 1


def test_items_dealt_with_in_different_ways_are_not_joined(district) -> None:
    meeting = planned_meeting(district)
    items = [ready_item(district), heard_item(district)]
    with pytest.raises(Refused, match="须是同一种审议方式"):
        join_items(actor=district.office, meeting=meeting, items=items)
    assert {again(item).state for item in items} == {ItemState.READY}


def test_a_removed_item_may_come_up_again(district) -> None:
    meeting = planned_meeting(district)
    item = ready_item(district)
    (entry,) = on_agenda(district, meeting, item)
    remove_entry(actor=district.office, entry=entry, reason="材料待补充")
    (entry,) = on_agenda(district, meeting, again(item))
    assert entry.position == 1
    assert list(item.entry_items.order_by("pk").values_list("active", flat=True)) == [False, True]


INSERT = (
    "INSERT INTO agenda_entryitem (committee_id, entry_id, item_id, clearance_id, active) VALUES (%s, %s, %s, %s, true)"
)


def insert(entry: AgendaEntry, item: Item, clearance: int | None) -> None:
    """Past every service, as a shell or an import would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [entry.committee_id, entry.pk, item.pk, clearance])


def test_the_database_refuses_an_item_without_a_clearance_of_its_own(district) -> None:
    (entry,) = on_agenda(district, planned_meeting(district), heard_item(district))
    foreign, item = entry.entry_items.get().clearance, ready_item(district)
    with pytest.raises(IntegrityError, match="须凭议题当前稿的放行凭证"), transaction.atomic():
        EntryItem.objects.create(committee=entry.committee, entry=entry, item=item, clearance=foreign)
    with pytest.raises(IntegrityError, match="须凭议题当前稿的放行凭证"):
        insert(entry, item, foreign.pk)
    with pytest.raises(IntegrityError):
        insert(entry, item, None)
    assert not EntryItem.objects.filter(item=item).exists()


def test_the_database_refuses_the_clearance_of_an_earlier_version(district) -> None:
    (entry,) = on_agenda(district, planned_meeting(district), ready_item(district))
    item = heard_item(district)
    old = Clearance.objects.get(item=item)
    liaison = liaison_of(district, item.unit)
    save_draft(actor=liaison, item=item, content=item.current_version.content["sheet"] | {"minutes": 8}, revision=1)
    revise_item(actor=liaison, item=item, reason="缩短汇报")
    accept_item(actor=district.office, item=again(item))
    item = sign_on(district, item)
    assert item.state == ItemState.READY
    with pytest.raises(IntegrityError, match="须凭议题当前稿的放行凭证"), transaction.atomic():
        EntryItem.objects.create(committee=entry.committee, entry=entry, item=item, clearance=old)
    with pytest.raises(IntegrityError, match="须凭议题当前稿的放行凭证"):
        insert(entry, item, old.pk)
    insert(entry, item, Clearance.objects.exclude(pk=old.pk).get(item=item).pk)


def test_the_database_refuses_an_item_that_was_taken_back(district) -> None:
    meeting = planned_meeting(district)
    (entry,) = on_agenda(district, meeting, ready_item(district))
    item = heard_item(district)
    withdraw_item(actor=liaison_of(district, item.unit), item=item, reason="合并到年底一并报告")
    with pytest.raises(IntegrityError, match="只有待上会的议题才能列入议程"):
        insert(entry, item, Clearance.objects.get(item=item).pk)


def test_the_database_refuses_a_clearance_that_ends_before_the_meeting(district) -> None:
    (entry,) = on_agenda(district, planned_meeting(district, "2027-11-25 15:00"), heard_item(district))
    item = ready_item(district)
    with pytest.raises(IntegrityError, match="放行凭证到开会那天已经过期"):
        insert(entry, item, Clearance.objects.get(item=item).pk)


def test_the_database_refuses_to_make_an_old_link_stand_again(district) -> None:
    meeting = planned_meeting(district)
    item = heard_item(district)
    (entry,) = on_agenda(district, meeting, item)
    link = entry.entry_items.get()
    remove_entry(actor=district.office, entry=entry, reason="材料待补充")
    withdraw_item(actor=liaison_of(district, item.unit), item=again(item), reason="不再报送")
    with pytest.raises(IntegrityError, match="只有待上会的议题才能列入议程"), transaction.atomic():
        EntryItem.objects.filter(pk=link.pk).update(active=True)
