"""Races on the real database: one item, two meetings; two planners; two orders; two rulings."""

from collections.abc import Callable
from threading import Barrier, Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from agenda.items.models import Item
from agenda.items.workflow import ItemState
from agenda.meetings.locks import lock_items, lock_meeting
from agenda.meetings.models import AgendaEntry, EntryItem, LeaveRuling, Meeting, MeetingNotice
from agenda.meetings.order import order_mark
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.change_meeting import change_meeting
from agenda.meetings.services.reorder_entries import reorder_entries
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from agenda.meetings.services.schedule_item import schedule_item
from agenda.meetings.services.send_notice import send_notice
from common.records.chain import first_break
from common.records.models import ChainHead, ChainRecord
from common.services import Refused
from common.tenancy.scope import committee_scope
from tests.support.meetings import called_meeting, moment, on_agenda, planned_meeting
from tests.support.stories import heard_item


@pytest.fixture
def at_once(committed_db, district) -> Callable[..., list[Any]]:
    """Runs acts in threads of their own that start together; gives what each returned or was refused with."""

    def run(*acts: Callable[[], Any]) -> list[Any]:
        start, answers = Barrier(len(acts)), [None] * len(acts)

        def one(place: int, act: Callable[[], Any]) -> None:
            try:
                with committee_scope(district.committee.pk):
                    start.wait()
                    answers[place] = act()
            except Refused as refusal:
                answers[place] = refusal
            finally:
                connections.close_all()

        threads = [Thread(target=one, args=pair) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert all(answer is not None for answer in answers), answers
        return answers

    return run


def refused(answers: list[Any]) -> list[Refused]:
    return [answer for answer in answers if isinstance(answer, Refused)]


def test_one_item_scheduled_into_two_meetings_stands_on_one(at_once, district) -> None:
    meetings = [planned_meeting(district), planned_meeting(district, "2026-12-03 15:00")]
    item = heard_item(district)
    answers = at_once(
        *(lambda m=meeting: schedule_item(actor=district.office, meeting=m, item=item) for meeting in meetings)
    )
    assert len(refused(answers)) == 1
    assert "已列入" in refused(answers)[0].message
    assert EntryItem.objects.filter(item=item, active=True).count() == 1
    assert AgendaEntry.objects.count() == 1


def test_listing_several_items_waits_for_all_of_them_before_it_takes_the_meeting(at_once, district) -> None:
    """Else two planners, each holding what the other waits for, would stop each other."""
    meeting = planned_meeting(district)
    items = [heard_item(district, title=f"关于{n}的报告") for n in "甲乙"]
    browser = district.client("周予安")
    held = Event()

    def list_both() -> Any:
        held.wait(20)
        address = reverse("agenda:meeting_schedule", args=[meeting.pk])
        return browser.post(address, {"item": [item.pk for item in items]})

    def hold_the_second() -> bool:
        with transaction.atomic(), connection.cursor() as cursor:
            lock_items([items[1].pk])
            held.set()
            until = monotonic() + 20
            while not waiting(cursor):
                assert monotonic() < until
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            lock_meeting(meeting)  # not taken by who still waits for an item
        return True

    answer, done = at_once(list_both, hold_the_second)
    assert (answer.status_code, done) == (302, True)
    assert set(AgendaEntry.objects.values_list("entry_items__item", flat=True)) == {item.pk for item in items}


def waiting(cursor: Any) -> bool:
    """Does somebody wait for this transaction to end?"""
    cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid")
    return cursor.fetchone() is not None


def test_four_planners_get_numbers_that_follow_each_other(at_once, district) -> None:
    answers = at_once(*(lambda d=day: planned_meeting(district, f"2026-12-0{d} 09:00") for day in (1, 2, 3, 4)))
    assert not refused(answers)
    found = Meeting.objects.with_names()
    assert sorted(meeting.term_number.number for meeting in found) == [21, 22, 23, 24]
    assert sorted(meeting.year_number.number for meeting in found) == [21, 22, 23, 24]


def test_two_meetings_are_not_moved_to_the_same_moment(at_once, district) -> None:
    meetings = [planned_meeting(district, at) for at in ("2026-11-26 15:00", "2026-12-10 15:00")]

    def move(meeting: Meeting) -> Meeting:
        return change_meeting(
            actor=district.office,
            meeting=meeting,
            starts_at=moment("2026-12-03 15:00"),
            place=meeting.place,
            chair=meeting.chair,
            kind=meeting.kind,
        )

    answers = at_once(*(lambda m=meeting: move(m) for meeting in meetings))
    assert len(refused(answers)) == 1
    assert Meeting.objects.filter(starts_at=moment("2026-12-03 15:00")).count() == 1


def test_a_form_sent_twice_plans_one_meeting(at_once, district) -> None:
    answers = at_once(*(lambda: planned_meeting(district) for _ in range(3)))
    assert len(refused(answers)) == 2
    assert Meeting.objects.with_names().get().term_number.number == 21


def test_an_item_scheduled_while_the_meeting_is_cancelled_is_not_lost(at_once, district) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, heard_item(district, title="关于甲的报告"))
    item = heard_item(district, title="关于乙的报告")
    at_once(
        lambda: schedule_item(actor=district.office, meeting=meeting, item=item),
        lambda: cancel_meeting(actor=district.office, meeting=meeting, reason="与市里会议冲突"),
    )
    meeting.refresh_from_db()
    states = set(Item.objects.values_list("state", flat=True))
    if meeting.state == "cancelled":
        assert states == {ItemState.READY}
        assert not EntryItem.objects.filter(active=True).exists()
    else:  # the cancelling was told to look again, because an item came in between
        assert states == {ItemState.SCHEDULED}
        assert EntryItem.objects.filter(active=True).count() == 2


