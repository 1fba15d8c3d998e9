"""常委分工: who is in charge of what, with the decision it rests on and the day it is in force from."""

import re
from dataclasses import dataclass
from datetime import date

from desk.imports.findings import Code, Finding, of_sheet
from desk.imports.lines import Line, Note, Table, days_in
from desk.imports.names import Directory, PersonMention, UnitMention
from desk.imports.reader import RowReader, find_twice
from desk.imports.text import fold


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """What one leader is in charge of. A leader merged over several rows has several of these."""

    line: Line
    leader: PersonMention | None
    post: str
    work: str
    departments: tuple[UnitMention, ...]
    liaisons: tuple[UnitMention, ...]
    assists: str
    substitutes: tuple[PersonMention, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """One 分工: its title, the words of its basis and the day it is in force from."""

    title: str
    basis: str
    effective: date | None
    rows: tuple[DivisionRow, ...]


_BASIS = re.compile("通过|审定|批准|同意|决定|印发|执行|施行|生效|实施")
_FROM_DAY = re.compile("(?:自|从)?([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)起")
_AT_ONCE = re.compile("即日起|(通过|审定|批准|同意|决定)之日起")
_MEND = "请在标题下面写明，如“2026年9月10日区委常委会第14次会议通过，即日起执行”。"


def read_division(table: Table, directory: Directory) -> Division:
    """The whole sheet: its basis and its rows."""
    basis, effective = _read_basis(table)
    readers = [RowReader(table, line, directory) for line in table.lines]
    rows = tuple(_read(row) for row in readers)
    # A leader has one row; several only where the name is merged over them.
    keys = [fold(row.leader.text) if row.leader and _is_written_here(row) else "" for row in rows]
    find_twice(zip(readers, keys, strict=True), "leader", "姓名", "请并成一行，或者合并姓名的单元格。")
    return Division(table.title, basis, effective, rows)


def _read(row: RowReader) -> DivisionRow:
    row.cell_findings()
    row.require("leader")
    leaders = row.people("leader")
    if len(leaders) > 1:
        row.find(Code.UNCLEAR_NAME, "leader", "这一格应当只有一位领导的姓名。", "请一行写一位领导。")
    leader = leaders[0] if len(leaders) == 1 else None
    substitutes = row.people("substitutes")
    if leader and leader.person and any(one.person == leader.person for one in substitutes):
        cause = f"{leader.person.name}的AB角写成了本人。"
        row.find(Code.OWN_SUBSTITUTE, "substitutes", cause, "请写互为AB角的另一位领导，没有的留空。")
    return DivisionRow(
        line=row.line,
        leader=leader,
        post=row.words("post"),
        work=row.prose("work"),
        departments=row.units("departments"),
        liaisons=row.units("liaisons"),
        assists=row.prose("assists"),
        substitutes=substitutes,
    )


def _read_basis(table: Table) -> tuple[str, date | None]:
    """The words that say who decided it and from when; 即日起 means the day of that decision, nothing is supposed."""
    above = [note for note in table.notes if _BASIS.search(note.text)]
    if not above:
        table.findings.append(_basis_finding(table, None, "没有写明由哪次会议通过、从哪一天起执行。"))
        return "", None
    basis = "\n".join(note.text for note in above)
    text = fold(basis)
    from_days = {day for written in _FROM_DAY.findall(text) for day in days_in(written)}
    if not from_days and _AT_ONCE.search(text):
        from_days = set(days_in(text))
    if len(from_days) == 1:
        return basis, next(iter(from_days))
    table.findings.append(_basis_finding(table, above[0], "看不出从哪一天起执行。"))
    return basis, None


def _basis_finding(table: Table, note: Note | None, cause: str) -> Finding:
    cell, text = (note.cell, note.text) if note else (f"A{table.heading.row}", "")
    return of_sheet(Code.BASIS_MISSING, table.sheet, cell, cause, _MEND, text)


def _is_written_here(row: DivisionRow) -> bool:
    return row.line.cells["leader"].row == row.line.number
