"""From dated rules to counting: which line decides a matter, and what it says to the pure functions of tally.py."""

from collections.abc import Iterable

from agenda.rules.models import Nature
from decisions.rules.models import VotingRule
from decisions.rules.tally import Base, CountingRule, Operator, Threshold, Wording

# The line that holds for a kind of matter; where a set has none for 重大决策, that for 一般事项 does.
_MATTERS = (
    (Nature.ELECTION, VotingRule.Matter.ELECTION),
    (Nature.CADRE, VotingRule.Matter.CADRE),
    (Nature.MAJOR, VotingRule.Matter.MAJOR),
)
_FALLS_BACK = (VotingRule.Matter.MAJOR, VotingRule.Matter.ORDINARY)


def matter_of(natures: Iterable[str | None]) -> VotingRule.Matter:
    """The strictest of joined items decides: 选举, 干部任免, 重大决策, else 一般事项."""
    found = set(natures)
    return next((matter for nature, matter in _MATTERS if nature in found), VotingRule.Matter.ORDINARY)


def line_for(rules: Iterable[VotingRule], natures: Iterable[str | None]) -> VotingRule | None:
    """The line among those of one body; none where the body does not vote on such matters."""
    lines = {rule.matter: rule for rule in rules}
    matter = matter_of(natures)
    wanted = _FALLS_BACK if matter in _FALLS_BACK else (matter,)
    return next((lines[each] for each in wanted[wanted.index(matter) :] if each in lines), None)


def opening_line(rules: Iterable[VotingRule]) -> VotingRule | None:
    """A meeting opens by the quorum of 一般事项; a body that only elects, by the first of its lines."""
    rules = list(rules)
    return next((rule for rule in rules if rule.matter == VotingRule.Matter.ORDINARY), rules[0] if rules else None)


def wording_of(matter: str) -> Wording:
    """同意 and 不同意 on cadres, 赞成 and 反对 on all else."""
    return Wording.CADRE if matter == VotingRule.Matter.CADRE else Wording.ORDINARY


def counting_rule(rule: VotingRule) -> CountingRule:
    """The line as plain values for tally.py."""
    named = rule.matter in (VotingRule.Matter.CADRE, VotingRule.Matter.ELECTION)
    return CountingRule(
        quorum=Threshold(Operator(rule.quorum_operator), rule.quorum_numerator, rule.quorum_denominator),
        majority=Threshold(
            Operator(rule.pass_operator), rule.pass_numerator, rule.pass_denominator, Base(rule.pass_base)
        ),
        wording=wording_of(rule.matter),
        matter=rule.get_matter_display() if named else "",
        recusal_lowers_due=rule.recusal_lowers_due,
    )
