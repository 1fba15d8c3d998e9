"""What the roster would change: people, their seats in 全委会 and 常委会, the 届 where it is not in the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from committee.bodies.models import Body, Seat, Term
from committee.register.services.keep_people import add_person, correct_person
from common.identity.models import Person
from common.web.formats import cn_full_date
from desk.imports.findings import Code
from desk.imports.names import reference
from desk.imports.plan import Change, Doing, Entry, Plan
from desk.imports.roster import RosterRow, SeatKind
from desk.imports.seat_steps import BODY_WORDS, RANK, SeatStep, steps_for
from desk.imports.text import fold, office_marks
from desk.imports.vocabulary import Kind
from desk.imports.writing import Writing

_GENDERS = {"男": Person.Gender.MALE, "女": Person.Gender.FEMALE}
_BOTH = (Body.Kind.PLENARY, Body.Kind.STANDING)
_BODIES = {
    SeatKind.SECRETARY: _BOTH,
    SeatKind.DEPUTY_SECRETARY: _BOTH,
    SeatKind.STANDING_MEMBER: _BOTH,
    SeatKind.COMMITTEE_MEMBER: (Body.Kind.PLENARY,),
    SeatKind.ALTERNATE_MEMBER: (Body.Kind.PLENARY,),
}
_LABELS = {"gender": "性别", "ethnicity": "民族", "post_title": "现任职务", "rank_order": RANK}
MOST_NAMED = 8
YEARS = 5


def plan_roster(plan: Plan) -> dict[int, Term]:
    """Add an entry for every row; gives back the 届 of the register, and not yet saved those that the roster begins."""
    terms = _terms(plan)
    steps: dict[str, list[SeatStep]] = {}
    for row in plan.reading.roster:
        entry = Entry(Kind.ROSTER, row.name, [row.line])
        plan.entries.append(entry)
        plan.makes(entry, row.person)
        plan.limit(row.line, {"name": 40, "post": 100})
        steps[entry.key] = _plan_row(plan, entry, row, terms)
    _check_secretary(plan, steps)
    _say_who_is_missing(plan)
    return terms


def _plan_row(plan: Plan, entry: Entry, row: RosterRow, terms: dict[int, Term]) -> list[SeatStep]:
    term = terms.get(row.term or _term_by_day(plan, row) or 0)
    if row.since is None or row.kind is None or row.person is None or term is None:
        return []
    if not term.starts_on <= row.since <= term.last_day:
        days = f"{cn_full_date(term.starts_on)}至{cn_full_date(term.last_day)}"
        cause = f"任职时间不在第{term.number}届（{days}）之内。"
        plan.find(row.line, "since", Code.OUT_OF_TERM, cause, "请核对任职时间和届次。")
        return []
    known = plan.present.people.get(row.person.key or 0)
    fields = _fields(row)
    before = {name: getattr(known, name) for name in fields} if known else {}
    changed = {name: value for name, value in fields.items() if known and not _same(name, before[name], value)}
    steps = list(steps_for(plan.present, row, _BODIES[row.kind], term))
    _check_states(plan, row, steps)
    entry.changes = [Change(_LABELS[name], _shown(before[name]), _shown(value)) for name, value in changed.items()]
    ranks = [change for step in steps if (change := step.change).label.endswith(RANK)]
    entry.changes += [step.change for step in steps if step.change not in ranks]
    entry.changes += [] if "rank_order" in changed else ranks
    if known is None:
        entry.doing, entry.changes = Doing.NEW, []
    elif entry.changes:
        entry.doing = Doing.CHANGED
    entry.write = _Write(row, known, changed if known else fields, steps)
    return steps


@dataclass(frozen=True)
class _Write:
    """Enters or corrects the person, then ends, voids and gives seats."""

    row: RosterRow
    known: Person | None
    fields: dict[str, Any]
    steps: list[SeatStep]

    def __call__(self, writing: Writing) -> None:
        row = self.row
        if row.person is None:
            raise TypeError("a row without a person has a finding")
        if self.known is None:
            person = add_person(actor=writing.actor, name=row.name, **self.fields)
            writing.people[reference(row.person)] = person
        else:
            person = self.known
            if self.fields:
                correct_person(actor=writing.actor, person=person, **self.fields)
        for step in self.steps:
            step.take(writing, person)


def _fields(row: RosterRow) -> dict[str, Any]:
    """What the row says of the person; what it leaves empty is not touched."""
    said: dict[str, Any] = {"post_title": office_marks(row.title)} if row.title else {}
    if row.sex:
        said["gender"] = _GENDERS[row.sex]
    if row.ethnic:
        said["ethnicity"] = row.ethnic if row.ethnic.endswith("人") else f"{row.ethnic}族"
    if "order" in row.line.cells or row.person is None or row.person.key is None:
        said["rank_order"] = row.order
    return said


def _same(name: str, before: object, after: object) -> bool:
    if name in ("post_title", "ethnicity"):
        return fold(str(before)).removesuffix("族") == fold(str(after)).removesuffix("族")
    return before == after


def _shown(value: object) -> str:
    return Person.Gender(value).label if value in Person.Gender.values else str(value)


def _terms(plan: Plan) -> dict[int, Term]:
    """The 届 of the register, and those that the roster would begin: with the earliest 任职时间."""
    terms = dict(plan.present.terms)
    for row in plan.reading.roster:
        number = row.term or _term_by_day(plan, row)
        if number is None and row.since:
            cause = "看不出是第几届，系统里也没有包含这一天的届次。"
            mend = "请在标题里写明，如“中共某某区第八届委员会委员名册”，或者填写“届次”一列。"
            plan.find(row.line, "since", Code.TERM_UNKNOWN, cause, mend)
    days: dict[int, list[date]] = {}
    for row in plan.reading.roster:
        if row.term and row.since and row.term not in terms:
            days.setdefault(row.term, []).append(row.since)
    for number, since in days.items():
        terms[number] = _new_term(number, min(since))
        _announce(plan, terms[number])
    return terms


def _new_term(number: int, first: date) -> Term:
    """A 届 is elected for five years (党章 §27); the register can lengthen it."""
    last = date(first.year + YEARS, first.month, 1) + timedelta(days=first.day - 2)
    return Term(number=number, starts_on=first, ends_on=last)


def _term_by_day(plan: Plan, row: RosterRow) -> int | None:
    terms = plan.present.terms.values()
    return next((t.number for t in terms if row.since and t.starts_on <= row.since <= t.last_day), None)


def _announce(plan: Plan, term: Term) -> None:
    """Say which days a new 届 would have; one that shares days with another is a finding."""
    days = f"自{cn_full_date(term.starts_on)}（最早的任职时间）起五年，至{cn_full_date(term.last_day)}"
    known = plan.present.terms.values()
    if other := next((t for t in known if term.starts_on <= t.last_day and term.last_day >= t.starts_on), None):
        line = next(row.line for row in plan.reading.roster if row.term == term.number)
        cause = f"系统里还没有第{term.number}届；按名册应{days}，与{other}（至{cn_full_date(other.last_day)}）重叠。"
        mend = "请先在“组织与分工”中核对届次的起止日，再导入。"
        plan.find(line, "term", Code.TERM_CLASHES, cause, mend, whole=True)
        return
    plan.remarks.append(f"系统里还没有第{term.number}届，将登记为{days}。")


def _check_states(plan: Plan, row: RosterRow, steps: list[SeatStep]) -> None:
    """A seat with a state (停职, 长期请假) is not ended by a list that says nothing of the state."""
    for step in steps:
        if step.old and step.stops_old and step.old.pk in plan.present.seats_with_state:
            cause = f"{row.name}的{BODY_WORDS[Body.Kind(step.body)]}席位登记有停职、请假等状态，名册没有说明。"
            plan.find(row.line, "name", Code.SEAT_HAS_STATE, cause, "请在“组织与分工”中办理这个席位的变动。")
            return


def _check_secretary(plan: Plan, steps: dict[str, list[SeatStep]]) -> None:
    """The new 书记 sits only when the one before has left: by another row of this roster, or by the register."""
    ended = {step.old.pk: key for key, taken in steps.items() for step in taken if step.old and step.stops_old}
    by_key = {entry.key: entry for entry in plan.entries}
    for key, taken in steps.items():
        for step in taken:
            if step.kind != Seat.Kind.SECRETARY or step.begins is None:
                continue
            for seat in _secretaries(plan, step):
                if ender := ended.get(seat.pk):
                    if ender != key:
                        by_key[key].needs.add(ender)
                else:
                    cause = f"系统里{seat.person.name}任书记，还没有登记离任，不能有两位书记。"
                    mend = "请先在“组织与分工”中登记离任的日期，或者核对名册。"
                    plan.find(by_key[key].lines[0], "name", Code.SEAT_TAKEN, cause, mend)
                    return


def _secretaries(plan: Plan, step: SeatStep) -> Iterator[Seat]:
    for seats in plan.present.seats.values():
        for seat in seats:
            same = seat.body.kind == step.body and seat.kind == Seat.Kind.SECRETARY
            if same and step.begins and (seat.valid_to is None or seat.valid_to >= step.begins):
                yield seat


def _say_who_is_missing(plan: Plan) -> None:
    """Members of the register whom a roster does not name: nothing is done to them, but it is said."""
    named = {row.person.key for row in plan.reading.roster if row.person}
    if not plan.reading.roster:
        return
    sitting = [pk for pk in plan.present.people if plan.present.seats_from_today(pk, Body.Kind.PLENARY)]
    missing = [plan.present.people[pk].name for pk in sitting if pk not in named]
    if missing:
        more = "等" if len(missing) > MOST_NAMED else ""
        who = "、".join(missing[:MOST_NAMED])
        plan.remarks.append(
            f"系统里在任而名册里没有的有{len(missing)}人：{who}{more}。导入不改动他们；已离任的请在“组织与分工”登记止日。"
        )