def test_of_two_orders_one_stands(at_once, district) -> None:
    meeting = planned_meeting(district)
    a, b, c = (
        e.pk for e in on_agenda(district, meeting, *(heard_item(district, title=f"关于{n}的报告") for n in "甲乙丙"))
    )
    mark = order_mark([a, b, c])
    answers = at_once(
        lambda: reorder_entries(actor=district.office, meeting=meeting, order=[c, b, a], mark=mark),
        lambda: reorder_entries(actor=district.director, meeting=meeting, order=[b, a, c], mark=mark),
    )
    assert len(refused(answers)) == 1
    order = list(AgendaEntry.objects.filter(meeting=meeting).on_agenda().values_list("pk", flat=True))
    assert order in ([c, b, a], [b, a, c])


def test_a_notice_sent_twice_goes_out_once(at_once, district) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, heard_item(district))
    answers = at_once(*(lambda: send_notice(actor=district.office, meeting=meeting) for _ in range(2)))
    assert len(refused(answers)) == 1
    assert MeetingNotice.objects.count() == 1
    head = ChainHead.objects.get(committee=district.committee)
    assert first_break(ChainRecord.objects.order_by("seq"), head.seq, head.digest) is None


def test_a_leave_is_ruled_on_once(at_once, district) -> None:
    meeting = called_meeting(district, heard_item(district))
    reply = reply_to_notice(actor=district.mayor, meeting=meeting, answer="leave", reason="外出招商")
    secretary = district.secretary
    answers = at_once(
        lambda: rule_leave(actor=secretary, reply=reply, approved=True),
        lambda: rule_leave(actor=secretary, reply=reply, approved=False),
    )
    assert len(refused(answers)) == 1
    assert LeaveRuling.objects.count() == 1


def test_who_waited_for_a_meeting_whose_chair_was_changed_meanwhile_finds_it(at_once, district) -> None:
    """Read in the statement that waited, the chair would be the one from before, and the meeting not there."""
    meeting = planned_meeting(district)
    begun = Event()

    def change() -> Meeting:
        with transaction.atomic():
            changed = lock_meeting(meeting)
            changed.chair = district.mayor.person
            changed.save(update_fields=["chair"])
            begun.set()
            sleep(0.5)  # the other waits for the row by now
            return changed

    def wait() -> str:
        begun.wait(30)
        with transaction.atomic():
            return lock_meeting(meeting).chair.name

    assert at_once(change, wait)[1] == "陆景和"
