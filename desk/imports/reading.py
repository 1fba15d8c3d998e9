"""The entry: a workbook in, everything it says out, with a finding for whatever would have to be guessed.

Everything named here is pure: no ORM, no clock, no files besides the one given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desk.imports.agenda_ledger import AgendaRow, read_agenda
from desk.imports.cells import Sheet, position
from desk.imports.committee import CommitteeTitle, committee_at, committee_of
from desk.imports.division import Division, read_division
from desk.imports.findings import Code, Finding, joined, of_sheet
from desk.imports.follow_up_ledger import FollowUpRow, read_follow_ups
from desk.imports.lines import Note, Table, read_table
from desk.imports.names import Directory, Known
from desk.imports.roster import RosterRow, read_roster
from desk.imports.safety import RefusalCode, refuse
from desk.imports.sheets import Grid, recognise
from desk.imports.units import UnitRow, read_units
from desk.imports.vocabulary import VOCABULARIES, Kind
from desk.imports.workbook import read_sheets


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook says. Rows carry their `line` with the cells they come from; `notes` keep all other words."""

    sheets: tuple[str, ...]
    committee: CommitteeTitle | None
    roster: tuple[RosterRow, ...]
    units: tuple[UnitRow, ...]
    divisions: tuple[Division, ...]
    items: tuple[AgendaRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]

    def in_order(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Each finding once, as one goes through the workbook: sheet by sheet, row by row."""
        places = {name: at for at, name in enumerate(self.sheets)}
        return tuple(sorted(joined(findings), key=lambda found: (places[found.sheet], *position(found.cell))))


def read_workbook(source: bytes | Path, *, known: Known, today: date) -> Reading:
    """Read a workbook against what is known; raises `WorkbookRefused` when the file as a whole cannot be read."""
    sheets = read_sheets(source)
    if not any(sheet.rows for sheet in sheets):
        refuse(RefusalCode.NOTHING_IN_IT)
    findings: list[Finding] = []
    notes: list[Note] = []
    tables = [table for sheet in sheets if sheet.rows and (table := _table(sheet, findings, notes))]
    if not tables and not findings:
        findings.append(_nothing_known(sheets))
    by_kind = {kind: _of_kind(kind, tables, findings) for kind in Kind}
    committee = next(
        (found for table in by_kind[Kind.ROSTER] for note in table.notes if (found := committee_of(note.text))), None
    )
    committee = committee or committee_at(known.place)
    directory = Directory(committee.prefixes if committee else ())
    directory.know(known)
    roster = [row for table in by_kind[Kind.ROSTER] for row in read_roster(table, directory, committee, today)]
    units = [row for table in by_kind[Kind.UNITS] for row in read_units(table, directory)]
    divisions = [read_division(table, directory) for table in by_kind[Kind.DIVISION]]
    items = [row for table in by_kind[Kind.AGENDA] for row in read_agenda(table, directory, known.matters, today)]
    follow_ups = [row for table in by_kind[Kind.FOLLOW_UP] for row in read_follow_ups(table, directory, today)]
    for table in tables:
        findings += table.findings
        notes += table.notes
    reading = Reading(
        tuple(sheet.name for sheet in sheets),
        committee,
        tuple(roster),
        tuple(units),
        tuple(divisions),
        tuple(items),
        tuple(follow_ups),
        (),
        tuple(notes),
    )
    return replace(reading, findings=reading.in_order(findings))


def _table(sheet: Sheet, findings: list[Finding], notes: list[Note]) -> Table | None:
    """The table in a sheet; a hidden sheet is never read, because nobody who checks the file sees it."""
    grid = Grid(sheet)
    heading, doubts = recognise(grid)
    if sheet.hidden:
        notes.append(Note(sheet.name, "", f"工作表“{sheet.name}”是隐藏的，没有读入。"))
        if heading:
            cause = f"这张表是隐藏的（像“{heading.vocabulary.label}”），没有读入。"
            mend = "需要导入的，请取消隐藏；不需要的，请删去这张表。"
            findings.append(of_sheet(Code.SHEET_HIDDEN, sheet.name, "A1", cause, mend))
        return None
    findings += doubts
    if heading is None:
        notes += [Note(sheet.name, cell.at, cell.text.strip()) for row in sheet.rows.values() for cell in row.values()]
        return None
    table = read_table(grid, heading)
    if sheet.hidden_rows:
        said = f"有{len(sheet.hidden_rows)}行是隐藏的，也读入了。"
        notes.append(Note(sheet.name, f"A{min(sheet.hidden_rows)}", said))
    return table


def _of_kind(kind: Kind, tables: list[Table], findings: list[Finding]) -> list[Table]:
    """The sheets of a kind. Ledgers may come month by month; of a roster or a units list there is one."""
    same = [table for table in tables if table.kind is kind]
    if kind not in (Kind.ROSTER, Kind.UNITS) or len(same) < 2:
        return same
    label = VOCABULARIES[kind].label
    for table in same[1:]:
        cause = f"工作簿里已经有一张“{label}”（“{same[0].sheet}”），不能确定以哪一张为准，这一张没有读入。"
        mend = "请只留下现行的一张，其余的删去。"
        at = f"A{table.heading.row}"
        findings.append(of_sheet(Code.SHEET_TWICE, table.sheet, at, cause, mend, table.title))
    return same[:1]


def _nothing_known(sheets: list[Sheet]) -> Finding:
    cause = "没有找到委员名册、部门单位、分工、议题或者督办台账，什么也没有读入。"
    mend = "请让表头写出“姓名”“议题名称”“牵头单位”这样的列名。"
    name = next(sheet.name for sheet in sheets if sheet.rows)
    return of_sheet(Code.SHEET_UNKNOWN, name, "A1", cause, mend)
