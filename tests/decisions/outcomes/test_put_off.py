"""In a decided entry one matter may be put off: its item goes back to the store, what was decided stays decided."""

from collections.abc import Collection

import pytest

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.meetings.services.join_items import join_items
from agenda.meetings.services.schedule_item import schedule_item
from common.services import Refused
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.sign_in import sign_in
from decisions.outcomes.matters import MatterInput, proposed_matters
from decisions.outcomes.models import DecidedMatter, Decision, Outcome
from decisions.outcomes.services.correct_decision import correct_decision
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.slots import decisions_on
from decisions.outcomes.writing import standing_questions
from decisions.votes.models import Question
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from tests.decisions.hall_story import MEMBERS, begun_entry, entry_of, seat
from tests.support.cast import District
from tests.support.meetings import call, on_agenda, planned_meeting
from tests.support.stories import ready_item
from tests.support.time import Clock

SCHOOL, DONE_BY = "同意新建城东学校，总投资1.8亿元", "由教体局牵头，2028年8月31日前竣工"
RENEWAL = {"title": "关于实施老旧小区改造的请示", "unit": "住建局", "presenter": "丁筑", "attendants": ("财政局",)}


def decided(district: District, entry: AgendaEntry, put_off: Collection[str]) -> Decision:
    """Those matters are put off without a vote, the others carried."""
    questions = standing_questions(entry)
    for question in questions:
        if question.text not in put_off:
            agree_orally(actor=district.office, question=question)
    return decide_entry(actor=district.office, entry=entry, matters=proposed_matters(entry, questions))


def held_again(district: District, item: Item) -> AgendaEntry:
    """The item on the next agenda, under deliberation."""
    Clock().set("2026-12-01 09:00")
    meeting = planned_meeting(district, at="2026-12-10 09:00")
    schedule_item(actor=district.office, meeting=meeting, item=item)
    call(district, meeting)
    Clock().set("2026-12-10 08:50")
    sign_in(actor=district.office, meeting=meeting, people=[district.person(name) for name in MEMBERS])
    return begin_entry(actor=district.office, entry=entry_of(open_meeting(actor=district.office, meeting=meeting)))


def test_the_item_goes_back_with_its_open_matter_and_comes_up_again_with_that_alone(district: District) -> None:
    entry = begun_entry(district)
    decision = decided(district, entry, {DONE_BY})
    item = Item.objects.get()
    assert (AgendaEntry.objects.get().state, item.state) == ("decided", "ready")
    assert item.changes.last().reason == f"区委常委会第21次会议：「{DONE_BY}」缓议；其余事项已议决"
    assert list(decision.matters.values_list("outcome", flat=True)) == ["passed", "deferred"]
    assert [link.label for link in decisions_on(district.head, item)] == ["区委常委会第21次会议：通过、缓议"]
    close_meeting(actor=district.office, meeting=entry.meeting)
    again = held_again(district, item)
    assert [question.text for question in standing_questions(again)] == [DONE_BY]
    decided(district, again, ())
    assert Item.objects.get().state == "deliberated"
    assert DecidedMatter.objects.current().filter(outcome=Outcome.PASSED).count() == 2


def test_of_joined_items_only_the_one_concerned_goes_back(district: District) -> None:
    school, renewal = ready_item(district), ready_item(district, **RENEWAL, matters=["同意改造方案"])
    meeting = planned_meeting(district, at="2026-11-26 09:00")
    [entry] = on_agenda(district, meeting, school)
    join_items(actor=district.office, meeting=meeting, entry=entry, items=[renewal])
    call(district, meeting)
    seat(district, meeting, MEMBERS)
    open_meeting(actor=district.office, meeting=meeting)
    decided(district, begin_entry(actor=district.office, entry=entry), {"同意改造方案"})
    assert {item.title: item.state for item in Item.objects.all()} == {
        school.title: "deliberated",
        renewal.title: "ready",
    }
    assert EntryItem.objects.get(item=school).active
    assert not EntryItem.objects.get(item=renewal).active


def test_whether_a_matter_was_put_off_is_not_corrected_afterwards(district: District) -> None:
    """Its item has gone on already, to the store or to its end."""
    entry = begun_entry(district)
    before = decided(district, entry, {DONE_BY})
    first, second = proposed_matters(entry, standing_questions(entry))
    agreed = MatterInput(**{**vars(first), "text": "同意新建"})
    correct_decision(actor=district.office, entry=entry, seen=before.pk, matters=[agreed, second], reason="文字有误")
    standing = Decision.objects.get(superseded_by__isnull=True)
    assert (standing.decided_at, Item.objects.get().state) == (before.decided_at, "ready")
    Question.objects.filter(pk=second.question.pk).update(dropped_at=before.decided_at)
    with pytest.raises(Refused, match="是否缓议关系到议题的去向，写下议定结果以后不能更正"):
        correct_decision(actor=district.office, entry=entry, seen=standing.pk, matters=[agreed], reason="没有缓议")
    assert Decision.objects.count() == 2
