"""What the rules of voting mean: their words, and their numbers for the bodies as they stand on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from committee.bodies.models import Body
from common.web.rulebook import Change
from decisions.rules.counting import wording_of
from decisions.rules.models import VotingRule, VotingRuleSet
from decisions.rules.spec import ELECTION, FORMS, WAYS, Fraction, VotingSpec, spec_of
from decisions.rules.tally import Base, Operator, Threshold, needed


@dataclass(frozen=True)
class LineShown:
    """One line with what it asks of a body of `due` members; 0 members say no number."""

    spec: VotingSpec
    due: int

    @property
    def matter(self) -> str:
        return VotingRule.Matter(self.spec.matter).label

    @property
    def quorum(self) -> str:
        return _threshold(self.spec.quorum).words

    @property
    def majority(self) -> str:
        return _majority(self.spec).words

    @property
    def quorum_needed(self) -> int:
        return needed(_threshold(self.spec.quorum), self.due) if self.due else 0

    @property
    def majority_needed(self) -> int:
        """0 where the majority is not taken of 应到: then the number is known at the vote alone."""
        return needed(_majority(self.spec), self.due) if self.due and self.spec.base == Base.DUE else 0

    @property
    def word(self) -> str:
        """赞成 on ordinary matters, 同意 on cadres."""
        return wording_of(self.spec.matter).labels["approve"]

    @property
    def more(self) -> list[tuple[str, str]]:
        """All but quorum, majority and source."""
        return list(_more(self.spec, self.due))

    @property
    def source(self) -> str:
        return self.spec.source


def specs_of(rules: VotingRuleSet) -> list[VotingSpec]:
    """The lines of a version as the service takes them."""
    return [spec_of(rule) for rule in rules.rules.order_by("pk")]


def changes(old: Iterable[VotingSpec], new: Iterable[VotingSpec]) -> list[Change]:
    """What a new version says otherwise, thing by thing."""
    before = {(line.body_kind, line.matter): line for line in old}
    after = {(line.body_kind, line.matter): line for line in new}
    found = []
    for key in dict.fromkeys([*before, *after]):
        was, now = _said(before.get(key)), _said(after.get(key))
        name = (after.get(key) or before[key]).name
        if not (was and now):
            found.append(Change(name, "；".join(was.values()), "；".join(now.values())))
            continue
        found += [
            Change(f"{name}：{what}", was.get(what, ""), now.get(what, ""))
            for what in dict.fromkeys([*was, *now])
            if was.get(what) != now.get(what)
        ]
    return found


def in_numbers(lines: Iterable[VotingSpec], bodies: Iterable[tuple[Body, int]]) -> Iterator[tuple[str, str]]:
    """What lines mean for bodies as they stand: (区委常委会干部任免, 应到 11 人：到会至少 8 人，至少 6 票通过)."""
    due = {body.kind: (body.name, members) for body, members in bodies}
    for line in lines:
        name, members = due.get(line.body_kind, ("", 0))
        if not members:
            continue
        shown = LineShown(line, members)
        votes = f"至少 {shown.majority_needed} 票通过" if shown.majority_needed else f"{shown.majority}通过"
        yield f"{name}{shown.matter}", f"应到 {members} 人：到会至少 {shown.quorum_needed} 人，{votes}"


def _said(line: VotingSpec | None) -> dict[str, str]:
    """到会: 半数以上到会 …; nothing of no line."""
    if line is None:
        return {}
    said = {"到会": f"{_threshold(line.quorum).words}到会", "通过": f"{_majority(line).words}通过"}
    return said | dict(_more(line, 0)) | {"依据": line.source}


def _more(line: VotingSpec, due: int) -> Iterator[tuple[str, str]]:
    forms = "、".join(FORMS[form] for form in line.forms)
    yield "表决方式", f"必须{forms}表决" if len(line.forms) == 1 else forms
    labels = wording_of(line.matter).labels
    yield "表决选项", "、".join(labels[option] for option in line.options)
    yield "表态", "，".join(_order(line))
    yield "回避", _recusal(line)
    if line.readmission:
        least = f"（{needed(_threshold(line.readmission), due)} 人）" if due else ""
        yield "复议", f"全体成员{_threshold(line.readmission).words}{least}同意，方可复议，复议后重新表决"
    if line.ways:
        ways = "、".join(WAYS[way] for way in line.ways)
        yield "票决办法", f"{ways}；监票人 {line.scrutineers} 人（含总监票人），计票人 {line.tellers} 人"
    if line.matter == ELECTION:
        yield "选举", _election(line)


def _order(line: VotingSpec) -> Iterator[str]:
    yield "主持人末位表态" if line.chair_last else "主持人表态不分先后"
    if line.statements:
        yield "逐一表态后才能表决"
    if line.oppose_reason:
        yield f"{wording_of(line.matter).labels['oppose']}须说明理由"


def _recusal(line: VotingSpec) -> str:
    if line.recused_may_vote:
        return "回避的退出讨论，仍参加表决"
    return "回避的退出讨论和表决，" + ("减少应到" if line.recusal_lowers_due else "仍计入应到")


def _election(line: VotingSpec) -> str:
    write_in = "可以另选他人" if line.write_in else "不得另选他人"
    if line.rounds == 1:
        return f"只投一轮，{write_in}"
    return f"最多投 {line.rounds} 轮，再投时候选人比余额多 {line.spare} 人，{write_in}"


def _threshold(fraction: Fraction) -> Threshold:
    return Threshold(Operator(fraction[0]), fraction[1], fraction[2])


def _majority(line: VotingSpec) -> Threshold:
    return Threshold(Operator(line.majority[0]), line.majority[1], line.majority[2], Base(line.base))
