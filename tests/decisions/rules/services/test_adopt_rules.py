"""A new version of the rules of voting: fractions that can be met, no vote at a 书记专题会, sealed."""

from dataclasses import replace
from datetime import date

import pytest

from common.records.canonical import read_canonical
from common.records.chain import seal
from decisions.rules.models import VotingRuleSet, voting_rules_on
from decisions.rules.services.adopt_rules import DEFAULTS, adopt_voting_rules
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

DAY = date(2026, 12, 1)


def adopt(district: District, actor=None, **changed) -> VotingRuleSet:
    fields = {"valid_from": DAY, "source": "区委全委会修订", "lines": DEFAULTS}
    return adopt_voting_rules(actor=actor or district.office, **{**fields, **changed})


def test_the_new_version_holds_from_its_day_and_is_sealed(district: District) -> None:
    lines = (replace(DEFAULTS[0], majority=("at_least", 2, 3), recusal_lowers_due=True), *DEFAULTS[1:])
    new = adopt(district, lines=lines)
    assert voting_rules_on(DAY) == new
    assert voting_rules_on(date(2026, 11, 30)).version == 1
    frozen = read_canonical(bytes(new.record.payload))["rules"][0]
    assert (frozen["majority"], frozen["recusal_lowers_due"]) == (["at_least", 2, 3], True)
    assert verbs(new) == ["adopt_voting_rules"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"valid_from": date(2026, 7, 18)}, "现行规则自 2026年7月18日 起施行"),
        ({"source": ""}, "请写明规则的依据"),
        ({"lines": DEFAULTS[1:]}, "常委会的一般事项和干部任免都要有表决规则"),
        ({"lines": (*DEFAULTS, replace(DEFAULTS[0], body_kind="secretary_meeting"))}, "书记专题会只作酝酿，不表决"),
        ({"lines": (replace(DEFAULTS[0], forms=()), DEFAULTS[1])}, "常委会一般事项：没有表决方式"),
        ({"lines": (replace(DEFAULTS[0], quorum=("more_than", 2, 2)), DEFAULTS[1])}, "没有哪个数能超过全体"),
        ({"lines": (replace(DEFAULTS[0], majority=("at_least", 3, 2)), DEFAULTS[1])}, "比例须大于零、不大于一"),
        ({"lines": (*DEFAULTS, DEFAULTS[0])}, "同一机构的同一类事项只能有一条"),
        ({"lines": (DEFAULTS[0], replace(DEFAULTS[1], readmission=("more_than", 1, 1)))}, "没有哪个数能超过全体"),
        ({"lines": (replace(DEFAULTS[0], options=("approve", "abstain")), DEFAULTS[1])}, "须有赞成（同意）和反对"),
        ({"lines": (DEFAULTS[0], replace(DEFAULTS[1], ways=()))}, "用无记名表决的，请定票决办法"),
        ({"lines": (DEFAULTS[0], replace(DEFAULTS[1], scrutineers=2))}, "监票人至少 3 人"),
        ({"lines": (DEFAULTS[0], replace(DEFAULTS[1], tellers=1))}, "计票人至少 2 人，各自清点"),
        ({"lines": (replace(DEFAULTS[0], ways=("paper",)), DEFAULTS[1])}, "不用无记名表决的，不必定票决办法"),
        ({"lines": (replace(DEFAULTS[0], write_in=True), DEFAULTS[1])}, "另选他人、多轮投票只用于选举"),
        (
            {"lines": (*DEFAULTS[:4], replace(DEFAULTS[4], forms=("show_of_hands",)))},
            "全委会选举：党内选举采用无记名投票（党章第十一条）",
        ),
        (
            {"lines": (replace(DEFAULTS[0], recusal_lowers_due=True, recused_may_vote=True), DEFAULTS[1])},
            "不能减少应到",
        ),
    ],
)
def test_what_makes_no_rule_is_refused(district: District, changed, words) -> None:
    with refused(words):
        adopt(district, **changed)
    assert VotingRuleSet.objects.count() == 1


def test_a_set_names_the_decision_that_adopted_it_and_nothing_else(district: District) -> None:
    """The chain holds both: the decision's record and, in the set's own, its number."""
    decision = seal("decision/1", district.committee, {"text": "同意"}, actor=district.office)
    new = adopt(district, adopted_by=decision)
    assert new.adopted_by == decision
    assert read_canonical(bytes(new.record.payload))["adopted_by"] == decision.seq
    with refused("所选的存证不是会议决定"):
        adopt(district, valid_from=date(2027, 1, 1), adopted_by=new.record)
    assert VotingRuleSet.objects.count() == 2


def test_members_and_units_do_not_change_the_rules(district: District) -> None:
    for actor in (district.secretary, district.leader, district.head):
        with not_allowed():
            adopt(district, actor)


def test_the_database_keeps_a_sealed_version_as_it_is(district: District) -> None:
    rules = VotingRuleSet.objects.get()
    with database_refuses("表决规则已经存证，不能再改"):
        sql("UPDATE decisions_votingruleset SET source = '改' WHERE id = %s", rules.pk)
    with database_refuses("表决规则已经存证，不能再改"):
        sql(
            "INSERT INTO decisions_votingrule (committee_id, rule_set_id, body_kind, matter, quorum_operator,"
            " quorum_numerator, quorum_denominator, pass_operator, pass_numerator, pass_denominator, forms,"
            " recusal_lowers_due, source) VALUES (%s, %s, 'congress', 'cadre', 'at_least', 1, 2, 'more_than', 1, 2,"
            " '[]', false, '')",
            district.committee.pk, rules.pk,
        )  # fmt: skip
