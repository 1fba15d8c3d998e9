"""A ballot is held as the rule has it: on paper or device, names written in and further rounds as far as it goes."""

from dataclasses import replace

import pytest

from common.identity.models import Person
from common.services import Refused
from decisions.ballots.drafting import demand_as_ruled, rounds_held
from decisions.ballots.models import Ballot
from decisions.rules.defaults import DEFAULTS
from decisions.rules.models import VotingRule
from decisions.rules.spec import columns_of

CADRE, ELECTION = DEFAULTS[1], DEFAULTS[4]
FIRST = Ballot()
SECOND = Ballot(follows=FIRST)


def rule(line, **changed) -> VotingRule:
    return VotingRule(**columns_of(replace(line, **changed)))


@pytest.mark.parametrize(
    ("line", "way", "roster", "follows", "words"),
    [
        (rule(CADRE, ways=("paper",)), "device", [], None, "规则规定干部任免用纸质票"),
        (rule(CADRE, ways=("device",)), "paper", [], None, "规则规定干部任免用设备投票"),
        (rule(ELECTION, write_in=False), "paper", [Person()], None, "规则没有规定可以另选他人"),
        (rule(ELECTION), "paper", [], SECOND, "规则规定最多投 2 轮，已经投满"),
        (rule(ELECTION, rounds=1), "paper", [], FIRST, "规则规定最多投 1 轮，已经投满"),
    ],
)
def test_what_the_rule_does_not_have_is_refused(line, way, roster, follows, words) -> None:
    with pytest.raises(Refused, match=words):
        demand_as_ruled(line, way, roster, follows)


@pytest.mark.parametrize(
    ("line", "way", "roster", "follows"),
    [
        (rule(CADRE), "device", [], None),
        (rule(ELECTION), "paper", [Person()], None),
        (rule(ELECTION), "paper", [], FIRST),
    ],
)
def test_what_it_has_is_allowed(line, way, roster, follows) -> None:
    assert demand_as_ruled(line, way, roster, follows) is None


def test_rounds_are_counted_back_to_the_first() -> None:
    assert [rounds_held(ballot) for ballot in (FIRST, SECOND, Ballot(follows=SECOND))] == [1, 2, 3]
