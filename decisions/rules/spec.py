"""One line of the rules of voting as plain values: what is asked, what makes no rule, how it stands in the table."""

from dataclasses import asdict, dataclass
from typing import Any

from committee.bodies.models import Body
from decisions.rules.models import VotingRule
from decisions.rules.tally import Base, Operator, Threshold

Fraction = tuple[str, int, int]
ORDINARY, MAJOR = VotingRule.Matter.ORDINARY, VotingRule.Matter.MAJOR
CADRE, ELECTION = VotingRule.Matter.CADRE, VotingRule.Matter.ELECTION
FORMS = {"oral": "口头", "show_of_hands": "举手", "recorded": "记名", "secret": "无记名"}
WAYS = {"paper": "纸质票", "device": "设备投票"}
# 总监票人 and two 监票人 hold the codes of a ballot on the device; any two of them open it.
CODE_HOLDERS = 3


@dataclass(frozen=True)
class VotingSpec:
    """What a body needs for one kind of matter (rules.md §2); fractions as (operator, numerator, denominator).

    `base`: of what the majority is taken. `options`: what may be answered. `statements`: everybody states himself by
    name before the vote is opened. `readmission`: how many of all members must agree to 复议. `ways`, `scrutineers`,
    `tellers`: how a secret ballot is held. `rounds`, `spare`, `write_in`: in an election, how many rounds at most, how
    many more candidates than places a further round keeps, and whether 另选他人 is allowed.
    """

    body_kind: str
    matter: str
    quorum: Fraction
    majority: Fraction
    forms: tuple[str, ...]
    source: str
    base: str = Base.DUE.value
    options: tuple[str, ...] = ("approve", "oppose", "abstain")
    chair_last: bool = True
    statements: bool = False
    oppose_reason: bool = False
    recusal_lowers_due: bool = False
    recused_may_vote: bool = False
    readmission: Fraction | None = None
    ways: tuple[str, ...] = ()
    scrutineers: int = 0
    tellers: int = 0
    write_in: bool = False
    rounds: int = 1
    spare: int = 0

    @property
    def name(self) -> str:
        """常委会干部任免."""
        return f"{Body.Kind(self.body_kind).label}{VotingRule.Matter(self.matter).label}"

    @property
    def secret(self) -> bool:
        return "secret" in self.forms


def spec_of(rule: VotingRule) -> VotingSpec:
    """The line of the table as plain values."""
    plain: dict[str, Any] = {name: getattr(rule, name) for name in _PLAIN}
    lists = {name: tuple(getattr(rule, name)) for name in _LISTS}
    readmission = None
    if rule.readmit_numerator and rule.readmit_denominator:
        readmission = (rule.readmit_operator, rule.readmit_numerator, rule.readmit_denominator)
    return VotingSpec(
        quorum=(rule.quorum_operator, rule.quorum_numerator, rule.quorum_denominator),
        majority=(rule.pass_operator, rule.pass_numerator, rule.pass_denominator),
        base=rule.pass_base,
        readmission=readmission,
        **(plain | lists),
    )


def columns_of(spec: VotingSpec) -> dict[str, Any]:
    """The same as the columns of the table."""
    readmit = spec.readmission or ("", None, None)
    return {
        **{name: getattr(spec, name) for name in _PLAIN},
        **{name: list(getattr(spec, name)) for name in _LISTS},
        "pass_base": spec.base,
        **_parts("quorum", spec.quorum),
        **_parts("pass", spec.majority),
        **_parts("readmit", readmit),
    }


def frozen(spec: VotingSpec) -> dict[str, Any]:
    """The line as it is sealed with the rule set and with every round that it decided."""
    return asdict(spec)


_PLAIN = (
    "body_kind", "matter", "source", "chair_last", "statements", "oppose_reason", "recusal_lowers_due",
    "recused_may_vote", "scrutineers", "tellers", "write_in", "rounds", "spare",
)  # fmt: skip
_LISTS = ("forms", "options", "ways")


def _parts(name: str, fraction: tuple[str, int | None, int | None]) -> dict[str, Any]:
    return dict(zip((f"{name}_operator", f"{name}_numerator", f"{name}_denominator"), fraction, strict=True))


def problem(spec: VotingSpec) -> tuple[str, str] | None:
    """(field, sentence) of the first thing that makes no rule; None where the line holds."""
    return (
        _fraction_problem(spec)
        or _forms_problem(spec)
        or _election_problem(spec)
        or _ballot_problem(spec)
        or _recusal_problem(spec)
    )


def _fraction_problem(spec: VotingSpec) -> tuple[str, str] | None:
    for name, fraction in (("quorum", spec.quorum), ("majority", spec.majority), ("readmission", spec.readmission)):
        if fraction is None:
            continue
        try:
            Threshold(Operator(fraction[0]), fraction[1], fraction[2])
        except ValueError as error:
            return name, str(error)
    return None


def _forms_problem(spec: VotingSpec) -> tuple[str, str] | None:
    if not spec.forms:
        return "forms", "没有表决方式，请至少选一种。"
    if not {"approve", "oppose"} <= set(spec.options):
        return "options", "表决选项须有赞成（同意）和反对（不同意）。"
    return None


def _ballot_problem(spec: VotingSpec) -> tuple[str, str] | None:
    """A secret ballot has a way, enough scrutineers for its codes, and two tellers who count apart."""
    if not spec.secret:
        return ("ways", "不用无记名表决的，不必定票决办法。") if spec.ways else None
    if not spec.ways:
        return "ways", "用无记名表决的，请定票决办法：纸质票、设备投票，或者两种都可用。"
    if spec.scrutineers < (least := CODE_HOLDERS if "device" in spec.ways else 1):
        return "scrutineers", f"监票人至少 {least} 人（含总监票人）。"
    if spec.tellers < 2:
        return "tellers", "计票人至少 2 人，各自清点后比对。"
    return None


def _election_problem(spec: VotingSpec) -> tuple[str, str] | None:
    """党内选举采用无记名投票 (党章第十一条); rounds and 另选他人 belong to elections alone."""
    if spec.matter == ELECTION:
        if spec.forms != ("secret",):
            return "forms", "党内选举采用无记名投票（党章第十一条），不能用其他方式。"
        return None if spec.rounds else ("rounds", "选举至少有一轮。")
    if spec.write_in or spec.rounds != 1 or spec.spare:
        return "rounds", "另选他人、多轮投票只用于选举。"
    return None


def _recusal_problem(spec: VotingSpec) -> tuple[str, str] | None:
    if spec.recusal_lowers_due and spec.recused_may_vote:
        return "recusal", "回避后仍参加表决的，不能减少应到。"
    return None
