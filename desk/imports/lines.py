"""The rows under a heading: what is a row of data, what is a title, note, total or section, so that nothing is lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.imports.cells import Cell, letters
from desk.imports.findings import Code, Finding, of_sheet
from desk.imports.sheets import LONGEST_HEADING, Grid, Heading, plain_heading, read_heading
from desk.imports.text import fold
from desk.imports.values import order_number
from desk.imports.vocabulary import VOCABULARIES, Kind


@dataclass(frozen=True, slots=True)
class Note:
    """Words of a sheet that are no row of data: title, note, total, section, a hidden sheet."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data: its cells by field, and what stood in columns nobody knows, word for word, by their heading."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    labels: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)
    section: str = ""

    def text(self, name: str) -> str:
        """What people see in a field; empty where nothing stands."""
        return self.cells[name].text if name in self.cells else ""

    @property
    def verbatim(self) -> dict[str, str]:
        """The whole row as it stood: heading → text, in the order of the columns."""
        known = sorted(self.cells.items(), key=lambda named: named[1].column)
        return {self.labels[name]: cell.text for name, cell in known} | dict(self.extra)

    @property
    def pairs(self) -> list[list[str]]:
        """The same as JSON that keeps the order: [[heading, text], …]."""
        return [list(pair) for pair in self.verbatim.items()]


@dataclass(slots=True)
class Table:
    """A recognised sheet: its heading, the words above and below, its rows, and what could not be read."""

    sheet: str
    heading: Heading
    title: str = ""
    notes: list[Note] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """What the sheet is."""
        return self.heading.kind

    @property
    def days(self) -> frozenset[date]:
        """The full dates in title and notes: 填表单位:… 2026年11月13日."""
        return frozenset(day for note in self.notes for day in days_in(note.text))

    @property
    def years(self) -> frozenset[int]:
        """The years title and notes name; where they hold a full date, only that one's."""
        named = frozenset(int(year) for note in self.notes for year in re.findall("(20[0-9]{2})年", fold(note.text)))
        return frozenset(day.year for day in self.days) or named


LONGEST_BEGINNING = 80
ALL_WORDS = frozenset(
    word for one in VOCABULARIES.values() for column in one.columns.values() for word in column.sure | column.weak
)
_TOTAL = re.compile("(合计|总计|共计|小计)([:0-9(人项件个]|金额|$)|共[0-9]+[人件项个条名]")
_NOTE = re.compile("注[0-9]?[:.、]|(备注|附注|说明|填表说明)[:]|以下空白|本页以下无正文")
_LABEL = re.compile(
    "(填表|填报|制表|制单|审核|审批|负责|经办|联系|报送|打印|盖章|单位|日期|电话|签字|签发|校对|复核)[^:]{0,8}:.*"
)
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)")
_DAY = re.compile("([0-9]{4})[年.-]([0-9]{1,2})[月.-]([0-9]{1,2})日?")


def days_in(text: str) -> list[date]:
    """The possible full dates in a running text."""
    days = []
    for year, month, day in _DAY.findall(fold(text)):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days


def read_table(grid: Grid, heading: Heading) -> Table:
    """Sort every row of the sheet."""
    table = Table(grid.sheet.name, heading)
    section = ""
    for row in grid.row_numbers:
        own = sorted(grid.sheet.rows[row].items())
        if row < heading.row:
            table.notes += [Note(table.sheet, cell.at, cell.text.strip()) for _, cell in own]
            table.title = table.title or own[0][1].text.strip()
        elif row <= heading.bottom or _repeats(heading, own):
            continue
        elif _is_note(own):
            table.notes += [Note(table.sheet, cell.at, cell.text.strip()) for _, cell in own]
        elif _is_section(grid, heading, row, own):
            section = own[0][1].text.strip()
            table.notes.append(Note(table.sheet, own[0][1].at, section))
        elif other := _other_heading(grid, row):
            table.findings.append(_second_table(own[0][1], other))
            break
        elif not _only_numbered(heading, own):
            _take(table, grid, row, section)
    return table


def _take(table: Table, grid: Grid, row: int, section: str) -> None:
    heading = table.heading
    seen = {name: grid.down(row, column, below=heading.bottom) for name, column in heading.columns.items()}
    cells = {name: cell for name, cell in seen.items() if cell}
    known = set(heading.columns.values())
    extra: dict[str, str] = {}
    for column, cell in sorted(grid.sheet.rows[row].items()):
        if column not in known and cell.text:
            label = heading.texts.get(column) or f"{letters(column)}列"
            extra[f"{label}（{letters(column)}列）" if label in extra else label] = cell.text
    if not any(name != "order" and cell.row == row for name, cell in cells.items()):
        first = grid.sheet.rows[row][min(grid.sheet.rows[row])]
        cause = "这一行看不出是表中的一条，还是一句说明。"
        mend = "如是说明，请以“注：”开头；如是一条记录，请填写相应的列；不需要的请删去。"
        table.findings.append(Finding(Code.ROW_UNKNOWN, table.sheet, first.at, first.text, cause, mend))
        return
    labels = {name: heading.texts[column] for name, column in heading.columns.items()}
    table.lines.append(Line(table.sheet, row, cells, labels, extra, section))


def _repeats(heading: Heading, own: list[tuple[int, Cell]]) -> bool:
    """The heading again, as on each printed page."""
    return all(
        len(cell.text) <= LONGEST_HEADING and plain_heading(cell.text) == plain_heading(heading.texts.get(column, ""))
        for column, cell in own
    )


def _is_note(own: list[tuple[int, Cell]]) -> bool:
    texts = [fold(cell.text[:LONGEST_BEGINNING]) for _, cell in own]
    if _TOTAL.match(texts[0]) or (len(own) == 1 and _NOTE.match(texts[0])):
        return True
    if len(own) > 1 and texts[0].rstrip(":") in ("合计", "总计", "小计", "共计", "注", "备注", "说明"):
        return True
    return all(_LABEL.fullmatch(text) for text in texts)


def _is_section(grid: Grid, heading: Heading, row: int, own: list[tuple[int, Cell]]) -> bool:
    """A line such as 一、常委（11名） between the rows."""
    if len(own) != 1:
        return False
    column, cell = own[0]
    wide = grid.spans(row, column) >= max(2, len(heading.texts) // 2)
    return wide or (column == min(heading.texts) and bool(_SECTION.match(fold(cell.text[:LONGEST_BEGINNING]))))


def _only_numbered(heading: Heading, own: list[tuple[int, Cell]]) -> bool:
    """A prepared empty row that has only its serial number."""
    return len(own) == 1 and own[0][0] == heading.columns.get("order") and order_number(own[0][1].value) is not None


def _other_heading(grid: Grid, row: int) -> Heading | None:
    cells = grid.sheet.rows[row].values()
    if sum(len(cell.text) <= LONGEST_HEADING and plain_heading(cell.text)[0] in ALL_WORDS for cell in cells) < 4:
        return None
    found = max((read_heading(grid, kind, row, 1) for kind in Kind), key=lambda one: len(one.columns))
    return found if len(found.columns) >= 4 else None


def _second_table(cell: Cell, other: Heading) -> Finding:
    cause = f"从这一行起是另一张表（像“{other.vocabulary.label}”），这一行及以下没有读入。"
    mend = "请把它移到单独的工作表里。"
    return of_sheet(Code.SECOND_TABLE, cell.sheet, cell.at, cause, mend, cell.text)
