"""What a vote rests on — who was recused, who was in the room — is not taken back once the vote was opened."""

import pytest
from django.db import DatabaseError, connection, transaction

from agenda.meetings.models import AgendaEntry
from common.services import NotAllowed, Refused
from decisions.hall.models import Attendance, EntryNote
from decisions.hall.questions import present_ids, recused_ids
from decisions.hall.services.depart import depart
from decisions.minutes.drafting import section_of
from decisions.minutes.records import load_records
from decisions.outcomes.matters import proposed_matters
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.writing import standing_questions
from decisions.votes.models import Round, RoundResult
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.close_round import close_round
from decisions.votes.services.lift_recusal import lift_recusal
from decisions.votes.services.undo_attendance import undo_attendance
from decisions.votes.services.void_round import void_round
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round, recuse
from tests.support.cast import District

NAME = "岑以宁"


def recused_entry(district: District) -> tuple[AgendaEntry, EntryNote]:
    """城东学校 with 岑以宁 recused."""
    entry = begun_entry(district)
    note = recuse(district, entry, NAME)
    return entry, note


def closed_round(district: District, entry: AgendaEntry) -> Round:
    round_ = recorded_round(district, entry)
    cast_rest(actor=district.office, round_=round_, choice="approve")
    close_round(actor=district.office, round_=round_)
    return round_


def test_a_recusal_is_lifted_before_the_vote_alone(district: District) -> None:
    entry, note = recused_entry(district)
    round_ = recorded_round(district, entry)
    with pytest.raises(Refused, match="本项正在表决，岑以宁的回避不能取消。登记有误的，请先把这一轮作废"):
        lift_recusal(actor=district.office, note=note)
    void_round(actor=district.office, round_=round_, reason="登记有误")
    closed_round(district, entry)
    with pytest.raises(
        Refused, match="岑以宁的回避已写入表决结果。登记有误的，请先写明理由，把本项已计票的表决逐轮作废"
    ):
        lift_recusal(actor=district.office, note=note)
    assert recused_ids(entry) == {district.person(NAME).pk}


def test_after_a_voided_round_a_recusal_can_be_lifted(district: District) -> None:
    entry, note = recused_entry(district)
    void_round(actor=district.office, round_=recorded_round(district, entry), reason="登记有误")
    lift_recusal(actor=district.office, note=note)
    assert recused_ids(entry) == set()
    with pytest.raises(Refused, match="已经更正过"):
        lift_recusal(actor=district.office, note=note)


def test_a_wrong_recusal_found_after_the_count_is_put_right_before_the_decision(district: District) -> None:
    entry, note = recused_entry(district)
    counted = closed_round(district, entry)
    with pytest.raises(Refused, match="作废须写明理由"):
        void_round(actor=district.office, round_=counted, reason=" ")
    with pytest.raises(NotAllowed):
        void_round(actor=district.secretary, round_=counted, reason="回避登记有误")
    void_round(actor=district.office, round_=counted, reason="岑以宁不须回避，登记有误")
    lift_recusal(actor=district.office, note=note)
    again = closed_round(district, entry)
    assert [row.state for row in Round.objects.order_by("no")] == ["voided", "closed"]
    assert (counted.result.present, again.result.present) == (10, 11)
    assert RoundResult.objects.count() == 2
    with pytest.raises(Refused, match="已经作废"):
        void_round(actor=district.office, round_=counted, reason="再作废")


def test_a_counted_round_is_voided_for_a_wrong_recusal_alone(district: District) -> None:
    """Otherwise a vote that displeases could be made undone; to vote again leaves both on record."""
    entry = begun_entry(district)
    counted = closed_round(district, entry)
    with pytest.raises(Refused, match="这一轮已经计票，不能作废：已计票的，只有回避登记有误时才作废。确需重新表决的"):
        void_round(actor=district.office, round_=counted, reason="结果不理想")
    with pytest.raises(DatabaseError, match="只有回避登记有误"), transaction.atomic():
        connection.cursor().execute("UPDATE decisions_round SET state = 'voided'")
    assert Round.objects.get().state == "closed"


def test_once_the_entry_is_decided_neither_vote_nor_recusal_is_taken_back(district: District) -> None:
    entry, note = recused_entry(district)
    counted = closed_round(district, entry)
    agree_orally(actor=district.office, question=standing_questions(entry)[1])
    matters = proposed_matters(entry, standing_questions(entry))
    decide_entry(actor=district.office, entry=entry, matters=matters)
    with pytest.raises(Refused, match="已议决，表决结果已写入记录，不能作废。有误的，请在纪要中写明"):
        void_round(actor=district.office, round_=counted, reason="回避登记有误")
    with pytest.raises(Refused, match="已议决，岑以宁的回避已写入表决结果，不能取消"):
        lift_recusal(actor=district.office, note=note)
    with pytest.raises(DatabaseError, match="尚未议决时才能作废"), transaction.atomic():
        connection.cursor().execute("UPDATE decisions_round SET state = 'voided'")
    assert set(Round.objects.values_list("state", flat=True)) == {"closed"}


def test_a_sign_in_is_not_undone_after_a_vote_he_took_part_in(district: District) -> None:
    entry, voter = begun_entry(district), district.person(MEMBERS[1])
    came = Attendance.objects.get(person=voter)
    round_ = recorded_round(district, entry)
    with pytest.raises(Refused, match="正在表决，陆景和的到会登记不能撤销"):
        undo_attendance(actor=district.office, event=came)
    void_round(actor=district.office, round_=round_, reason="登记有误")
    closed_round(district, entry)
    with pytest.raises(Refused, match="陆景和到会的登记之后已经表决，并写入表决结果，不能撤销"):
        undo_attendance(actor=district.office, event=came)
    assert voter.pk in present_ids(entry.meeting_id)
    gone = depart(actor=district.office, meeting=entry.meeting, person=voter)
    undo_attendance(actor=district.office, event=gone)
    assert voter.pk in present_ids(entry.meeting_id)


def test_a_departure_is_not_undone_after_a_vote_without_him(district: District) -> None:
    entry, away = begun_entry(district), district.person(MEMBERS[1])
    gone = depart(actor=district.office, meeting=entry.meeting, person=away)
    closed_round(district, entry)
    with pytest.raises(Refused, match="陆景和离席的登记之后已经表决"):
        undo_attendance(actor=district.office, event=gone)
    assert away.pk not in present_ids(entry.meeting_id)


def test_the_minutes_name_as_recused_whom_the_vote_left_out(district: District) -> None:
    entry, _ = recused_entry(district)
    closed_round(district, entry)
    recuse(district, entry, "邵闻笛")
    records = load_records(entry.meeting)
    assert "审议本项时，岑以宁（本人提出，其配偶在承建企业任职）回避。" in section_of(records.entries[0], records).body
