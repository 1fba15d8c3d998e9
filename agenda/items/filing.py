"""May this sheet be filed today, by which route, and what is still missing? The one place that decides it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from agenda.items.leadership import left_office
from agenda.items.models import Attachment, MajorKind
from agenda.items.sheet import LABELS, Names, Sheet
from agenda.rules.models import (
    DECIDING,
    PERSONNEL,
    AgendaRuleSet,
    Handling,
    MatterKind,
    SignRoute,
    SignStep,
    Way,
    rules_on,
)
from committee.bodies.models import Body, Seat
from committee.division.questions import leaders_in_charge
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common.identity.models import Person

# Longer than any sitting; a slip of the finger.
MOST_MINUTES = 480
PLENARY, SECRETARY_MEETING = Body.Kind.PLENARY, Body.Kind.SECRETARY_MEETING


@dataclass(frozen=True)
class Filing:
    """What the rules of a day say about a sheet; `problems` is field → sentence, empty where it may be filed.

    `notes` are sentences that stop nothing.
    """

    rules: AgendaRuleSet | None
    unit: Unit | None
    matter: MatterKind | None
    route: SignRoute | None
    leaders: list[Person]
    needs_leader: bool
    problems: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def examine(sheet: Sheet, attachment_kinds: Collection[str], day: date) -> Filing:
    """Look the rules of this day up (a fixed number of queries) and say what the sheet still lacks under them."""
    rules = rules_on(day)
    named = {one for one in (sheet.unit, *sheet.co_units, *sheet.attendants) if one}
    units = {unit.pk: unit for unit in Unit.objects.on(day).filter(pk__in=named)}
    unit = units.get(sheet.unit or 0)
    matter = MatterKind.objects.on(day).filter(pk=sheet.matter_kind).first()
    route = route_for(rules, unit.kind, sheet.handling) if rules and unit else None
    needs_leader = route is not None and route.steps.filter(office=SignStep.Office.LEADER_IN_CHARGE).exists()
    leaders = possible_leaders(unit.pk, day) if unit else []
    problems = missing(sheet)
    problems |= _too_long(sheet, rules) if rules else {"unit": "这一天没有施行的上会规则。请区委办先登记规则。"}
    problems |= _unit_problems(sheet, units)
    if unit and rules and route is None:
        problems["handling"] = (
            f"{unit.short_name}以「{Handling(sheet.handling).label}」方式呈报没有可用的签批路线，请告知秘书科在规则中补上。"
        )
    if matter:
        problems |= unfit(matter, sheet)
    elif sheet.matter_kind:
        problems["matter_kind"] = "这个事项类别今天已不在议事范围内，请重新选择。"
    if needs_leader and unit:
        problems |= _leader_problem(sheet, unit, leaders)
    if route and route.required_attachment and route.required_attachment not in attachment_kinds:
        paper = Attachment.Kind(route.required_attachment).label
        problems["attachments"] = f"按{route.name}呈报须附《{paper}》。请上传并把附件种类选为「{paper}」。"
    return Filing(rules, unit, matter, route, leaders, needs_leader, problems, _notes(sheet, rules))


def missing(sheet: Sheet) -> dict[str, str]:
    """What the form itself asks for, without looking anything up: field → sentence (rules.md §4)."""
    wanted = ["title", "unit", "matter_kind", "reason", "presenter", "minutes"]
    if sheet.handling in DECIDING:
        wanted.append("matters")
    if sheet.urgent:
        wanted.append("urgent_reason")
    if MajorKind.FUND in sheet.major_kinds:
        wanted.append("amount")
    problems = {name: f"请填写{LABELS[name]}。" for name in wanted if not getattr(sheet, name)}
    if len(sheet.title) > 100:
        problems["title"] = "议题不超过 100 字，请精简。"
    if sheet.amount is not None and sheet.amount <= 0:
        problems["amount"] = "金额须大于零；没有金额的请留空。"
    if sheet.minutes is not None and not 0 < sheet.minutes <= MOST_MINUTES:
        problems["minutes"] = f"汇报时长须在 1 至 {MOST_MINUTES} 分钟之间。"
    for name, typed in sheet.unread:
        problems[name] = f"{LABELS[name]}「{typed[:30]}」看不懂，请改写。"
    if "amount" in dict(sheet.unread):
        problems["amount"] = "金额看不懂。请写成 1.8亿元、9500万元 或 180,000,000 元。"
    return problems


def _too_long(sheet: Sheet, rules: AgendaRuleSet) -> dict[str, str]:
    """What the sheet says may take so many characters, blanks not counted (rules.md §4: paper ≤ 3,000)."""
    most, count = rules.paper_characters, sheet.characters
    if count <= most:
        return {}
    said = f"事由、需议决事项、协调情况共 {count:,} 字，超过规定的 {most:,} 字"
    return {"reason": f"{said}。请精简，详细内容放入附件。"}


def _notes(sheet: Sheet, rules: AgendaRuleSet | None) -> tuple[str, ...]:
    """What stops nothing and should be known: offices plan fifteen minutes where the rule names ten."""
    if rules and sheet.minutes and sheet.minutes > rules.report_minutes:
        return (f"汇报时长 {sheet.minutes} 分钟，超过规定的 {rules.report_minutes} 分钟，请尽量精简。",)
    return ()


def unfit(matter: MatterKind, sheet: Sheet) -> dict[str, str]:
    """Whether this body may deal with this matter in this way (rules.md §1, §8)."""
    if matter.nature in PERSONNEL or MajorKind.CADRE in sheet.major_kinds:
        return {"matter_kind": "干部事项不走议题呈报，由组织部按干部选任程序办理；本程序目前还不受理干部事项。"}
    if matter.way == Way.ALONE:
        said = f"「{matter.name}」可以由分管领导自行决定，不提交会议"
        return {"matter_kind": f"{said}。请报分管领导决定；确需集体讨论的，请改选其他事项类别。"}
    if sheet.target_body == Body.Kind.CONGRESS:
        return {"target_body": "党代会的事项不由议题呈报提出，请改选其他会议。"}
    if sheet.handling not in DECIDING:
        return {}
    if SECRETARY_MEETING in (sheet.target_body, matter.body_kind):
        return {"handling": "书记专题会只作酝酿，不作决定。请把拟议方式改为听取，或者改报有权决定的会议。"}
    if matter.body_kind == sheet.target_body:
        return {}
    if matter.body_kind == PLENARY:
        return {
            "target_body": f"「{matter.name}」须由全委会决定，常委会不能代为决定。"
            "请把事项类别改为「提请全委会事项」，由常委会讨论后提请。"
        }
    return {"target_body": f"「{matter.name}」由{matter.get_body_kind_display()}决定，请改选拟上会议。"}


def route_for(rules: AgendaRuleSet, unit_kind: str, handling: str) -> SignRoute | None:
    """The first route, in the rule set's order, that takes this kind of unit and this handling."""
    return next((r for r in rules.routes.all() if unit_kind in r.unit_kinds and handling in r.handlings), None)


