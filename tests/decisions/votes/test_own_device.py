"""记名 on one's own device: one person votes once, by himself or by the clerk, and who entered it mends it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from common import clock
from common.identity.actor import Actor
from common.services import NotAllowed, Refused
from decisions.hall.services.depart import depart
from decisions.rules.defaults import DEFAULTS, MAJOR_BY_NAME
from decisions.rules.services.adopt_rules import adopt_voting_rules
from decisions.votes.models import Round, Vote
from decisions.votes.services.cast_own_vote import cast_own_vote
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.change_own_vote import change_own_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.correct_vote import correct_vote
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round, recuse, vote
from tests.support.cast import District
from tests.support.told import story


@story
def open_vote(district: District) -> Round:
    return recorded_round(district, begun_entry(district))


def own(district: District, round_: Round, name: str, choice: str, **given: str) -> None:
    cast_own_vote(actor=district.actor(name), round_=round_, choice=choice, **given)


def test_a_member_votes_himself_and_changes_it_before_the_result(district: District) -> None:
    round_ = open_vote(district)
    own(district, round_, "陆景和", "oppose", reason="工期太紧")
    with pytest.raises(Refused, match="您已经表决（反对），一人只表决一次"):
        own(district, round_, "陆景和", "approve")
    with pytest.raises(Refused, match="没有改变"):
        change_own_vote(actor=district.mayor, round_=round_, choice="oppose", reason="工期太紧")
    change_own_vote(actor=district.mayor, round_=round_, choice="approve")
    ballot = cast_rest(actor=district.office, round_=round_, choice="approve")
    assert (ballot.count.approve, Vote.objects.filter(own=True).count()) == (11, 2)
    assert close_round(actor=district.office, round_=round_).approve == 11
    with pytest.raises(Refused, match="已计票，不能再改"):
        change_own_vote(actor=district.mayor, round_=round_, choice="oppose")


def test_the_clerk_and_the_member_never_both_enter_one_vote(district: District) -> None:
    round_ = open_vote(district)
    own(district, round_, "陆景和", "approve")
    with pytest.raises(Refused, match="陆景和已经表决（赞成）。是本人在自己的设备上表决的，要改由本人改"):
        vote(district, round_, "oppose", "陆景和")
    with pytest.raises(Refused, match="陆景和已在自己的设备上表决，由本人在自己的设备上更改，秘书科不能代改"):
        correct_vote(actor=district.office, round_=round_, person=district.person("陆景和"), choice="oppose")
    vote(district, round_, "abstain", "韩立岑")
    with pytest.raises(Refused, match="秘书科已为您登记（弃权），一人只表决一次。登记有误的，请当场告知秘书科"):
        own(district, round_, "韩立岑", "approve")
    with pytest.raises(Refused, match="登记有误的，请当场告知秘书科更正"):
        change_own_vote(actor=district.actor("韩立岑"), round_=round_, choice="approve")
    assert sorted(Vote.objects.values_list("person__name", "choice")) == [("陆景和", "approve"), ("韩立岑", "abstain")]


def test_the_database_keeps_the_two_apart_whoever_writes(district: District) -> None:
    round_ = open_vote(district)
    own(district, round_, "陆景和", "approve")
    first, clerk = Vote.objects.get(), district.office.person
    row = {"committee": district.committee, "round": round_, "choice": "oppose", "at": clock.now()}
    for words, wrong in (
        ("本人表决的由本人更改", {"person": first.person, "entered_by": clerk, "corrects": first}),
        ("vote_own_by_himself", {"person": district.person("韩立岑"), "entered_by": clerk, "own": True}),
    ):
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            Vote.objects.create(**row, **wrong)
    assert Vote.objects.get() == first


def test_nobody_votes_for_him_nor_he_from_outside_or_recused(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:9])
    recuse(district, entry, "马春屿")
    round_ = recorded_round(district, entry)
    depart(actor=district.office, meeting=entry.meeting, person=district.person("程望舒"))
    mayor = district.mayor
    typed = Actor(committee=mayor.committee, person=mayor.person, account=mayor.account, by_staff=True)
    for actor, kind, words in (
        (typed, NotAllowed, "记名表决须由本人办理"),
        (district.actor("马春屿"), Refused, "马春屿在本项回避"),
        (district.actor("雷定远"), Refused, "雷定远在这一轮表决开始时不在会场"),
        (district.actor("程望舒"), Refused, "程望舒已离席"),
        (district.outsider, Refused, "不是本次会议的应到成员"),
    ):
        with pytest.raises(kind, match=words):
            cast_own_vote(actor=actor, round_=round_, choice="approve")
    with pytest.raises(Refused, match="请选定您的表决"):
        own(district, round_, "陆景和", "not_voted")
    with pytest.raises(Refused, match="还没有表决"):
        change_own_vote(actor=mayor, round_=round_, choice="approve")
    assert not Vote.objects.exists()


def test_where_the_rule_asks_it_nobody_opposes_without_a_reason(district: District) -> None:
    lines = (*DEFAULTS, replace(MAJOR_BY_NAME, forms=("recorded",), statements=False))
    adopt_voting_rules(actor=district.office, valid_from=date(2026, 11, 17), source="修订", lines=lines)
    round_ = recorded_round(district, begun_entry(district))
    person = district.person("韩立岑")
    for act in (
        lambda: own(district, round_, "陆景和", "oppose", reason=" "),
        lambda: cast_vote(actor=district.office, round_=round_, person=person, choice="oppose"),
        lambda: cast_rest(actor=district.office, round_=round_, choice="oppose"),
    ):
        with pytest.raises(Refused, match="规则规定反对须说明理由"):
            act()
    assert not Vote.objects.exists()
    own(district, round_, "陆景和", "oppose", reason="工期太紧")
    cast_vote(actor=district.office, round_=round_, person=person, choice="oppose", reason="资金来源不明")
    assert set(Vote.objects.values_list("reason", flat=True)) == {"工期太紧", "资金来源不明"}
