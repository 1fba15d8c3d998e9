"""The rules an office starts with; every number is proposed or from a source named beside it, and can be superseded.

Sources: 程序 = 《重大行政决策程序暂行条例》; 五不上会 = 市委常委会议事决策规则; all else is a proposal.
"""

from dataclasses import dataclass, field

from agenda.rules.models import CheckKind, CheckRule, Handling, Nature, SignStep, Way
from committee.bodies.models import Body
from committee.roles.models import Role
from committee.units.models import Unit

STANDING, PLENARY, SECRETARY_MEETING = Body.Kind.STANDING, Body.Kind.PLENARY, Body.Kind.SECRETARY_MEETING
MAJOR, CADRE, ELECTION, OTHER = Nature.MAJOR, Nature.CADRE, Nature.ELECTION, Nature.OTHER


@dataclass(frozen=True)
class MatterSpec:
    """A line of 议事范围."""

    code: str
    name: str
    body_kind: str
    nature: str
    way: str = Way.DECIDE.value


MATTERS = (
    MatterSpec("convey", "传达贯彻上级", STANDING, OTHER),
    MatterSpec("to_plenary", "提请全委会事项", STANDING, MAJOR, Way.SUBMIT.value),
    MatterSpec("development", "经济社会发展重大问题", STANDING, MAJOR),
    MatterSpec("budget", "财政预决算及调整", STANDING, MAJOR),
    MatterSpec("planning", "规划、国土、生态", STANDING, MAJOR),
    MatterSpec("institutions", "体制机制和机构改革", STANDING, MAJOR),
    MatterSpec("projects", "重大项目", STANDING, MAJOR),
    MatterSpec("funds", "大额资金", STANDING, MAJOR),
    MatterSpec("cadres", "干部推荐任免奖惩", STANDING, CADRE),
    MatterSpec("party_building", "党建与从严治党", STANDING, OTHER),
    MatterSpec("ideology", "意识形态、统战、群团、武装", STANDING, OTHER),
    MatterSpec("stability", "稳定、应急、重大事故", STANDING, OTHER),
    MatterSpec("discipline", "纪律处分、请示报告及其他", STANDING, OTHER),
    MatterSpec("alone", "分管领导职权内的日常工作", STANDING, OTHER, Way.ALONE.value),
    MatterSpec("plenary_report", "年度工作报告", PLENARY, OTHER),
    MatterSpec("plenary_strategy", "发展战略规划", PLENARY, MAJOR),
    MatterSpec("plenary_party", "党建重大问题", PLENARY, MAJOR),
    MatterSpec("plenary_election", "选举及递补", PLENARY, ELECTION),
    MatterSpec("plenary_congress", "决定召开党代会", PLENARY, OTHER),
    MatterSpec("plenary_posts", "票决重要岗位正职", PLENARY, CADRE),
    MatterSpec("plenary_submitted", "常委会提请事项", PLENARY, MAJOR),
    MatterSpec("secretary_agenda", "常委会议题准备", SECRETARY_MEETING, OTHER),
    MatterSpec("secretary_cadres", "干部方案酝酿", SECRETARY_MEETING, CADRE),
    MatterSpec("secretary_coordination", "常委会决定的协调落实", SECRETARY_MEETING, OTHER),
    MatterSpec("secretary_cases", "巡察和重大案件情况听取", SECRETARY_MEETING, OTHER),
    MatterSpec("secretary_emergency", "应急沟通", SECRETARY_MEETING, OTHER),
)


@dataclass(frozen=True)
class CheckSpec:
    """A check that every major matter needs."""

    kind: str
    need: str
    reviewer: str
    source: str


REQUIRED, WAIVABLE = CheckRule.Need.REQUIRED, CheckRule.Need.WAIVABLE
CHECKS = (
    CheckSpec(CheckKind.RESEARCH, REQUIRED, Role.UNIT_HEAD, "五不上会：未经调查研究不上会"),
    CheckSpec(CheckKind.EXPERT, WAIVABLE, Role.ITEM_LIAISON, "程序：专业性、技术性较强的事项"),
    CheckSpec(CheckKind.RISK, WAIVABLE, Role.RISK_REVIEWER, "程序：可能影响社会稳定的事项"),
    CheckSpec(CheckKind.LEGAL, REQUIRED, Role.LEGAL_REVIEWER, "程序：未经合法性审查不得提交"),
    CheckSpec(CheckKind.PLAN, REQUIRED, Role.ITEM_LIAISON, "五不上会：没有预案不上会"),
)


@dataclass(frozen=True)
class StepSpec:
    """One signature; 会签 names its unit."""

    office: str
    unit: Unit | None = None


@dataclass(frozen=True)
class RouteSpec:
    """A usual way of signatures."""

    code: str
    name: str
    steps: tuple[StepSpec, ...]
    unit_kinds: tuple[str, ...] = field(default=tuple(Unit.Kind.values))
    handlings: tuple[str, ...] = field(default=tuple(Handling.values))
    required_attachment: str = ""


def _signed_by(*offices: str) -> tuple[StepSpec, ...]:
    return tuple(StepSpec(office) for office in offices)


OFFICE = SignStep.Office
ROUTES = (
    RouteSpec(
        "inform",
        "传达学习",
        _signed_by(OFFICE.UNIT_HEAD, OFFICE.OFFICE_DIRECTOR, OFFICE.SECRETARY),
        handlings=(Handling.CONVEY,),
    ),
    RouteSpec(
        "government",
        "政府系统",
        _signed_by(OFFICE.UNIT_HEAD, OFFICE.LEADER_IN_CHARGE, OFFICE.MAYOR, OFFICE.OFFICE_DIRECTOR, OFFICE.SECRETARY),
        unit_kinds=(Unit.Kind.GOVERNMENT, Unit.Kind.TOWNSHIP),
        handlings=(Handling.DISCUSS, Handling.BALLOT),
        required_attachment="government_minutes",
    ),
    RouteSpec(
        "party",
        "党委系统",
        _signed_by(OFFICE.UNIT_HEAD, OFFICE.LEADER_IN_CHARGE, OFFICE.OFFICE_DIRECTOR, OFFICE.SECRETARY),
    ),
)
