"""督办台账: matters decided earlier and how far they are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desk.imports.findings import Code
from desk.imports.lines import Line, Table
from desk.imports.names import Directory, PersonMention, UnitMention
from desk.imports.reader import RowReader, find_twice
from desk.imports.text import fold
from desk.imports.values import DateContext, DocumentNumber, named_years, parse_document_number, said_day


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A matter under 督办. `number` and `source` are the office's words; `document` the number, where it is one."""

    line: Line
    number: str
    document: DocumentNumber | None
    title: str
    source: str
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
    readers = [RowReader(table, line, directory) for line in table.lines]
    rows = [_read(row, today) for row in readers]
    # 督〔2026〕01号 and 督[2026]1号 are the same number.
    keys = [row.document or fold(row.number) for row in rows]
    mend = "重复的请删去一行；确是两件的，请各用各的编号。"
    find_twice(zip(readers, keys, strict=True), "number", "编号", mend)
    return rows


def _read(row: RowReader, today: date) -> FollowUpRow:
    row.cell_findings()
    row.require("title", "lead_units")
    number, source = row.words("number"), row.words("source")
    # A day without year lies in the year its own row names (督〔2026〕05号, 2026年第17次), else in the sheet's.
    context = DateContext(today, named_years(number) | named_years(source) or row.table.years)
    registered, deadline = row.day("registered", context), row.day("deadline", context)
    if registered and deadline and deadline < registered:
        cause = f"办结时限{said_day(deadline)}早于立项日期{said_day(registered)}。"
        row.find(Code.DEADLINE_BEFORE_START, "deadline", cause, "请核对两个日期，尤其是年份。")
    return FollowUpRow(
        line=row.line,
        number=number,
        document=parse_document_number(number),
        title=row.words("title"),
        source=source,
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
