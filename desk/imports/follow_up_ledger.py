"""督办台账: matters decided earlier and how far they are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desk.imports.findings import Code
from desk.imports.lines import Line, Table
from desk.imports.names import Directory, PersonMention, UnitMention
from desk.imports.reader import RowReader
from desk.imports.text import fold
from desk.imports.values import (
    DateContext,
    DocumentNumber,
    SourceMeeting,
    parse_document_number,
    parse_source,
    said_day,
)


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A matter under 督办. `number` and `source` are the office's words; the parsed forms where the words allow."""

    line: Line
    number: str
    document: DocumentNumber | None
    title: str
    source: str
    meeting: SourceMeeting | None
    leaders: tuple[PersonMention, ...]
    lead_units: tuple[UnitMention, ...]
    co_units: tuple[UnitMention, ...]
    registered: date | None
    deadline: date | None
    progress: Decimal | None
    latest: str
    problems: str
    state: str


def read_follow_ups(table: Table, directory: Directory, today: date) -> list[FollowUpRow]:
    """Every row of the follow-up ledger."""
    rows = [_read(RowReader(table, line, directory), today) for line in table.lines]
    _check_twice(table, rows, directory)
    return rows


def _read(row: RowReader, today: date) -> FollowUpRow:
    row.cell_findings()
    row.require("title", "lead_units")
    document = row.parse("number", lambda cell: parse_document_number(cell.value))
    meeting = row.parse("source", lambda cell: parse_source(cell.value))
    # A day without year lies in the year its own row names (督〔2026〕05号, 2026年第17次), else in the sheet's.
    named = {one.year for one in (document, meeting) if one and one.year}
    context = DateContext(today, frozenset(named) or row.table.years)
    registered, deadline = row.day("registered", context), row.day("deadline", context)
    if registered and deadline and deadline < registered:
        cause = f"办结时限{said_day(deadline)}早于立项日期{said_day(registered)}。"
        row.find(Code.DEADLINE_BEFORE_START, "deadline", cause, "请核对两个日期，尤其是年份。")
    return FollowUpRow(
        line=row.line,
        number=row.words("number"),
        document=document,
        title=row.words("title"),
        source=row.words("source"),
        meeting=meeting,
        leaders=row.people("leaders"),
        lead_units=row.units("lead_units"),
        co_units=row.units("co_units"),
        registered=registered,
        deadline=deadline,
        progress=row.percent("progress"),
        latest=row.prose("latest"),
        problems=row.prose("problems"),
        state=row.words("state"),
    )


def _check_twice(table: Table, rows: list[FollowUpRow], directory: Directory) -> None:
    """A number is given once; 督〔2026〕01号 and 督[2026]1号 are the same number."""
    seen: dict[DocumentNumber | str, Line] = {}
    for row in rows:
        key = row.document or fold(row.number)
        if key and key in seen:
            cause = f"编号与第{seen[key].number}行相同。"
            mend = "重复的请删去一行；确是两件的，请各用各的编号。"
            RowReader(table, row.line, directory).find(Code.ROW_TWICE, "number", cause, mend)
        seen.setdefault(key, row.line)
