"""What the rules of voting mean: their words, and their numbers for the bodies as they stand on a day."""

from collections.abc import Iterable
from dataclasses import dataclass

from committee.bodies.models import Body
from common.web.rulebook import Change
from decisions.rules.counting import counting_rule
from decisions.rules.models import VotingRule, VotingRuleSet
from decisions.rules.services.adopt_rules import VotingSpec
from decisions.rules.tally import Operator, Threshold, needed

FORMS = {"oral": "口头", "show_of_hands": "举手", "recorded": "记名", "secret": "无记名"}


@dataclass(frozen=True)
class LineShown:
    """One rule with what it asks of a body of `due` members; 0 members say no number."""

    rule: VotingRule
    due: int

    @property
    def matter(self) -> str:
        return VotingRule.Matter(self.rule.matter).label

    @property
    def quorum(self) -> str:
        return counting_rule(self.rule).quorum.words

    @property
    def majority(self) -> str:
        return counting_rule(self.rule).majority.words

    @property
    def quorum_needed(self) -> int:
        return needed(counting_rule(self.rule).quorum, self.due) if self.due else 0

    @property
    def majority_needed(self) -> int:
        return needed(counting_rule(self.rule).majority, self.due) if self.due else 0

    @property
    def forms(self) -> str:
        return form_words(self.rule.forms)

    @property
    def word(self) -> str:
        """赞成 on ordinary matters, 同意 on cadres."""
        return counting_rule(self.rule).wording.labels["approve"]


def form_words(forms: Iterable[str]) -> str:
    return "、".join(FORMS[form] for form in forms)


def specs_of(rules: VotingRuleSet) -> list[VotingSpec]:
    """The lines of a version as the service takes them."""
    return [
        VotingSpec(
            body_kind=rule.body_kind,
            matter=rule.matter,
            quorum=(rule.quorum_operator, rule.quorum_numerator, rule.quorum_denominator),
            majority=(rule.pass_operator, rule.pass_numerator, rule.pass_denominator),
            forms=tuple(rule.forms),
            source=rule.source,
            recusal_lowers_due=rule.recusal_lowers_due,
        )
        for rule in rules.rules.order_by("pk")
    ]


def changes(old: Iterable[VotingSpec], new: Iterable[VotingSpec]) -> list[Change]:
    """What a new version says otherwise, line by line."""
    before = {(line.body_kind, line.matter): line for line in old}
    after = {(line.body_kind, line.matter): line for line in new}
    found = []
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if was != now:
            what = f"{Body.Kind(key[0]).label}{VotingRule.Matter(key[1]).label}"
            found.append(Change(what, _line_words(was), _line_words(now)))
    return found


def _line_words(line: VotingSpec | None) -> str:
    """到会半数以上，超过半数通过，口头、举手、记名，回避仍计入应到；依据…"""
    if line is None:
        return ""
    quorum, majority = (
        Threshold(Operator(operator), top, bottom).words for operator, top, bottom in (line.quorum, line.majority)
    )
    recusal = "回避减少应到" if line.recusal_lowers_due else "回避仍计入应到"
    return f"到会{quorum}，{majority}通过，{form_words(line.forms)}，{recusal}；{line.source}"
