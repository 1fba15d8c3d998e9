"""An entry begins with its quorum and its questions, and goes back only before a vote."""

import pytest

from agenda.meetings.models import AgendaEntry
from common.services import NotAllowed, Refused
from decisions.hall.models import EntryNote
from decisions.hall.services.depart import depart
from decisions.votes.models import Question, Round
from decisions.votes.services.add_question import add_question
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.drop_question import drop_question
from decisions.votes.services.open_round import open_round
from decisions.votes.services.pause_entry import pause_entry
from decisions.votes.services.restore_question import restore_question
from tests.decisions.hall_story import MEMBERS, begun_entry, entry_of, first_question, recuse, sitting_with
from tests.support.cast import District
from tests.support.stories import heard_item, ready_item


def texts(entry: AgendaEntry) -> list[str]:
    return list(Question.objects.filter(entry=entry, dropped_at__isnull=True).values_list("text", flat=True))


def test_its_questions_are_the_lines_of_the_sheet(district: District) -> None:
    entry = begun_entry(district)
    assert texts(entry) == ["同意新建城东学校，总投资1.8亿元", "由教体局牵头，2028年8月31日前竣工"]


def test_a_heard_entry_has_no_questions(district: District) -> None:
    sitting = sitting_with(district, heard_item(district))
    entry = begin_entry(actor=district.office, entry=entry_of(sitting))
    assert texts(entry) == []
    with pytest.raises(Refused, match="没有议决事项"):
        add_question(actor=district.office, entry=entry, text="同意")


def test_with_five_of_eleven_left_it_does_not_begin_and_that_is_recorded(district: District) -> None:
    sitting = sitting_with(district, ready_item(district), present=MEMBERS[:6])
    depart(actor=district.office, meeting=sitting.meeting, person=district.person(MEMBERS[5]))
    sentence = "应到 11，实到 5，须半数以上（6）到会，差 1 人，不能审议。"
    with pytest.raises(Refused, match=sentence):
        begin_entry(actor=district.office, entry=entry_of(sitting))
    assert entry_of(sitting).state == "pending"
    assert EntryNote.objects.get().text == sentence
    assert not Question.objects.exists()


def test_the_recused_do_not_make_up_the_quorum(district: District) -> None:
    sitting = sitting_with(district, ready_item(district), present=MEMBERS[:6])
    entry = entry_of(sitting)
    recuse(district, entry, MEMBERS[5])
    with pytest.raises(Refused, match="应到 11，回避 1（仍计入应到），实到 5，"):
        begin_entry(actor=district.office, entry=entry)


def test_one_entry_at_a_time(district: District) -> None:
    sitting = sitting_with(district, ready_item(district), heard_item(district))
    begin_entry(actor=district.office, entry=entry_of(sitting, 1))
    with pytest.raises(Refused, match="「关于新建城东学校的请示」正在审议"):
        begin_entry(actor=district.office, entry=entry_of(sitting, 2))
    assert entry_of(sitting, 2).state == "pending"


def test_it_goes_back_and_begins_again_with_the_same_questions(district: District) -> None:
    entry = begun_entry(district)
    drop_question(actor=district.office, question=first_question(entry))
    pause_entry(actor=district.office, entry=entry)
    begin_entry(actor=district.office, entry=entry)
    assert texts(entry) == ["由教体局牵头，2028年8月31日前竣工"]


def test_after_a_vote_it_does_not_go_back(district: District) -> None:
    entry = begun_entry(district)
    agree_orally(actor=district.office, question=first_question(entry))
    with pytest.raises(Refused, match="已经开始表决，不能放回未议"):
        pause_entry(actor=district.office, entry=entry)


def test_questions_are_added_dropped_and_put_back(district: District) -> None:
    entry = begun_entry(district)
    added = add_question(actor=district.office, entry=entry, text="同步建设接驳道路")
    assert added.position == 3
    drop_question(actor=district.office, question=added)
    assert len(texts(entry)) == 2
    restore_question(actor=district.office, question=added)
    assert len(texts(entry)) == 3
    with pytest.raises(Refused, match="没有撤下"):
        restore_question(actor=district.office, question=added)
    open_round(actor=district.office, question=added, form=Round.Form.RECORDED)
    with pytest.raises(Refused, match="已经开始表决，不能撤下"):
        drop_question(actor=district.office, question=added)


def test_nobody_but_the_office_begins_adds_or_drops(district: District) -> None:
    entry = begun_entry(district)
    for actor in (district.secretary, district.leader, district.liaison, district.auditor):
        with pytest.raises(NotAllowed):
            pause_entry(actor=actor, entry=entry)
        with pytest.raises(NotAllowed):
            add_question(actor=actor, entry=entry, text="加一项")
        with pytest.raises(NotAllowed):
            drop_question(actor=actor, question=first_question(entry))
    assert AgendaEntry.objects.get().state == "discussing"
    assert len(texts(entry)) == 2
