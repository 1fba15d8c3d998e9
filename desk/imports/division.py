"""常委分工: who is in charge of what, with the decision it rests on and the day it is in force from."""

import re
from dataclasses import dataclass
from datetime import date

from desk.imports.findings import Code, Finding, Severity
from desk.imports.lines import Line, Note, Table, days_in
from desk.imports.names import Directory, PersonMention, UnitMention
from desk.imports.reader import RowReader
from desk.imports.text import duties, fold


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """What one leader is in charge of. A leader merged over several rows has several of these."""

    line: Line
    leader: PersonMention | None
    post: str
    work: str
    duties: tuple[str, ...]
    departments: tuple[UnitMention, ...]
    liaisons: tuple[UnitMention, ...]
    assists: str
    substitutes: tuple[PersonMention, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """One 分工: its title, the words of its basis, the day it was adopted and the day it is in force from."""

    sheet: str
    title: str
    basis: str
    adopted: date | None
    effective: date | None
    rows: tuple[DivisionRow, ...]


_BASIS = re.compile("通过|审定|批准|同意|决定|印发|执行|施行|生效|实施")
_FROM_DAY = re.compile("(?:自|从)?([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)起")
_AT_ONCE = re.compile("即日起|(通过|审定|批准|同意|决定)之日起")
_MEND = "请在标题下面写明，如“2026年9月10日区委常委会第14次会议通过，即日起执行”。"


def read_division(table: Table, directory: Directory) -> Division:
    """The whole sheet: its basis and its rows."""
    basis, adopted, effective = _read_basis(table)
    rows = tuple(_read(RowReader(table, line, directory)) for line in table.lines)
    _check_twice(table, rows, directory)
    return Division(table.sheet, table.title, basis, adopted, effective, rows)


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
    work = row.prose("work")
    return DivisionRow(
        line=row.line,
        leader=leader,
        post=row.words("post"),
        work=work,
        duties=duties(work),
        departments=row.units("departments"),
        liaisons=row.units("liaisons"),
        assists=row.prose("assists"),
        substitutes=substitutes,
    )


def _read_basis(table: Table) -> tuple[str, date | None, date | None]:
    """The words that say who decided it and from when; 即日起 means the day of that decision, nothing is supposed."""
    above = [note for note in table.notes if _BASIS.search(note.text)]
    if not above:
        table.findings.append(_basis_finding(table, None, "没有写明由哪次会议通过、从哪一天起执行。"))
        return "", None, None
    basis = "\n".join(note.text for note in above)
    text = fold(basis)
    from_days = {day for written in _FROM_DAY.findall(text) for day in days_in(written)}
    days = sorted(set(days_in(text)) - from_days) or sorted(from_days)
    adopted = days[0] if len(days) == 1 else None
    if len(from_days) == 1:
        return basis, adopted, next(iter(from_days))
    if _AT_ONCE.search(text) and adopted and not from_days:
        return basis, adopted, adopted
    table.findings.append(_basis_finding(table, above[0], "看不出从哪一天起执行。"))
    return basis, adopted, None


def _basis_finding(table: Table, note: Note | None, cause: str) -> Finding:
    cell, text = (note.cell, note.text) if note else (f"A{table.heading.row}", "")
    return Finding(Code.BASIS_MISSING, table.sheet, cell, text, cause, _MEND, Severity.SHEET)


def _check_twice(table: Table, rows: tuple[DivisionRow, ...], directory: Directory) -> None:
    """A leader has one row; several only where the name is merged over them."""
    seen: dict[str, Line] = {}
    for row in rows:
        if row.leader is None or row.line.cells["leader"].row != row.line.number:
            continue
        name = fold(row.leader.text)
        if name in seen:
            cause = f"{row.leader.text}在第{seen[name].number}行已经写过一次分工。"
            mend = "请并成一行，或者合并姓名的单元格。"
            RowReader(table, row.line, directory).find(Code.ROW_TWICE, "leader", cause, mend)
        seen.setdefault(name, row.line)
