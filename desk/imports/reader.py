"""Takes the fields out of one row; what a field does not say for certain becomes a finding, and the field None."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from desk.imports.cells import Cell, letters
from desk.imports.findings import Code, Finding, Unclear
from desk.imports.lines import Line, Table
from desk.imports.names import Directory, PersonMention, UnitMention
from desk.imports.text import fold, is_blank_mark, is_vacant, paragraphs, person_name, shown, split_list, tidy
from desk.imports.values import DateContext, order_number, parse_amount, parse_date, parse_minutes, parse_percent

T = TypeVar("T")
_NAME = re.compile("[A-Za-z\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]{2,30}")
_TITLED = re.compile("..(局长|主任|书记|部长|主席|科长|区长|县长|市长|镇长|乡长|院长|检察长|政委|同志)$")


@dataclass(slots=True)
class RowReader:
    """One row of a table, with the names it may use. All its findings go to the table's list."""

    table: Table
    line: Line
    directory: Directory

    def find(self, code: Code, name: str, cause: str, mend: str, *, text: str | None = None) -> None:
        """A finding at a field of this row, also where its cell is empty."""
        column = self.table.heading.columns.get(name)
        cell = self.line.cells.get(name)
        at = cell.at if cell else f"{letters(column or 1)}{self.line.number}"
        found = self.line.text(name).strip() if text is None else text
        self.table.findings.append(Finding(code, self.table.sheet, at, found, cause, mend, lines=(self.line.number,)))

    def parse(self, name: str, read: Callable[[Cell], T]) -> T | None:
        """A field through its parser; the parser's doubt is the finding."""
        cell = self.line.cells.get(name)
        if cell is None or cell.without_value or cell.is_error:
            return None
        try:
            return read(cell)
        except Unclear as doubt:
            self.find(doubt.code, name, doubt.cause, doubt.mend)
            return None

    def words(self, name: str) -> str:
        """A short text as the office wrote it."""
        return self.parse(name, lambda cell: tidy(cell.text)) or ""

    def prose(self, name: str) -> str:
        """A longer text with its line breaks."""
        return self.parse(name, lambda cell: paragraphs(cell.text)) or ""

    def require(self, *names: str) -> None:
        """A field without which the row cannot be taken in; a column that is not there at all is its own finding."""
        for name in names:
            cell = self.line.cells.get(name)
            if name in self.table.heading.columns and (cell is None or is_blank_mark(cell.text)) and not _bad(cell):
                label = self.table.heading.vocabulary.columns[name].label
                self.find(Code.MISSING, name, f"这一行没有写“{label}”。", f"请补上“{label}”；不需要的行请整行删去。")

    def day(self, name: str, context: DateContext) -> date | None:
        """A legal day."""
        return self.parse(name, lambda cell: parse_date(cell.value, context))

    def amount(self, name: str) -> Decimal | None:
        """Money in yuan."""
        return self.parse(name, lambda cell: parse_amount(cell.value, cell.unit or self.unit(name)))

    def minutes(self, name: str) -> int | None:
        """A duration in minutes."""
        return self.parse(name, lambda cell: parse_minutes(cell.value, self.unit(name)))

    def percent(self, name: str) -> Decimal | None:
        """A share of a hundred."""
        return self.parse(name, lambda cell: parse_percent(cell.value, self.unit(name)))

    def order(self, place: int) -> int:
        """The serial number, else the row's place."""
        cell = self.line.cells.get("order")
        return (order_number(cell.value) if cell else None) or place

    def unit(self, name: str) -> str:
        """The unit in the brackets of the heading."""
        return self.table.heading.units.get(name, "")

    def people(self, name: str) -> tuple[PersonMention, ...]:
        """The persons named in a field, in the order written."""
        return tuple(self.person(name, text) for text in split_list(self._text(name)) if not is_vacant(text))

    def units(self, name: str) -> tuple[UnitMention, ...]:
        """The units named in a field, in the order written."""
        return tuple(self._unit(name, text) for text in split_list(self._text(name)))

    def _text(self, name: str) -> str:
        return self.parse(name, lambda cell: cell.text) or ""

    def person(self, name: str, text: str) -> PersonMention:
        """Who a name in this field means."""
        try:
            return PersonMention(text, self.directory.person(text))
        except Unclear as doubt:
            self.find(doubt.code, name, doubt.cause, doubt.mend, text=text)
            return PersonMention(text, None)

    def _unit(self, name: str, text: str) -> UnitMention:
        try:
            return UnitMention(text, self.directory.unit(text))
        except Unclear as doubt:
            self.find(doubt.code, name, doubt.cause, doubt.mend, text=text)
            return UnitMention(text, None)

    def names(self, name: str, *, silent: bool = False) -> tuple[tuple[str, str], ...]:
        """Names with the notes behind them, where this field is what makes these persons known."""
        before = len(self.table.findings)
        names = self.parse(name, lambda cell: _whole_names(cell.text)) or ()
        if silent:
            del self.table.findings[before:]
        return names

    def name(self, name: str) -> tuple[str, str]:
        """The one name of a row that is about one person."""
        names = self.names(name)
        if len(names) > 1:
            self.find(Code.UNCLEAR_NAME, name, "这一格应当只有一个人的姓名。", "请一行写一个人的姓名。")
        return names[0] if len(names) == 1 else ("", "")

    def cell_findings(self) -> None:
        """Formulas that were never calculated, and error values, in any known field."""
        for name, cell in self.line.cells.items():
            if cell.row != self.line.number or not _bad(cell):
                continue
            if cell.without_value:
                cause, mend = (
                    "这一格是公式，但文件里没有存下计算结果。",
                    "请用 Excel 或 WPS 打开并保存一次，或者直接填写结果。",
                )
                self.find(Code.FORMULA_WITHOUT_VALUE, name, cause, mend)
            else:
                self.find(Code.ERROR_VALUE, name, "这一格的公式出错，没有结果。", "请改正公式，或者直接填写结果。")


def find_twice(rows: Iterable[tuple[RowReader, Hashable]], name: str, what: str, mend: str) -> None:
    """A row whose key another had before is a finding at a field of the later one; an empty key says nothing."""
    first: dict[Hashable, int] = {}
    for row, key in rows:
        if key and first.setdefault(key, row.line.number) != row.line.number:
            row.find(Code.ROW_TWICE, name, f"与第{first[key]}行的{what}相同。", mend)


def _bad(cell: Cell | None) -> bool:
    return cell is not None and (cell.without_value or cell.is_error)


def _whole_names(text: str) -> tuple[tuple[str, str], ...]:
    names = tuple(person_name(part) for part in split_list(text) if not is_vacant(part))
    for name, _ in names:
        if not _NAME.fullmatch(name):
            raise Unclear(
                Code.UNCLEAR_NAME, f"“{shown(name)}”不像一个人的姓名。", "请只写姓名；电话、职务等请写在各自的列里。"
            )
        if _TITLED.search(name):
            raise Unclear(Code.UNCLEAR_NAME, f"“{shown(name)}”的姓名后面连着职务。", "请只写姓名，职务写在各自的列里。")
    return names


def one_of(choices: dict[str, T], text: str, label: str) -> T | None:
    """A word from a closed list, blanks and widths aside; another word is unclear, nothing is None."""
    word = fold(text)
    if is_blank_mark(word):
        return None
    if word in choices:
        return choices[word]
    said = "、".join(f"“{choice}”" for choice in list(choices)[:6])
    raise Unclear(Code.UNCLEAR_CHOICE, f"不认得的{label}。", f"请写成{said}之一。")
