"""记名表决: each of those entitled once, corrected by a further row, counted on 应到."""

import pytest
from django.db import DatabaseError, connection, transaction

from common.identity.models import Person
from common.records.canonical import read_canonical
from common.services import NotAllowed, Refused
from decisions.hall.services.arrive import arrive
from decisions.hall.services.depart import depart
from decisions.votes.models import Round, RoundResult, Vote
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.correct_vote import correct_vote
from decisions.votes.services.open_round import open_round
from decisions.votes.services.void_round import void_round
from tests.decisions.hall_story import (
    MEMBERS,
    begun_entry,
    first_question,
    recorded_round,
    recuse,
    vote,
    voted_nine_one_one,
)
from tests.support.cast import District


def insert_vote(round_: Round, person: Person, choice: str = "approve") -> None:
    """Past the services, as a shell or an import might."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decisions_vote (committee_id, round_id, person_id, choice, reason, entered_by_id, at)"
            " VALUES (%s, %s, %s, %s, '', %s, %s)",
            [round_.committee_id, round_.pk, person.pk, choice, person.pk, round_.opened_at],
        )


def test_nine_for_one_against_one_abstains_is_carried(district: District) -> None:
    result = voted_nine_one_one(district, begun_entry(district))
    assert (result.approve, result.oppose, result.abstain, result.present) == (9, 1, 1, 11)
    assert result.passed
    assert result.sentence == "应到 11，赞成 9，超过半数（6），通过。"
    sealed = read_canonical(result.record.payload)
    assert [m["choice"] for m in sealed["members"]] == ["approve"] * 9 + ["oppose", "abstain"]
    assert sealed["sentence"] == result.sentence
    assert Round.objects.get().state == "closed"


def test_five_of_seven_present_are_not_enough_of_eleven(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:7])
    round_ = recorded_round(district, entry)
    vote(district, round_, "approve", *MEMBERS[:5])
    vote(district, round_, "oppose", *MEMBERS[5:7])
    result = close_round(actor=district.office, round_=round_)
    assert not result.passed
    assert result.sentence == "应到 11，赞成 5，未超过半数（须 6），差 1 票，未通过。"


def test_with_five_left_no_vote_opens(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:6])
    depart(actor=district.office, meeting=entry.meeting, person=district.person(MEMBERS[5]))
    with pytest.raises(Refused, match="应到 11，实到 5，须半数以上（6）到会，差 1 人，不能表决。"):
        recorded_round(district, entry)
    assert not Round.objects.exists()
    assert entry.notes.get().text.endswith("不能表决。")


def test_the_database_refuses_a_vote_without_quorum_too(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:6])
    round_ = recorded_round(district, entry)
    void_round(actor=district.office, round_=round_, reason="误开")
    recuse(district, entry, MEMBERS[5])
    with pytest.raises(DatabaseError, match="到会可表决 5 人，不足法定人数"), transaction.atomic():
        Round.objects.create(
            committee=entry.committee,
            question=round_.question,
            sitting=round_.sitting,
            no=2,
            form="recorded",
            rule=round_.rule,
            due=11,
            opened_at=round_.opened_at,
        )
    with pytest.raises(DatabaseError, match="应到须为开会时定格的 11 人"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO decisions_round (committee_id, state, question_id, sitting_id, no, form, rule_id, due,"
            " opened_at) SELECT committee_id, 'open', question_id, sitting_id, 2, form, rule_id, 1, opened_at"
            " FROM decisions_round"
        )
    assert Round.objects.count() == 1


def test_who_is_absent_recused_or_no_member_has_no_vote(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:9])
    recuse(district, entry, MEMBERS[8])
    round_ = recorded_round(district, entry)
    arrive(actor=district.office, meeting=entry.meeting, person=district.person(MEMBERS[9]))
    for name, sentence in (
        (MEMBERS[8], "在本项回避，不参加表决"),
        (MEMBERS[9], "表决开始时不在会场，不参加这一轮"),
        (MEMBERS[10], "表决开始时不在会场"),
        ("林知微", "不是本次会议的应到成员"),
    ):
        with pytest.raises(Refused, match=sentence):
            cast_vote(actor=district.office, round_=round_, person=district.person(name), choice="approve")
        with pytest.raises(DatabaseError, match="此人在这一轮没有表决权"):
            insert_vote(round_, district.person(name))
    assert not Vote.objects.exists()


def test_nobody_is_counted_twice_and_a_correction_leaves_both_rows(district: District) -> None:
    round_ = recorded_round(district, begun_entry(district))
    vote(district, round_, "approve", "韩立岑")
    with pytest.raises(Refused, match="韩立岑已经表决（赞成）"):
        vote(district, round_, "oppose", "韩立岑")
    with pytest.raises(DatabaseError):
        insert_vote(round_, district.person("韩立岑"), "oppose")
    correct_vote(actor=district.office, round_=round_, person=district.person("韩立岑"), choice="oppose")
    assert list(Vote.objects.order_by("pk").values_list("choice", flat=True)) == ["approve", "oppose"]
    cast_rest(actor=district.office, round_=round_, choice="approve")
    result = close_round(actor=district.office, round_=round_)
    assert (result.approve, result.oppose) == (10, 1)


def test_everybody_must_be_entered_before_the_result_is_announced(district: District) -> None:
    round_ = recorded_round(district, begun_entry(district))
    vote(district, round_, "approve", *MEMBERS[:9])
    with pytest.raises(Refused, match="邵闻笛、雷定远还没有登记，不能宣布结果"):
        close_round(actor=district.office, round_=round_)
    vote(district, round_, "not_voted", *MEMBERS[9:])
    result = close_round(actor=district.office, round_=round_)
    assert (result.approve, result.oppose, result.abstain, result.present) == (9, 0, 0, 11)


def test_after_the_result_no_vote_is_entered_corrected_or_forged(district: District) -> None:
    result = voted_nine_one_one(district, begun_entry(district))
    with pytest.raises(Refused, match="已计票，不能再改"):
        correct_vote(actor=district.office, round_=result.round, person=district.person("陆景和"), choice="oppose")
    with pytest.raises(DatabaseError, match="不在记名表决中"):
        insert_vote(result.round, district.person("陆景和"))
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE decisions_roundresult SET approve = 11")
    assert Vote.objects.count() == 11


def test_a_forged_result_is_recounted_by_the_database(district: District) -> None:
    round_ = recorded_round(district, begun_entry(district))
    vote(district, round_, "approve", *MEMBERS[:5])
    record = round_.sitting.record
    with pytest.raises(DatabaseError, match="结果与登记的表决不符"), transaction.atomic():
        RoundResult.objects.create(
            committee=round_.committee, round=round_, passed=True, due=11, present=11, approve=9, oppose=1, abstain=1,
            needed=6, sentence="应到 11，赞成 9，超过半数（6），通过。", record=record,
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="没有结果的表决"), transaction.atomic():
        connection.cursor().execute("UPDATE decisions_round SET state = 'closed'")
    assert Round.objects.get().state == "open"


def test_only_the_words_of_the_matter_are_answers(district: District) -> None:
    round_ = recorded_round(district, begun_entry(district))
    with pytest.raises(Refused, match="只能表示赞成、反对、弃权"):
        vote(district, round_, "deferred", "陆景和")


def test_a_second_round_needs_a_reason_and_the_later_one_counts(district: District) -> None:
    entry = begun_entry(district)
    voted_nine_one_one(district, entry)
    with pytest.raises(Refused, match="已经表决：应到 11，赞成 9，超过半数（6），通过。确需重新表决的，请写明理由"):
        recorded_round(district, entry)
    again = open_round(actor=district.office, question=first_question(entry), form="recorded", reason="登记有误")
    assert again.no == 2
    with pytest.raises(Refused, match="另有表决正在进行"):
        open_round(actor=district.office, question=first_question(entry), form="recorded", reason="又来")


def test_when_too_many_leave_without_voting_the_round_can_only_be_voided(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:6])
    round_ = recorded_round(district, entry)
    vote(district, round_, "approve", *MEMBERS[:4])
    for name in MEMBERS[4:6]:
        depart(actor=district.office, meeting=entry.meeting, person=district.person(name))
    with pytest.raises(Refused, match="还没有登记"):
        close_round(actor=district.office, round_=round_)
    vote(district, round_, "not_voted", *MEMBERS[4:6])
    with pytest.raises(Refused, match="表决中有人离席：应到 11，实到 4，"):
        close_round(actor=district.office, round_=round_)
    void_round(actor=district.office, round_=round_, reason="表决中有人离席")
    assert Round.objects.get().state == "voided"


def test_a_vote_given_before_leaving_counts_and_who_has_left_is_entered_as_not_voted_alone(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:7])
    round_ = recorded_round(district, entry)
    vote(district, round_, "approve", MEMBERS[5])
    for name in MEMBERS[5:7]:
        depart(actor=district.office, meeting=entry.meeting, person=district.person(name))
    for act, name in ((cast_vote, MEMBERS[6]), (correct_vote, MEMBERS[5])):
        with pytest.raises(Refused, match=f"{name}已离席，只能登记为未表决"):
            act(actor=district.office, round_=round_, person=district.person(name), choice="oppose")
    cast_rest(actor=district.office, round_=round_, choice="approve")
    with pytest.raises(Refused, match=f"{MEMBERS[6]}已离席，只能登记为未表决"):
        cast_rest(actor=district.office, round_=round_, choice="approve")
    assert Vote.objects.count() == 6
    vote(district, round_, "not_voted", MEMBERS[6])
    result = close_round(actor=district.office, round_=round_)
    assert (result.approve, result.present, result.passed) == (6, 7, True)


def test_a_recusal_entered_during_the_vote_voids_it(district: District) -> None:
    entry = begun_entry(district)
    round_ = recorded_round(district, entry)
    cast_rest(actor=district.office, round_=round_, choice="approve")
    recuse(district, entry, "岑以宁")
    with pytest.raises(Refused, match="表决开始后岑以宁的回避有变动"):
        close_round(actor=district.office, round_=round_)
    with pytest.raises(Refused, match="作废须写明理由"):
        void_round(actor=district.office, round_=round_, reason=" ")


def test_nobody_but_the_office_touches_a_vote(district: District) -> None:
    entry = begun_entry(district)
    round_ = recorded_round(district, entry)
    mayor = district.person("陆景和")
    for actor in (district.secretary, district.mayor, district.liaison, district.auditor, district.outsider):
        with pytest.raises(NotAllowed):
            cast_vote(actor=actor, round_=round_, person=mayor, choice="approve")
        with pytest.raises(NotAllowed):
            close_round(actor=actor, round_=round_)
        with pytest.raises(NotAllowed):
            void_round(actor=actor, round_=round_, reason="不算")
    assert not Vote.objects.exists()
    assert Round.objects.get().state == "open"
