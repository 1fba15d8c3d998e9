"""What the list of units would change: units, their heads and their liaisons."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from committee.bodies.models import Term
from committee.register.services.keep_roles import assign_role, end_role, void_role
from committee.register.services.keep_units import add_unit, correct_unit
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common.web.formats import cn_full_date
from desk.imports import names
from desk.imports.findings import Code
from desk.imports.names import reference
from desk.imports.plan import Change, Doing, Entry, Plan
from desk.imports.text import fold
from desk.imports.units import UnitRow
from desk.imports.vocabulary import Kind
from desk.imports.writing import Writing

ROLES = {Role.UNIT_HEAD: "主要负责人", Role.ITEM_LIAISON: "议题联络员"}
CORRECTED = "按部门单位表更正"
_LABELS = {"phone": "电话", "kind": "类型", "rank_order": "排序"}


def plan_units(plan: Plan, terms: Collection[Term]) -> None:
    """Add an entry for every row."""
    first = _first_day(plan, terms)
    for row in plan.reading.units:
        entry = Entry(Kind.UNITS, row.short or row.full, [row.line])
        plan.entries.append(entry)
        people = _people(row)
        plan.makes(entry, row.unit, *(person for role in people.values() for person in role))
        plan.limit(row.line, {"short": 40, "full": 80, "phone": 40})
        _plan_row(plan, entry, row, first)
        plan.require(entry, *(person for role in people.values() for person in role))
    if any(entry.kind is Kind.UNITS and entry.doing is Doing.NEW for entry in plan.entries):
        plan.remarks.append(f"部门单位表没有写起始日期，新的单位和负责人、联络员自{cn_full_date(first)}起登记。")


def _first_day(plan: Plan, terms: Collection[Term]) -> date:
    """From when new units stand: on an office's first import from the 届's first day, later from today."""
    day = plan.present.day
    current = [term.starts_on for term in terms if term.starts_on <= day <= term.last_day]
    return min(current) if current and not plan.present.units else day


def _people(row: UnitRow) -> dict[Role, list[names.Person]]:
    """Who the row says holds which role, each once."""
    head = [row.head.person] if row.head and row.head.person else []
    return {Role.UNIT_HEAD: head, Role.ITEM_LIAISON: names.people_in(row.liaisons)}


def _plan_row(plan: Plan, entry: Entry, row: UnitRow, first: date) -> None:
    if row.unit is None or row.kind is None:
        return
    known = plan.present.units.get(row.unit.key or 0)
    if known is None:
        entry.doing, entry.write = (
            Doing.NEW,
            _Write(row, None, {}, first, [_RoleStep(r, p) for r, p in _people(row).items()]),
        )
        return
    _check_name(plan, row, known)
    said: dict[str, Any] = {"kind": row.kind.value}
    if row.phone:
        said["phone"] = row.phone
    if "order" in row.line.cells:
        said["rank_order"] = row.order
    fields = {name: value for name, value in said.items() if fold(str(getattr(known, name))) != fold(str(value))}
    entry.changes = [
        Change(_LABELS[name], _shown(getattr(known, name)), _shown(value)) for name, value in fields.items()
    ]
    steps = []
    for role, people in _people(row).items():
        held = plan.present.holders(role, known.pk)
        step = _role_step(role, people, held)
        if people and (step.people or step.ends):
            steps.append(step)
            now = "、".join(one.person.name for one in held) or "无"
            entry.changes.append(Change(ROLES[role], now, "、".join(person.name for person in people)))
    entry.doing = Doing.CHANGED if entry.changes else Doing.UNCHANGED
    entry.write = _Write(row, known, fields, plan.present.day, steps)


def _check_name(plan: Plan, row: UnitRow, known: Unit) -> None:
    """A unit that shares one name and differs in the other was renamed, which has a day, or is another unit."""
    for name, label, now, said in (
        ("short", "简称", known.short_name, row.short),
        ("full", "全称", known.full_name, row.full),
    ):
        if name in row.line.cells and fold(now) != fold(said):
            cause = f"系统里这个单位的{label}是“{now}”，表上是“{said}”；更名须写明日期，表上看不出。"
            mend = "请先在“组织与分工”中办理更名，或者把这一格改成系统里的写法。"
            plan.find(row.line, name, Code.UNIT_RENAMED, cause, mend)


@dataclass(frozen=True)
class _RoleStep:
    """Who is given a role of the unit, and whose ends."""

    role: Role
    people: list[names.Person]
    ends: list[RoleAssignment] = field(default_factory=list)


def _role_step(role: Role, people: list[names.Person], held: Iterable[RoleAssignment]) -> _RoleStep:
    """The row names all who hold the role; who is not named holds it no longer."""
    keys = {person.key for person in people}
    holding = {one.person_id for one in held}
    return _RoleStep(
        role,
        [person for person in people if person.key not in holding],
        [one for one in held if one.person_id not in keys],
    )


@dataclass(frozen=True)
class _Write:
    """Enters or corrects the unit, ends roles, gives roles."""

    row: UnitRow
    known: Unit | None
    fields: dict[str, Any]
    since: date
    steps: list[_RoleStep]

    def __call__(self, writing: Writing) -> None:
        row, unit = self.row, self.known
        if row.unit is None or row.kind is None:
            raise TypeError("a row without unit or kind has a finding")
        if unit is None:
            unit = writing.units[reference(row.unit)] = add_unit(
                actor=writing.actor,
                short_name=row.short,
                full_name=row.full,
                kind=row.kind.value,
                rank_order=row.order,
                phone=row.phone,
                valid_from=self.since,
            )
        elif self.fields:
            correct_unit(actor=writing.actor, unit=unit, **self.fields)
        for step in self.steps:
            for held in step.ends:
                _end(writing, held, self.since)
            for named in step.people:
                phone = row.phone if step.role is Role.ITEM_LIAISON else ""
                person = writing.add_person_once(named, post_title=f"{row.short}{ROLES[step.role]}", phone=phone)
                since = max(self.since, unit.valid_from)
                assign_role(actor=writing.actor, person=person, role=step.role, unit=unit, valid_from=since)


def _end(writing: Writing, held: RoleAssignment, since: date) -> None:
    """A role ends the day before the other begins; one that began this very day was wrong."""
    if held.valid_from >= since:
        void_role(actor=writing.actor, assignment=held, reason=CORRECTED)
    else:
        end_role(actor=writing.actor, assignment=held, last_day=since - timedelta(days=1))


def _shown(value: object) -> str:
    text = str(value) or "无"
    return Unit.Kind(value).label if value in Unit.Kind.values else text
