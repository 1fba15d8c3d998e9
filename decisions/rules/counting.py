"""From dated rules to counting: which line decides a matter, and what it says to the pure functions of tally.py."""

from collections.abc import Iterable

from agenda.rules.models import MatterKind
from decisions.rules.models import VotingRule
from decisions.rules.tally import CountingRule, Operator, Threshold, Wording


def matter_of(natures: Iterable[str | None]) -> str:
    """干部任免 as soon as one of the joined items concerns cadres, else 一般事项."""
    cadre = MatterKind.Nature.CADRE in set(natures)
    return VotingRule.Matter.CADRE if cadre else VotingRule.Matter.ORDINARY


def counting_rule(rule: VotingRule) -> CountingRule:
    """The line as plain values; the base of the majority is 应到 (rules.md §2)."""
    cadre = rule.matter == VotingRule.Matter.CADRE
    return CountingRule(
        quorum=Threshold(Operator(rule.quorum_operator), rule.quorum_numerator, rule.quorum_denominator),
        majority=Threshold(Operator(rule.pass_operator), rule.pass_numerator, rule.pass_denominator),
        wording=Wording.CADRE if cadre else Wording.ORDINARY,
        matter=VotingRule.Matter.CADRE.label if cadre else "",
        recusal_lowers_due=rule.recusal_lowers_due,
    )
