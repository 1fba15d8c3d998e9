"""Counting: are enough present, and is the matter carried — from plain values alone, in whole numbers.

The one deciding place for quorum and majority; no database, no clock, no floats. Every number (operator, fraction,
base, what recusal does) comes from the rule set in force, dated data that names its clauses of
《中国共产党地方委员会工作条例》, 《党政领导干部选拔任用工作条例》 or the local 议事规则.

Several names, rounds and k of n are not here: each name is a `Count` of its own with a verdict of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

_NUMERALS = "零一二三四五六七八九十"


class Operator(StrEnum):
    """三分之二以上 includes the fraction itself, 超过三分之二 does not: 26 and 27 of 39."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"


class Base(StrEnum):
    """Of what the fraction is taken. The house rule is 应到: absence, 弃权 and 废票 all count against."""

    DUE = "due"
    ENTITLED_PRESENT = "entitled_present"
    VALID = "valid"


class Act(StrEnum):
    """What a quorum is asked for; the value is its word in the sentence."""

    OPEN = "开会"
    DELIBERATE = "审议"
    VOTE = "表决"


class Wording(StrEnum):
    """How members answer: 赞成/反对/弃权 on ordinary matters, 同意/不同意/缓议 on cadres."""

    ORDINARY = "ordinary"
    CADRE = "cadre"

    @property
    def labels(self) -> dict[str, str]:
        """The word for each field of `Count`."""
        approve, oppose = ("同意", "不同意") if self is Wording.CADRE else ("赞成", "反对")
        rest = {"abstain": "弃权", "deferred": "缓议", "invalid": "废票", "not_voted": "未表决"}
        return {"approve": approve, "oppose": oppose, **rest}


@dataclass(frozen=True)
class Threshold:
    """A fraction with its operator and its base: (MORE_THAN, 1, 2, DUE) is 应到的超过半数."""

    operator: Operator
    numerator: int
    denominator: int
    base: Base = Base.DUE

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError(f"比例须大于零、不大于一，现为 {self.numerator}/{self.denominator}。")
        if self.operator is Operator.MORE_THAN and self.numerator == self.denominator:
            raise ValueError("没有哪个数能超过全体，请改为「以上」或改小比例。")

    @property
    def fraction_words(self) -> str:
        """半数, 三分之二, 全体; beyond tenths in figures."""
        part = Fraction(self.numerator, self.denominator)
        if part in (1, Fraction(1, 2)):
            return "全体" if part == 1 else "半数"
        if part.denominator < len(_NUMERALS):
            return f"{_NUMERALS[part.denominator]}分之{_NUMERALS[part.numerator]}"
        return f"{part.numerator}/{part.denominator}"

    @property
    def words(self) -> str:
        """超过半数, 三分之二以上, 全体; with the base where it is not 应到."""
        whose = {Base.DUE: "", Base.ENTITLED_PRESENT: "到会人数的", Base.VALID: "有效票的"}[self.base]
        if self.operator is Operator.MORE_THAN:
            return f"超过{whose}{self.fraction_words}"
        return f"{whose}{self.fraction_words}{'' if self.numerator == self.denominator else '以上'}"


