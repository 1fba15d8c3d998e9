"""The rules of voting an office starts with (rules.md §2); each can be superseded by a version of its own."""

from typing import Any

from committee.bodies.models import Body
from decisions.rules.models import VotingRule
from decisions.rules.spec import CADRE, CODE_HOLDERS, ELECTION, MAJOR, ORDINARY, VotingSpec

AT_LEAST, MORE_THAN = VotingRule.Operator.AT_LEAST, VotingRule.Operator.MORE_THAN
HALF, OVER_HALF = (AT_LEAST.value, 1, 2), (MORE_THAN.value, 1, 2)
TWO_THIRDS, OVER_TWO_THIRDS = (AT_LEAST.value, 2, 3), (MORE_THAN.value, 2, 3)
OPEN_FORMS = ("oral", "show_of_hands", "recorded")
SECRET: dict[str, Any] = {"ways": ("paper", "device"), "scrutineers": CODE_HOLDERS, "tellers": 2}
# Members state 同意, 不同意 or 缓议 on cadres; a decision on cadres comes up again when over half of all agree.
ON_CADRES: dict[str, Any] = {
    "options": ("approve", "oppose", "deferred"),
    "statements": True,
    "readmission": OVER_HALF,
    **SECRET,
}
ELECTIONS: dict[str, Any] = {"write_in": True, "rounds": 2, "spare": 1, **SECRET}

DEFAULTS = (
    VotingSpec(
        Body.Kind.STANDING, ORDINARY, HALF, OVER_HALF, OPEN_FORMS,
        "地方委员会工作条例：半数以上到会，赞成超过应到半数为通过",
    ),
    VotingSpec(
        Body.Kind.STANDING, CADRE, TWO_THIRDS, OVER_HALF, ("secret",),
        "干部任用条例：三分之二以上到会，同意超过应到半数为通过", **ON_CADRES,
    ),
    VotingSpec(
        Body.Kind.PLENARY, ORDINARY, TWO_THIRDS, OVER_HALF, OPEN_FORMS,
        "地方委员会工作条例：三分之二以上到会，赞成超过应到半数为通过",
    ),
    VotingSpec(
        Body.Kind.PLENARY, CADRE, TWO_THIRDS, OVER_HALF, ("secret",),
        "全委会对正职拟任人选和推荐人选表决办法：三分之二以上到会，同意超过应到半数为通过", **SECRET,
    ),
    VotingSpec(
        Body.Kind.PLENARY, ELECTION, OVER_TWO_THIRDS, OVER_HALF, ("secret",),
        "地方组织选举工作条例：超过三分之二到会，赞成超过应到半数当选", **ELECTIONS,
    ),
    VotingSpec(
        Body.Kind.CONGRESS, ELECTION, OVER_HALF, OVER_HALF, ("secret",),
        "地方组织选举工作条例：超过半数到会，赞成超过应到半数当选", **ELECTIONS,
    ),
)  # fmt: skip
# 重大决策 with votes by name (市委常委会议事决策规则): an office that keeps this rule adds the line to its set.
MAJOR_BY_NAME = VotingSpec(
    Body.Kind.STANDING, MAJOR, HALF, OVER_HALF, ("recorded",),
    "市委常委会议事决策规则：重大决策记名表决，逐一表态", statements=True, oppose_reason=True,
)  # fmt: skip
