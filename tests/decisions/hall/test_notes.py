"""The record of an entry: lines are added and corrected by further lines, never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from common.services import NotAllowed, Refused
from decisions.hall.models import EntryNote
from decisions.hall.questions import recused_ids
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.correct_note import correct_note
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.pass_rest import pass_rest
from decisions.hall.services.recuse_member import recuse_member
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.votes.services.lift_recusal import lift_recusal
from tests.decisions.hall_story import WHY, begun_entry, recuse
from tests.support.cast import District


def test_report_point_and_the_chairs_word_stand_in_order(district: District) -> None:
    entry = begun_entry(district)
    note_entry(actor=district.office, entry=entry, kind="report", text="汇报建设方案", speaker="教体局 林知微")
    note_entry(actor=district.office, entry=entry, kind="point", text="原则同意", person=district.person("岑以宁"))
    pass_rest(actor=district.office, entry=entry)
    note_entry(actor=district.office, entry=entry, kind="chair", text="同意，抓紧办理")
    lines = list(EntryNote.objects.filter(entry=entry).exclude(kind="stated").values_list("kind", "speaker"))
    assert lines == [("report", "教体局 林知微"), ("point", "岑以宁"), ("chair", "沈砚清")]


def test_a_correction_is_a_further_line_and_happens_once_per_line(district: District) -> None:
    entry = begun_entry(district)
    line = note_entry(actor=district.office, entry=entry, kind="point", text="资金已落实", speaker="曹以谦")
    corrected = correct_note(actor=district.office, note=line, text="资金尚未落实")
    line.refresh_from_db()
    assert (line.text, corrected.text, corrected.speaker) == ("资金已落实", "资金尚未落实", "曹以谦")
    with pytest.raises(Refused, match="已经更正过"):
        correct_note(actor=district.office, note=line, text="又改")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_entrynote SET text = '无'")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"basis": ""}, "请选定岑以宁的回避是本人提出，还是秘书科核对提出"),
        ({"reason": " "}, "请写明岑以宁与本项有什么关系"),
    ],
)
def test_nobody_is_recused_without_saying_who_brought_it_up_and_why(
    district: District, given: dict[str, str], said: str
) -> None:
    entry, person = begun_entry(district), district.person("岑以宁")
    with pytest.raises(Refused, match=said):
        recuse_member(actor=district.office, entry=entry, person=person, **WHY | given)
    with pytest.raises(NotAllowed):
        recuse_member(actor=district.secretary, entry=entry, person=person, **WHY)
    with pytest.raises(DatabaseError, match="recusal_says_why"), transaction.atomic():
        EntryNote.objects.create(
            committee=entry.committee, entry=entry, kind="recusal", person=person, speaker="岑以宁", text="硬写",
            at=entry.meeting.starts_at, entered_by=district.office.person,
        )  # fmt: skip
    assert recused_ids(entry) == set()
    assert not EntryNote.objects.exists()


def test_a_recusal_names_a_member_once_and_is_lifted_by_a_correction(district: District) -> None:
    entry, person = begun_entry(district), district.person("岑以宁")
    line = recuse(district, entry, "岑以宁")
    assert recused_ids(entry) == {person.pk}
    with pytest.raises(Refused, match="岑以宁在本项已登记回避"):
        recuse(district, entry, "岑以宁")
    with pytest.raises(Refused, match="回避须选定一位应到成员"):
        recuse(district, entry, "林知微")
    with pytest.raises(Refused, match="回避请在会场名单上登记，写明由谁提出和理由"):
        note_entry(actor=district.office, entry=entry, kind="recusal", text="回避", person=district.person("陆景和"))
    with pytest.raises(Refused, match="回避不能改写"):
        correct_note(actor=district.office, note=line, text="不回避")
    lift_recusal(actor=district.office, note=line)
    assert recused_ids(entry) == set()


def test_an_empty_line_and_a_stranger_are_refused(district: District) -> None:
    entry = begun_entry(district)
    with pytest.raises(Refused, match="请写明内容"):
        note_entry(actor=district.office, entry=entry, kind="point", text=" ")
    with pytest.raises(NotAllowed):
        note_entry(actor=district.secretary, entry=entry, kind="point", text="可以")
    assert not EntryNote.objects.exists()


def test_what_is_settled_is_not_noted_on_any_more(district: District) -> None:
    entry = begun_entry(district)
    line = note_entry(actor=district.office, entry=entry, kind="point", text="先缓一缓")
    defer_entry(actor=district.office, entry=entry, reason="资金未落实", todo="财政局补充资金方案")
    with pytest.raises(Refused, match="不能再记"):
        note_entry(actor=district.office, entry=entry, kind="point", text="再说一句")
    correct_note(actor=district.office, note=line, text="先缓议")
    close_meeting(actor=district.office, meeting=entry.meeting)
    with pytest.raises(Refused, match="已经散会"):
        correct_note(actor=district.office, note=EntryNote.objects.last(), text="散会后")
    with pytest.raises(DatabaseError, match="会议不在进行中"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decisions_entrynote (committee_id, entry_id, kind, speaker, text, at, entered_by_id)"
            " SELECT committee_id, entry_id, kind, speaker, '补', at, entered_by_id FROM decisions_entrynote LIMIT 1"
        )
