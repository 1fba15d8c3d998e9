"""What was decided follows the vote, names who does it until when, and is corrected only by a further decision."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, EntryItem
from common.outbox.models import Event
from common.records.canonical import read_canonical
from common.services import Conflict, NotAllowed, Refused
from decisions.hall.services.close_meeting import close_meeting
from decisions.outcomes.matters import MatterInput, proposed_matters
from decisions.outcomes.models import DecidedMatter, Decision, Outcome
from decisions.outcomes.services.correct_decision import correct_decision
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.writing import standing_questions
from decisions.votes.models import Question
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.close_round import close_round
from decisions.votes.services.open_round import open_round
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round, vote, voted_nine_one_one
from tests.support.cast import District


def all_agree(district: District, entry: AgendaEntry) -> None:
    for question in standing_questions(entry):
        agree_orally(actor=district.office, question=question)


def matters_of(entry: AgendaEntry, **first: object) -> list[MatterInput]:
    """As the form proposes them, the first one changed."""
    proposed = proposed_matters(entry, standing_questions(entry))
    return [MatterInput(**{**vars(proposed[0]), **first}), *proposed[1:]]


def test_the_form_proposes_what_the_vote_and_the_division_say(district: District) -> None:
    entry = begun_entry(district)
    all_agree(district, entry)
    first = matters_of(entry)[0]
    assert (first.outcome, first.text) == (Outcome.PASSED, "同意新建城东学校，总投资1.8亿元")
    assert (first.leader, first.lead_unit) == (district.person("闻人澈"), district.unit("教体局"))


def test_a_decision_is_sealed_with_its_votes_and_ends_the_items_file(district: District) -> None:
    entry = begun_entry(district)
    voted_nine_one_one(district, entry)
    agree_orally(actor=district.office, question=standing_questions(entry)[1])
    decision = decide_entry(
        actor=district.office,
        entry=entry,
        matters=matters_of(entry, due_on=date(2028, 8, 31), co_units=[district.unit("发改局")]),
        summary="会议听取了教体局的汇报。",
    )
    sealed = read_canonical(decision.record.payload)
    assert sealed["matters"][0]["vote"]["sentence"] == "应到 11，赞成 9，超过半数（6），通过。"
    assert sealed["matters"][0]["lead_unit"] == "区教育和体育局"
    assert sealed["rule_set"] == 1
    assert AgendaEntry.objects.get().state == "decided"
    assert Item.objects.get().state == "deliberated"
    assert EntryItem.objects.get().active
    first = DecidedMatter.objects.get(position=1)
    assert [one.unit.short_name for one in first.co_units.all()] == ["发改局"]
    assert Event.objects.filter(kind="entry.decided").count() == 1


def test_without_a_vote_nothing_passes_neither_by_service_nor_by_hand(district: District) -> None:
    entry = begun_entry(district)
    wanted = [
        MatterInput(**{**vars(matter), "outcome": Outcome.PASSED})
        for matter in proposed_matters(entry, standing_questions(entry))
    ]
    with pytest.raises(Refused, match="第 1 项：还没有表决。结果只能是缓议。"):
        decide_entry(actor=district.office, entry=entry, matters=wanted)
    all_agree(district, entry)
    decision = decide_entry(actor=district.office, entry=entry, matters=matters_of(entry))
    unvoted = Question.objects.create(committee=entry.committee, entry=entry, position=9, text="另一事项")
    with pytest.raises(DatabaseError, match="议定结果须与表决结果一致"), transaction.atomic():
        DecidedMatter.objects.create(
            committee=entry.committee, decision=decision, question=unvoted, position=9, outcome="passed", text="同意"
        )
    assert DecidedMatter.objects.count() == 2


def test_nothing_is_handed_on_to_the_government_as_decided_without_a_vote(district: District) -> None:
    entry = begun_entry(district)
    referred = [
        MatterInput(**{**vars(matter), "outcome": Outcome.REFERRED})
        for matter in proposed_matters(entry, standing_questions(entry))
    ]
    with pytest.raises(Refused, match="还没有表决。结果只能是缓议。"):
        decide_entry(actor=district.office, entry=entry, matters=referred)
    assert not Decision.objects.exists()
    all_agree(district, entry)
    decision = decide_entry(actor=district.office, entry=entry, matters=referred)
    assert set(decision.matters.values_list("outcome", flat=True)) == {"referred"}
    unvoted = Question.objects.create(committee=entry.committee, entry=entry, position=9, text="另一事项")
    with pytest.raises(DatabaseError, match="议定结果须与表决结果一致"), transaction.atomic():
        DecidedMatter.objects.create(
            committee=entry.committee, decision=decision, question=unvoted, position=9, outcome="referred", text="办"
        )


def test_what_was_not_carried_is_not_written_as_passed(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:7])
    round_ = recorded_round(district, entry)
    vote(district, round_, "approve", *MEMBERS[:5])
    vote(district, round_, "oppose", *MEMBERS[5:7])
    close_round(actor=district.office, round_=round_)
    agree_orally(actor=district.office, question=standing_questions(entry)[1])
    with pytest.raises(Refused, match="差 1 票，未通过。结果只能是未通过、缓议。"):
        decide_entry(actor=district.office, entry=entry, matters=matters_of(entry, outcome=Outcome.PASSED))
    assert not Decision.objects.exists()
    decide_entry(actor=district.office, entry=entry, matters=matters_of(entry))
    assert list(DecidedMatter.objects.values_list("outcome", flat=True)) == ["rejected", "passed"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": "  "}, "第 1 项：请写明议定内容。"),
        ({"lead_unit": None}, "第 1 项：请选定责任单位。"),
        ({"due_on": date(2026, 11, 25)}, "第 1 项：完成时限不能早于开会那天。"),
    ],
)
def test_what_a_matter_must_say(district: District, change: dict, sentence: str) -> None:
    entry = begun_entry(district)
    all_agree(district, entry)
    with pytest.raises(Refused, match=sentence):
        decide_entry(actor=district.office, entry=entry, matters=matters_of(entry, **change))
    assert AgendaEntry.objects.get().state == "discussing"


def test_an_open_vote_or_a_changed_list_of_questions_stops_it(district: District) -> None:
    entry = begun_entry(district)
    all_agree(district, entry)
    seen = matters_of(entry)
    with pytest.raises(Conflict, match="议决事项刚刚由他人改动"):
        decide_entry(actor=district.office, entry=entry, matters=seen[:1])
    open_round(actor=district.office, question=seen[0].question, form="recorded", reason="有人提出异议")
    with pytest.raises(Refused, match="本项的表决还没有结束"):
        decide_entry(actor=district.office, entry=entry, matters=seen)


def test_nobody_but_the_office_decides(district: District) -> None:
    entry = begun_entry(district)
    all_agree(district, entry)
    for actor in (district.secretary, district.mayor, district.liaison, district.auditor):
        with pytest.raises(NotAllowed):
            decide_entry(actor=actor, entry=entry, matters=matters_of(entry))
    assert not Decision.objects.exists()


def test_a_mistake_is_superseded_before_the_meeting_closes(district: District) -> None:
    entry = begun_entry(district)
    all_agree(district, entry)
    before = decide_entry(actor=district.office, entry=entry, matters=matters_of(entry))
    with pytest.raises(Refused, match="更正须写明理由"):
        correct_decision(actor=district.office, entry=entry, seen=before.pk, matters=matters_of(entry), reason=" ")
    after = correct_decision(
        actor=district.office,
        entry=entry,
        seen=before.pk,
        matters=matters_of(entry, text="同意新建城东学校，总投资1.8亿元，区住建局代建"),
        reason="漏记代建单位",
    )
    assert after.supersedes == before
    assert DecidedMatter.objects.current().filter(text__contains="代建").count() == 1
    assert DecidedMatter.objects.count() == 4
    with pytest.raises(Conflict, match="议定结果刚刚由他人更正，这次没有写入"):
        correct_decision(actor=district.office, entry=entry, seen=before.pk, matters=matters_of(entry), reason="又改")
    assert Decision.objects.count() == 2
    close_meeting(actor=district.office, meeting=entry.meeting)
    with pytest.raises(Refused, match="已经散会"):
        correct_decision(actor=district.office, entry=entry, seen=after.pk, matters=matters_of(entry), reason="又改")
    with pytest.raises(DatabaseError, match="会议不在进行中，决定只随签发的纪要更正"), transaction.atomic():
        Decision.objects.create(
            committee=entry.committee, entry=entry, supersedes=after, correction_reason="又改",
            decided_at=after.decided_at, record=entry.meeting.sitting.record,
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE decisions_decidedmatter SET text = '不同意'")
