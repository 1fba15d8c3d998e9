"""A new version of the rules of voting: fractions that can be met, no vote at a 书记专题会, sealed."""

from dataclasses import replace
from datetime import date

import pytest

from common.records.canonical import read_canonical
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
    assert (frozen["pass_numerator"], frozen["recusal_lowers_due"]) == (2, True)
    assert verbs(new) == ["adopt_voting_rules"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"valid_from": date(2026, 7, 18)}, "现行规则自 2026年7月18日 起施行"),
        ({"source": ""}, "请写明规则的依据"),
        ({"lines": DEFAULTS[1:]}, "常委会的一般事项和干部任免都要有表决规则"),
        ({"lines": (*DEFAULTS, replace(DEFAULTS[0], body_kind="secretary_meeting"))}, "书记专题会只作酝酿，不表决"),
        ({"lines": (replace(DEFAULTS[0], forms=()), DEFAULTS[1])}, "常委会一般事项没有表决方式"),
        ({"lines": (replace(DEFAULTS[0], quorum=("more_than", 2, 2)), DEFAULTS[1])}, "没有哪个数能超过全体"),
        ({"lines": (replace(DEFAULTS[0], majority=("at_least", 3, 2)), DEFAULTS[1])}, "比例须大于零、不大于一"),
    ],
)
def test_what_makes_no_rule_is_refused(district: District, changed, words) -> None:
    with refused(words):
        adopt(district, **changed)
    assert VotingRuleSet.objects.count() == 1


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
