"""口头 and 举手, and the forms a rule allows; a 书记专题会 votes in none, whoever tries."""

import pytest
from django.db import DatabaseError, connection, transaction

from agenda.meetings.models import AgendaEntry
from committee.bodies.models import Body
from common.records.canonical import read_canonical
from common.services import NotAllowed, Refused
from decisions.rules.models import VotingRule
from decisions.votes.models import HandCount, Question, Round
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.count_hands import count_hands
from decisions.votes.services.open_round import open_round
from tests.decisions.hall_story import MEMBERS, begun_entry, entry_of, first_question, made_cadre, sitting_with
from tests.support.cast import District
from tests.support.stories import heard_item, ready_item


def test_all_present_agree_is_one_act_that_lists_them(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:9])
    result = agree_orally(actor=district.office, question=first_question(entry))
    assert result.sentence == "应到 11，实到 9，口头表决一致赞成，超过半数（6），通过。"
    sealed = read_canonical(result.record.payload)
    assert [m["name"] for m in sealed["members"] if m["entitled"]] == list(MEMBERS[:9])
    assert Round.objects.get().state == "closed"


def test_an_oral_vote_is_not_opened_and_left_standing(district: District) -> None:
    with pytest.raises(Refused, match="口头表决是到会者一致同意时的一次登记"):
        open_round(actor=district.office, question=first_question(begun_entry(district)), form="oral")


def test_raised_hands_are_counted_and_who_raised_none_did_not_vote(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:10])
    round_ = open_round(actor=district.office, question=first_question(entry), form="show_of_hands")
    with pytest.raises(Refused, match="还没有登记举手人数"):
        close_round(actor=district.office, round_=round_)
    with pytest.raises(Refused, match="各项合计 11，多于到会有表决权的 10 人"):
        count_hands(actor=district.office, round_=round_, approve=9, oppose=2)
    count_hands(actor=district.office, round_=round_, approve=5, oppose=2, abstain=1)
    count_hands(actor=district.office, round_=round_, approve=7, oppose=2, abstain=0)
    result = close_round(actor=district.office, round_=round_)
    assert result.sentence == "应到 11，赞成 7，超过半数（6），通过。"
    assert read_canonical(result.record.payload)["count"]["not_voted"] == 1
    assert HandCount.objects.count() == 2


def test_more_hands_than_members_are_refused_by_the_database(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:7])
    round_ = open_round(actor=district.office, question=first_question(entry), form="show_of_hands")
    with pytest.raises(DatabaseError, match="举手人数多于到会有表决权的 7 人"), transaction.atomic():
        HandCount.objects.create(
            committee=round_.committee, round=round_, approve=8, oppose=0,
            entered_by=district.office.person, at=round_.opened_at,
        )  # fmt: skip
    with pytest.raises(Refused, match="这一轮不是记名表决"):
        cast_vote(actor=district.office, round_=round_, person=district.person("陆景和"), choice="approve")
    with pytest.raises(NotAllowed):
        count_hands(actor=district.mayor, round_=round_, approve=7)


def test_a_secretary_meeting_cannot_vote_whoever_tries(district: District) -> None:
    item = heard_item(
        district, unit="区委办", matter_kind="常委会议题准备", target_body=Body.Kind.SECRETARY_MEETING.value
    )
    sitting = sitting_with(district, item, present=MEMBERS[:3], body=Body.Kind.SECRETARY_MEETING)
    AgendaEntry.objects.update(handling="discuss")
    entry = begin_entry(actor=district.office, entry=entry_of(sitting))
    assert not Question.objects.exists()
    question = Question.objects.create(committee=entry.committee, entry=entry, position=1, text="同意")
    for form in ("recorded", "show_of_hands"):
        with pytest.raises(Refused, match="书记专题会只酝酿、不表决"):
            open_round(actor=district.office, question=question, form=form)
    with pytest.raises(Refused, match="书记专题会只酝酿、不表决"):
        agree_orally(actor=district.office, question=question)
    rule = VotingRule.objects.get(body_kind="standing", matter="ordinary")
    with pytest.raises(DatabaseError, match="规则不允许这样表决"), transaction.atomic():
        Round.objects.create(
            committee=entry.committee, question=question, sitting=sitting, no=1, form="recorded", rule=rule, due=3,
            opened_at=sitting.opened_at,
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="不能再改"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO decisions_votingrule (committee_id, rule_set_id, body_kind, matter, quorum_operator,"
            " quorum_numerator, quorum_denominator, pass_operator, pass_numerator, pass_denominator, forms,"
            " recusal_lowers_due, source) SELECT committee_id, rule_set_id, 'secretary_meeting', matter,"
            " quorum_operator, quorum_numerator, quorum_denominator, pass_operator, pass_numerator,"
            " pass_denominator, forms, recusal_lowers_due, source FROM decisions_votingrule WHERE id = %s",
            [rule.pk],
        )
    assert not Round.objects.exists()


def test_cadre_matters_need_eight_of_eleven_and_a_secret_ballot(district: District) -> None:
    item = ready_item(district)
    sitting = sitting_with(district, item, present=MEMBERS[:7])
    made_cadre(district, item)
    with pytest.raises(Refused, match="应到 11，实到 7，干部任免须三分之二以上（8）到会，差 1 人，不能审议。"):
        begin_entry(actor=district.office, entry=entry_of(sitting))


def test_cadre_matters_are_not_voted_in_the_open(district: District) -> None:
    item = ready_item(district)
    sitting = sitting_with(district, item)
    made_cadre(district, item)
    entry = begin_entry(actor=district.office, entry=entry_of(sitting))
    assert not Question.objects.exists()
    question = Question.objects.create(committee=entry.committee, entry=entry, position=1, text="同意")
    with pytest.raises(Refused, match="无记名票决"):
        open_round(actor=district.office, question=question, form="recorded")
    with pytest.raises(DatabaseError, match="规则不允许这样表决"), transaction.atomic():
        Round.objects.create(
            committee=entry.committee, question=question, sitting=sitting, no=1, form="recorded",
            rule=VotingRule.objects.get(body_kind="standing", matter="cadre"), due=11, opened_at=sitting.opened_at,
        )  # fmt: skip
