"""What the division in the workbook would change: nothing, or a new one in force from its day."""

from collections.abc import Iterator
from dataclasses import dataclass

from committee.division.lines import LineInput, lines_of
from committee.division.models import Division as Standing
from committee.division.policies import demand_drafter, may_draft_division
from committee.division.questions import division_on
from committee.division.services.draft_division import save_lines, start_division
from committee.division.services.put_in_force import put_in_force
from common.services import NotAllowed
from common.web.formats import cn_full_date
from desk.imports import names
from desk.imports.division import Division, DivisionRow
from desk.imports.findings import Code
from desk.imports.plan import Change, Doing, Entry, Plan
from desk.imports.text import fold, office_marks
from desk.imports.vocabulary import Kind
from desk.imports.writing import Writing

_LABELS = ("职务", "分管工作", "分管部门", "联系单位", "协助", "AB角")


@dataclass(frozen=True)
class Duties:
    """One leader's rows put together."""

    leader: names.Person
    post: str
    work: str
    departments: tuple[names.Unit, ...]
    liaisons: tuple[names.Unit, ...]
    backup: names.Person | None


def plan_division(plan: Plan) -> None:
    """Add an entry for every division that the workbook holds."""
    for division in plan.reading.divisions:
        if division.rows:
            _plan_one(plan, division)


def _plan_one(plan: Plan, division: Division) -> None:
    entry = Entry(Kind.DIVISION, office_marks(division.title) or "领导分工", [row.line for row in division.rows])
    plan.entries.append(entry)
    for row in division.rows:
        plan.limit(row.line, {"post": 100})
        if len(row.substitutes) > 1:
            cause = "写了不止一位AB角，系统里每位领导只登记一位。"
            plan.find(row.line, "substitutes", Code.TWO_SUBSTITUTES, cause, "请只写一位互为AB角的领导。")
    duties = list(_duties(division))
    for one in duties:
        plan.require(entry, one.leader, one.backup, *one.departments, *one.liaisons)
    _check_actor(plan, division)
    if division.effective is None:
        return
    there = division_on(division.effective)
    entry.changes = list(_changes(there, duties)) if there else []
    if there and not entry.changes:
        entry.remarks.append(f"与自{cn_full_date(there.valid_from)}起的分工相同。" if there.valid_from else "")
        return
    entry.doing = Doing.CHANGED if there else Doing.NEW
    entry.remarks.append(f"自{cn_full_date(division.effective)}起生效，依据：{office_marks(division.basis)}")
    _check_day(plan, division)
    entry.write = _Write(entry.label, division, duties)


def _duties(division: Division) -> Iterator[Duties]:
    """The rows of each leader in one: the name may be merged over several."""
    rows: dict[names.Reference, list[DivisionRow]] = {}
    for row in division.rows:
        if row.leader and row.leader.person:
            rows.setdefault(names.reference(row.leader.person), []).append(row)
    for same in rows.values():
        leader = same[0].leader
        work = [part for row in same for part in (row.work, f"协助：{row.assists}" if row.assists else "") if part]
        backups = names.people_in(mention for row in same for mention in row.substitutes)
        if leader and leader.person:
            yield Duties(
                leader.person,
                office_marks(next((row.post for row in same if row.post), "")),
                office_marks("\n".join(dict.fromkeys(work))),
                tuple(names.units_in(one for row in same for one in row.departments)),
                tuple(names.units_in(one for row in same for one in row.liaisons)),
                backups[0] if backups else None,
            )


def _check_actor(plan: Plan, division: Division) -> None:
    """An administrator imports the rest; the division is the office's to put in force."""
    if may_draft_division(plan.actor):
        return
    try:
        demand_drafter(plan.actor)
    except NotAllowed as refusal:
        mend = "请秘书科的同志导入这个工作簿，或者在有问题的预览里只选其他的行。"
        plan.find(division.rows[0].line, "leader", Code.NOT_YOURS, refusal.message, mend, whole=True)


def _check_day(plan: Plan, division: Division) -> None:
    """What is in force is superseded by a later one only; an older or same-day list is not written."""
    current = Standing.objects.filter(state="in_force").first()
    if current is None or current.valid_from is None or division.effective is None:
        return
    if division.effective <= current.valid_from:
        days = f"自{cn_full_date(current.valid_from)}起生效"
        cause = f"系统里的现行分工{days}，这份分工的生效日不在其后，内容又不同，没有写入。"
        mend = "以往的分工不再补录；如是新的分工，请写明通过的会议和新的生效日。"
        plan.find(division.rows[0].line, "leader", Code.DIVISION_OLDER, cause, mend, whole=True)


def _changes(there: Standing, duties: list[Duties]) -> Iterator[Change]:
    """What differs between the division of that day and this one, leader by leader."""
    standing = {line.person.pk: line for line in lines_of(there)}
    for one in duties:
        now = _in_words_of(standing[one.leader.key]) if one.leader.key in standing else ("",) * len(_LABELS)
        said = _in_words(one)
        differing = [at for at, label in enumerate(_LABELS) if _differs(now[at], said[at])]
        for at in differing:
            yield Change(f"{one.leader.name}　{_LABELS[at]}", now[at].replace("\n", "；"), said[at].replace("\n", "；"))
        if not differing and one.leader.key not in standing:
            yield Change(one.leader.name, "", "列入分工")
    named = {one.leader.key for one in duties}
    for pk, line in standing.items():
        if pk not in named:
            yield Change(line.person.name, "列入分工", "不再列入")
    order = [one.leader.key for one in duties]
    if set(order) == set(standing) and order != list(standing):
        yield Change("排列顺序", "、".join(line.person.name for line in standing.values()), _names(duties))


def _differs(now: str, said: str) -> bool:
    """Lists of units are equal in any order; texts apart from widths and blanks."""
    return sorted(fold(now).split("、")) != sorted(fold(said).split("、"))


def _in_words_of(line: LineInput) -> tuple[str, ...]:
    units = (
        "、".join(unit.short_name for unit in some) for some in (line.in_charge_of, line.liaison_for, line.assists)
    )
    return (line.post_title, line.work, *units, line.backup.name if line.backup else "")


def _in_words(one: Duties) -> tuple[str, ...]:
    units = ("、".join(unit.short for unit in some) for some in (one.departments, one.liaisons))
    return (one.post, one.work, *units, "", one.backup.name if one.backup else "")


def _names(duties: list[Duties]) -> str:
    return "、".join(one.leader.name for one in duties)


@dataclass(frozen=True)
class _Write:
    """Drafts the division and puts it in force from its day."""

    title: str
    division: Division
    duties: list[Duties]

    def __call__(self, writing: Writing) -> None:
        actor, effective = writing.actor, self.division.effective
        if effective is None:
            raise TypeError("a division without its day has a finding")
        division = start_division(actor=actor, title=self.title)
        lines = [
            LineInput(
                person=writing.person(one.leader),
                post_title=one.post,
                work=one.work,
                in_charge_of=[writing.unit(unit) for unit in one.departments],
                liaison_for=[writing.unit(unit) for unit in one.liaisons],
                backup=writing.person(one.backup) if one.backup else None,
            )
            for one in self.duties
        ]
        division = save_lines(actor=actor, division=division, lines=lines, revision=division.revision)
        put_in_force(actor=actor, division=division, valid_from=effective, basis=office_marks(self.division.basis))
