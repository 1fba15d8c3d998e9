"""An entry may also be heard or deferred; and a meeting closes only when each has its end."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from agenda.items.models import Item
from agenda.items.services.revise_item import revise_item
from agenda.meetings.models import AgendaEntry, EntryItem, Meeting
from agenda.meetings.services.plan_meeting import plan_meeting
from agenda.meetings.services.schedule_item import schedule_item
from common.outbox.models import Event
from common.services import NotAllowed, Refused
from decisions.hall.models import Sitting
from decisions.hall.services.close_meeting import close_meeting
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.outcomes.services.hear_entry import hear_entry
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from tests.decisions.hall_story import begun_entry, entry_of, first_question, recorded_round, sitting_with
from tests.support.cast import District
from tests.support.stories import heard_item, ready_item


def test_a_heard_entry_ends_without_a_vote(district: District) -> None:
    sitting = sitting_with(district, heard_item(district))
    entry = begin_entry(actor=district.office, entry=entry_of(sitting))
    with pytest.raises(NotAllowed):
        hear_entry(actor=district.secretary, entry=entry)
    hear_entry(actor=district.office, entry=entry)
    assert AgendaEntry.objects.get().state == "heard"
    assert Item.objects.get().state == "heard"
    assert Event.objects.filter(kind="entry.heard").exists()


def test_a_matter_to_decide_is_not_merely_heard(district: District) -> None:
    entry = begun_entry(district)
    with pytest.raises(Refused, match="须讨论决定，不能只听取"):
        hear_entry(actor=district.office, entry=entry)
    assert AgendaEntry.objects.get().state == "discussing"


def test_a_deferred_item_goes_back_to_the_store_and_may_come_up_again(district: District) -> None:
    entry = begun_entry(district)
    for reason, todo, sentence in (("", "财政局补充", "缓议须写明理由"), ("资金未落实", " ", "请写明由谁做什么")):
        with pytest.raises(Refused, match=sentence):
            defer_entry(actor=district.office, entry=entry, reason=reason, todo=todo)
    defer_entry(actor=district.office, entry=entry, reason="资金未落实", todo="财政局补充资金方案。")
    item = Item.objects.get()
    assert item.state == "ready"
    assert item.changes.last().reason == ("区委常委会第21次会议缓议。理由：资金未落实。下一步：财政局补充资金方案。")
    assert not EntryItem.objects.get().active
    assert AgendaEntry.objects.get().changes.last().reason == "资金未落实。财政局补充资金方案。"
    meeting = entry.meeting
    later = plan_meeting(
        actor=district.office,
        body=meeting.body,
        starts_at=meeting.starts_at.replace(month=12, day=10),
        place=meeting.place,
    )
    schedule_item(actor=district.office, meeting=later, item=item)
    assert Item.objects.get().state == "scheduled"


def test_what_was_carried_or_is_being_voted_on_is_not_deferred(district: District) -> None:
    entry = begun_entry(district)
    agree_orally(actor=district.office, question=first_question(entry))
    with pytest.raises(Refused, match="已有事项表决通过，不能整项缓议"):
        defer_entry(actor=district.office, entry=entry, reason="再研究", todo="教体局再研究")
    with pytest.raises(NotAllowed):
        defer_entry(actor=district.mayor, entry=entry, reason="再研究", todo="教体局再研究")
    assert Item.objects.get().state == "scheduled"


def test_an_open_vote_stops_a_deferral(district: District) -> None:
    entry = begun_entry(district)
    recorded_round(district, entry)
    with pytest.raises(Refused, match="本项的表决还没有结束"):
        defer_entry(actor=district.office, entry=entry, reason="再研究", todo="教体局再研究")


def test_an_undecided_entry_keeps_the_meeting_open(district: District) -> None:
    sitting = sitting_with(district, ready_item(district), heard_item(district))
    with pytest.raises(Refused, match="「关于新建城东学校的请示」、「关于2026年全面从严治党情况的报告」还没有结果"):
        close_meeting(actor=district.office, meeting=sitting.meeting)
    with pytest.raises(DatabaseError, match="还有未议决的议程，不能散会"), transaction.atomic():
        connection.cursor().execute("UPDATE agenda_meeting SET state = 'closed'")
    assert Meeting.objects.get().state == "in_session"
    assert Sitting.objects.get().closed_at is None


def test_when_all_have_their_end_it_closes_once(district: District) -> None:
    sitting = sitting_with(district, ready_item(district), heard_item(district))
    defer_entry(actor=district.office, entry=entry_of(sitting, 1), reason="资金未落实", todo="财政局补充")
    hear_entry(actor=district.office, entry=begin_entry(actor=district.office, entry=entry_of(sitting, 2)))
    with pytest.raises(NotAllowed):
        close_meeting(actor=district.secretary, meeting=sitting.meeting)
    close_meeting(actor=district.office, meeting=sitting.meeting)
    assert Meeting.objects.get().state == "closed"
    assert Sitting.objects.get().closed_at is not None
    assert Event.objects.get(kind="meeting.closed").subject_id == sitting.meeting_id
    with pytest.raises(Refused, match="已经散会"):
        close_meeting(actor=district.office, meeting=sitting.meeting)


def test_an_entry_without_questions_is_not_decided(district: District) -> None:
    sitting = sitting_with(district, ready_item(district))
    entry = begin_entry(actor=district.office, entry=entry_of(sitting))
    entry.questions.update(dropped_at=sitting.opened_at)
    with pytest.raises(Refused, match="本项没有议决事项"):
        decide_entry(actor=district.office, entry=entry, matters=[])


def test_the_unit_reads_at_the_top_of_its_item_why_it_was_put_off_and_who_does_what(district: District) -> None:
    entry = begun_entry(district)
    defer_entry(actor=district.office, entry=entry, reason="资金未落实", todo="财政局补充资金方案")
    item = entry.entry_items.get().item
    for name in ("梁思齐", "沈砚清"):
        page = district.client(name).get(reverse("agenda:item_detail", args=[item.pk])).content.decode()
        top = page[page.index("上次为什么没有议成") : page.index("可以上会")]
        assert "区委常委会第21次会议缓议。理由：资金未落实。下一步：财政局补充资金方案。" in top
    revise_item(actor=district.liaison, item=item, reason="补充资金方案")
    page = district.client("梁思齐").get(reverse("agenda:item_detail", args=[item.pk])).content.decode()
    assert "理由：资金未落实。下一步：财政局补充资金方案。" in page
