"""The matrix leaders × units, with what is doubtful in it marked in place. Pure: from lines and units to values."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from committee.division.models import DivisionLine, DivisionUnit
from committee.units.models import Unit

R = DivisionUnit.Relation
MARKS = {R.IN_CHARGE_OF: "●", R.LIAISON_FOR: "○", R.ASSISTS: "△"}
# These have a leader in charge; courts, townships, mass organisations may have one who is their liaison (rules.md M05).
MANAGED = (Unit.Kind.PARTY, Unit.Kind.GOVERNMENT)


@dataclass(frozen=True)
class Mark:
    """One relation of a leader to a unit."""

    relation: str

    @property
    def sign(self) -> str:
        return MARKS[R(self.relation)]

    @property
    def word(self) -> str:
        return R(self.relation).label


@dataclass(frozen=True)
class Cell:
    """What one leader has to do with one unit; mostly nothing."""

    line: DivisionLine
    marks: list[Mark]


@dataclass
class Row:
    """A unit, a cell for each leader, and what is doubtful."""

    unit: Unit
    cells: list[Cell]
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Matrix:
    """`leaders` are the columns in order of post; `rows` the units in order of protocol."""

    leaders: Sequence[DivisionLine]
    rows: list[Row]

    @property
    def has_assists(self) -> bool:
        """Whether the 协助 column is worth its room."""
        return any(line.assists for line in self.leaders)

    @property
    def doubtful(self) -> list[Row]:
        return [row for row in self.rows if row.findings]


def matrix_of(lines: Sequence[DivisionLine], units: Iterable[Unit], later_names: dict[int, int]) -> Matrix:
    """`units` are those of the day; `later_names` leads from a unit's identifier to the one it has on that day.

    Lines come with `units` prefetched. A unit named in the division that is not there on the day stands at the end.
    """
    marks: dict[int, dict[int, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    named: dict[int, Unit] = {}
    for place, line in enumerate(lines):
        for row in line.units.all():
            pk = later_names.get(row.unit_id, row.unit_id)
            marks[pk][place].append(Mark(row.relation))
            named.setdefault(pk, row.unit)
    present = {unit.pk: unit for unit in units}
    gone = {pk: unit for pk, unit in named.items() if pk not in present}
    rows = []
    for pk, unit in (present | gone).items():
        cells = [Cell(line, marks[pk][place]) for place, line in enumerate(lines)]
        rows.append(Row(unit, cells, _findings(unit, cells, gone=pk in gone)))
    return Matrix(lines, rows)


def _findings(unit: Unit, cells: list[Cell], *, gone: bool) -> list[str]:
    """What does not fit together for one unit, a sentence each (M06: 无人分管, 多头领导)."""

    def who(relation: str) -> list[str]:
        return [cell.line.person.name for cell in cells if any(mark.relation == relation for mark in cell.marks)]

    in_charge, liaisons = who(R.IN_CHARGE_OF), who(R.LIAISON_FOR)
    found = []
    if gone:
        found.append("这个单位这一天已撤销或尚未设立")
    elif not in_charge and not liaisons:
        found.append("没有领导分管")
    elif not in_charge and unit.kind in MANAGED:
        found.append(f"只有{'、'.join(liaisons)}联系，没有领导分管")
    if len(in_charge) > 1:
        found.append(f"{'、'.join(in_charge)}都分管，多头领导")
    if both := [name for name in in_charge if name in liaisons]:
        found.append(f"{'、'.join(both)}既分管又联系，写一个即可")
    return found