def needed(threshold: Threshold, base: int) -> int:
    """The least whole number that meets the threshold on this base; never less than one, even of nobody."""
    _whole("基数", base)
    part = threshold.numerator * base
    if threshold.operator is Operator.MORE_THAN:
        return part // threshold.denominator + 1
    return max(1, -(-part // threshold.denominator))


@dataclass(frozen=True)
class CountingRule:
    """What a rule set says about counting for one kind of matter; `matter` is named in refusals (干部任免)."""

    quorum: Threshold
    majority: Threshold
    wording: Wording = Wording.ORDINARY
    matter: str = ""
    recusal_lowers_due: bool = False

    def __post_init__(self) -> None:
        if self.quorum.base is not Base.DUE:
            raise ValueError("到会人数只能以应到为基数。")


@dataclass(frozen=True)
class Room:
    """The numbers of one moment: 应到 before recusal, 实到 after it (the recused are not present), 回避."""

    due: int
    present: int
    recused: int = 0

    def __post_init__(self) -> None:
        for label, number in (("应到", self.due), ("实到", self.present), ("回避", self.recused)):
            _whole(f"{label}人数", number)
        if self.due == 0:
            raise ValueError("应到人数为零，无从计算，请先核对本届席位。")
        if (both := self.present + self.recused) > self.due:
            raise ValueError(f"实到和回避共 {both} 人，多于应到 {self.due} 人，请核对签到和回避登记。")


@dataclass(frozen=True)
class Count:
    """One question, one round (in an election: one name). Everybody entitled and present is in exactly one field."""

    approve: int = 0
    oppose: int = 0
    abstain: int = 0
    deferred: int = 0
    invalid: int = 0
    not_voted: int = 0

    def __post_init__(self) -> None:
        for field, label in Wording.ORDINARY.labels.items():
            _whole(label, getattr(self, field))

    @property
    def valid(self) -> int:
        """有效票: every answer the rule knows, 弃权 and 缓议 among them; not 废票, not who did not vote."""
        return self.approve + self.oppose + self.abstain + self.deferred

    @property
    def total(self) -> int:
        return self.valid + self.invalid + self.not_voted

    def words(self, wording: Wording) -> str:
        """For record and minutes: 赞成 9，反对 1，弃权 0 (cadres: 同意, 不同意, 缓议); other fields only above zero."""
        always = ("approve", "oppose", "deferred" if wording is Wording.CADRE else "abstain")
        shown = [(label, getattr(self, field), field in always) for field, label in wording.labels.items()]
        return "，".join(f"{label} {number}" for label, number, stands in shown if number or stands)


@dataclass(frozen=True)
class Verdict:
    """`missing` people or votes to `needed`. Where not `quorate` no vote may be taken, so nothing is rejected."""

    met: bool
    needed: int
    missing: int
    sentence: str
    quorate: bool = True


def quorum_verdict(rule: CountingRule, room: Room, act: Act) -> Verdict:
    """May the meeting open, the matter be deliberated, the vote be taken? 实到 against the quorum of 应到."""
    least = needed(rule.quorum, _base_due(rule, room))
    missing = max(0, least - room.present)
    ending = f"差 {missing} 人，不能{act}。" if missing else f"可以{act}。"
    must = f"{rule.matter}须{rule.quorum.words}（{least}）到会，{ending}"
    sentence = f"{_due_words(rule, room)}，实到 {room.present}，{must}"
    return Verdict(not missing, least, missing, sentence, quorate=not missing)


def vote_verdict(rule: CountingRule, room: Room, count: Count, *, closed: bool = True) -> Verdict:
    """Is the matter carried? Quorum first, then 赞成 against the base.

    While voting goes on (`closed=False`) the sentence says how it stands and does not say 通过; where the base is valid
    votes, it then reckons with every vote still out.
    """
    if count.total != room.present:
        mend = "请核对票数" if count.total > room.present else "没有表决的请记入未表决"
        raise ValueError(f"各项合计 {count.total}，与到会有表决权的 {room.present} 人不符，{mend}。")
    quorum = quorum_verdict(rule, room, Act.VOTE)
    if not quorum.met:
        return quorum
    return _majority(rule, room, count, f"{rule.wording.labels['approve']} {count.approve}", closed)


def unanimous_verdict(rule: CountingRule, room: Room) -> Verdict:
    """口头表决 in which all present agree: one act. The base stays what it is: 6 of 12 agree, and it is not carried."""
    quorum = quorum_verdict(rule, room, Act.VOTE)
    if not quorum.met:
        return quorum
    votes = f"实到 {room.present}，口头表决一致{rule.wording.labels['approve']}"
    return _majority(rule, room, Count(approve=room.present), votes, closed=True)


def _majority(rule: CountingRule, room: Room, count: Count, votes: str, closed: bool) -> Verdict:
    """The majority on the base the rule names, with its sentence; quorum and count have been checked."""
    base, base_words = _majority_base(rule, room, count, closed)
    least = needed(rule.majority, base)
    missing = max(0, least - count.approve)
    if closed:
        ending = f"差 {missing} 票，未通过。" if missing else "通过。"
    else:
        ending = f"还差 {missing} 票。" if missing else "达到通过条件。"
    sentence = f"{_due_words(rule, room)}{base_words}，{votes}，{_reached(rule.majority, least, missing)}，{ending}"
    return Verdict(not missing, least, missing, sentence)


def _majority_base(rule: CountingRule, room: Room, count: Count, closed: bool) -> tuple[int, str]:
    """The number the majority is taken of, and its words where it is not 应到."""
    if rule.majority.base is Base.DUE:
        return _base_due(rule, room), ""
    if rule.majority.base is Base.ENTITLED_PRESENT:
        return room.present, f"，到会有表决权 {room.present}"
    votes = count.valid if closed else count.valid + count.not_voted
    return votes, f"，有效票{'' if closed else '至多'} {votes}"


def _base_due(rule: CountingRule, room: Room) -> int:
    """应到 for this matter. No text read settles whether recusal lowers it: a setting, by default it does not."""
    base = room.due - room.recused if rule.recusal_lowers_due else room.due
    if base == 0:
        raise ValueError(f"应到 {room.due} 人全部回避，无人可以表决，请改由有权的会议决定。")
    return base


def _due_words(rule: CountingRule, room: Room) -> str:
    """应到 11, and where somebody is recused whether he stays in the base."""
    effect = f"不计入应到，按 {room.due - room.recused} 计" if rule.recusal_lowers_due else "仍计入应到"
    return f"应到 {room.due}" + (f"，回避 {room.recused}（{effect}）" if room.recused else "")


def _reached(threshold: Threshold, least: int, missing: int) -> str:
    """超过半数（6） · 未超过半数（须 6） · 达到三分之二以上（8） · 未达到三分之二以上（须 8）."""
    verb = "" if threshold.operator is Operator.MORE_THAN else "达到"
    return f"未{verb}{threshold.words}（须 {least}）" if missing else f"{verb}{threshold.words}（{least}）"


def _whole(label: str, number: int) -> None:
    """People and votes are whole numbers from zero up."""
    if not isinstance(number, int) or number < 0:
        raise ValueError(f"{label}须为不小于零的整数，现为 {number}。")
