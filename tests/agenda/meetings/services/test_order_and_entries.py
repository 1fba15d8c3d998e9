"""reorder_entries, set_entry, set_attendants, remove_entry: the agenda before the meeting opens."""

import pytest

from agenda.items.models import Item
from agenda.items.workflow import ItemState
from agenda.meetings.models import AgendaEntry, Attendant, EntryItem, Meeting
from agenda.meetings.order import moved, order_mark
from agenda.meetings.programme import load_programme
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.remove_entry import remove_entry
from agenda.meetings.services.reorder_entries import reorder_entries
from agenda.meetings.services.set_attendants import set_attendants
from agenda.meetings.services.set_entry import set_entry
from agenda.meetings.workflow import EntryState, MeetingState
from common.audit.models import AuditEntry
from common.clock import SHANGHAI
from common.numbers.models import IssuedNumber
from common.services import Conflict, NotAllowed, Refused
from tests.support.meetings import on_agenda, planned_meeting
from tests.support.stories import heard_item
from tests.support.told import story


@story
def three_reports(district) -> Meeting:
    """A meeting of three entries: 甲, 乙, 丙."""
    meeting = planned_meeting(district)
    on_agenda(district, meeting, *(heard_item(district, title=f"关于{name}的报告") for name in "甲乙丙"))
    return meeting


@pytest.fixture
def meeting(district) -> Meeting:
    return three_reports(district)


def titles(meeting) -> str:
    return "".join(entry.title[2] for entry in AgendaEntry.objects.filter(meeting=meeting).on_agenda())


def ids(meeting) -> list[int]:
    return [entry.pk for entry in AgendaEntry.objects.filter(meeting=meeting).on_agenda()]


def test_times_run_on_in_the_new_order(district, meeting) -> None:
    first, second, third = ids(meeting)
    set_entry(actor=district.office, entry=AgendaEntry.objects.get(pk=third), minutes=40, presenter="韩立岑")
    reorder_entries(
        actor=district.office, meeting=meeting, order=[third, first, second], mark=order_mark([first, second, third])
    )
    assert titles(meeting) == "丙甲乙"
    lines = load_programme(meeting).lines
    assert [f"{line.starts_at.astimezone(SHANGHAI):%H:%M}" for line in lines] == ["15:00", "15:40", "15:50"]
    assert AuditEntry.objects.filter(verb="reorder_entries", subject_id=meeting.pk).exists()


def test_who_saw_an_older_order_is_told_and_nothing_changes(district, meeting) -> None:
    before = ids(meeting)
    seen = order_mark(before)
    reorder_entries(actor=district.office, meeting=meeting, order=before[::-1], mark=seen)
    with pytest.raises(Conflict, match="议程已由他人改动") as conflict:
        reorder_entries(actor=district.director, meeting=meeting, order=[before[1], before[0], before[2]], mark=seen)
    assert [entry.pk for entry in conflict.value.theirs] == before[::-1]
    assert ids(meeting) == before[::-1]


@pytest.mark.parametrize("order", [[], [1], "once", "twice"])
def test_an_order_that_is_not_the_agenda_is_refused(district, meeting, order) -> None:
    before = ids(meeting)
    wrong = {"once": before[:-1], "twice": [*before, before[0]]}.get(order, order) if isinstance(order, str) else order
    with pytest.raises(Conflict):
        reorder_entries(actor=district.office, meeting=meeting, order=wrong, mark=order_mark(before))
    assert ids(meeting) == before


def test_a_unit_may_not_order_the_agenda(district, meeting) -> None:
    before = ids(meeting)
    with pytest.raises(NotAllowed):
        reorder_entries(actor=district.liaison, meeting=meeting, order=before[::-1], mark=order_mark(before))
    assert ids(meeting) == before


def test_one_step_up_or_down() -> None:
    assert moved([1, 2, 3], 2, up=True) == [2, 1, 3]
    assert moved([1, 2, 3], 2, up=False) == [1, 3, 2]
    assert moved([1, 2, 3], 1, up=True) == [1, 2, 3]


def test_minutes_stay_within_a_day_s_reason(district, meeting) -> None:
    entry = AgendaEntry.objects.filter(meeting=meeting).on_agenda().first()
    with pytest.raises(Refused, match="1 至 480"):
        set_entry(actor=district.office, entry=entry, minutes=0, presenter="")
    entry.refresh_from_db()
    assert entry.minutes == 10


def test_removing_an_entry_gives_its_item_back_and_closes_the_gap(district, meeting) -> None:
    second = AgendaEntry.objects.get(pk=ids(meeting)[1])
    item = second.entry_items.get().item
    remove_entry(actor=district.office, entry=second, reason="材料待补充")
    assert titles(meeting) == "甲丙"
    assert list(AgendaEntry.objects.filter(meeting=meeting).on_agenda().values_list("position", flat=True)) == [1, 2]
    item = Item.objects.get(pk=item.pk)
    assert item.state == ItemState.READY
    assert item.changes.last().reason == "材料待补充"
    second.refresh_from_db()
    assert (second.state, second.position) == (EntryState.REMOVED, None)


def test_removing_needs_a_reason_and_the_office(district, meeting) -> None:
    entry = AgendaEntry.objects.get(pk=ids(meeting)[0])
    with pytest.raises(Refused, match="须写明理由"):
        remove_entry(actor=district.office, entry=entry, reason=" ")
    with pytest.raises(NotAllowed):
        remove_entry(actor=district.head, entry=entry, reason="不想上会")
    assert titles(meeting) == "甲乙丙"


def test_a_cancelled_meeting_shows_its_number_and_gives_its_items_back(district, meeting) -> None:
    with pytest.raises(Refused, match="须写明理由"):
        cancel_meeting(actor=district.office, meeting=meeting, reason="")
    with pytest.raises(NotAllowed):
        cancel_meeting(actor=district.secretary, meeting=meeting, reason="与市里会议冲突")
    cancel_meeting(actor=district.office, meeting=meeting, reason="与市里会议冲突")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    assert set(Item.objects.values_list("state", flat=True)) == {ItemState.READY}
    assert not EntryItem.objects.filter(active=True).exists()
    number = IssuedNumber.objects.get(pk=meeting.term_number_id)
    assert (number.number, number.cancel_reason) == (21, "与市里会议冲突")
    assert planned_meeting(district).term_number.number == 22


def test_attendants_are_units_or_people_but_no_members(district, meeting) -> None:
    entry = AgendaEntry.objects.get(pk=ids(meeting)[0])
    set_attendants(
        actor=district.office,
        meeting=meeting,
        entry=entry,
        units=[district.unit("财政局")],
        people=[district.person("郑伯庸")],
    )
    assert Attendant.objects.filter(entry=entry).count() == 2
    with pytest.raises(Refused, match="程望舒是区委常委会成员，属于出席"):
        set_attendants(actor=district.office, meeting=meeting, entry=entry, people=[district.person("程望舒")])
    assert Attendant.objects.filter(entry=entry).count() == 2
    with pytest.raises(NotAllowed):
        set_attendants(actor=district.head, meeting=meeting, entry=entry)
    set_attendants(actor=district.office, meeting=meeting, people=[district.person("姚静川")])
    assert Attendant.objects.filter(meeting=meeting, entry=None).get().person.name == "姚静川"
    assert Attendant.objects.filter(entry=entry).count() == 2