def possible_leaders(unit_id: int, day: date) -> list[Person]:
    """Who may sign as 分管领导: those in charge of the unit by the 分工 of that day, in order of post.

    Nobody in charge of it (townships, for instance): any 常委 but 书记, and any deputy mayor, may take it on.
    """
    left = left_office(day)
    if in_charge := [person for person in leaders_in_charge(unit_id, day) if person.pk not in left]:
        return in_charge
    seats = Seat.objects.of_body(Body.Kind.STANDING).acting_on(day)
    members = seats.exclude(kind=Seat.Kind.SECRETARY).values("person_id")
    deputies = RoleAssignment.objects.holders(Role.DEPUTY_MAYOR, day).order_by().values("person_id")
    return list(Person.objects.filter(Q(pk__in=members) | Q(pk__in=deputies)).by_post())


def names_for(*sheets: Sheet) -> Names:
    """The words for the ids of these sheets, in three queries."""
    units = {one for sheet in sheets for one in (sheet.unit, *sheet.co_units, *sheet.attendants) if one}
    people = {sheet.leader for sheet in sheets if sheet.leader}
    matters = {sheet.matter_kind for sheet in sheets if sheet.matter_kind}
    return Names(
        dict(Unit.objects.filter(pk__in=units).values_list("pk", "full_name")),
        dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        dict(MatterKind.objects.filter(pk__in=matters).values_list("pk", "name")),
    )


def _unit_problems(sheet: Sheet, units: Mapping[int, Unit]) -> dict[str, str]:
    problems = {}
    for name, ids in (("unit", (sheet.unit,)), ("co_units", sheet.co_units), ("attendants", sheet.attendants)):
        if any(one and one not in units for one in ids):
            problems[name] = f"{LABELS[name]}中有单位已经撤并或更名，请重新选择。"
    if sheet.unit in sheet.co_units:
        problems["co_units"] = "联合提报单位里不用再写提报单位自己。"
    return problems


def _leader_problem(sheet: Sheet, unit: Unit, leaders: list[Person]) -> dict[str, str]:
    names = "、".join(person.name for person in leaders)
    if sheet.leader is None:
        return {"leader": f"请选择分管领导。{unit.short_name}可选：{names}。"}
    if sheet.leader not in {person.pk for person in leaders}:
        return {"leader": f"所选领导按今天的分工不分管{unit.short_name}。可选：{names}。"}
    return {}
