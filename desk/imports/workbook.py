"""The sheets of a workbook as plain cells: what stands in them, without empty cells, formulas or styles.

Read here and not with a spreadsheet library, because one that builds every styled empty cell has no bounds, tells a
formula without value from an empty cell only by reading twice, and does not know the Chinese built-in date formats.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from xml.sax.xmlreader import AttributesImpl

from desk.imports.cells import Cell, Merge, Sheet, position
from desk.imports.parts import Budget, Look, Part, SharedStrings, Styles, WorkbookPart, parse, relations, whole
from desk.imports.safety import LARGEST_SHEET, MEGABYTE, Package, RefusalCode, refuse
from desk.imports.values import Value

P = TypeVar("P", bound=Part)
MOST_SHEETS = 50
MOST_CELLS = 150_000
MOST_TEXT = 10_000_000
MOST_COLUMNS = 256
MOST_MERGES = 20_000
LONGEST_TEXT = 32_767
LONGEST_ROW = 4 * MEGABYTE

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Characters as the format writes them that XML cannot hold, _x000D_; what is no text either falls away."""
    return _ESCAPED.sub(lambda match: _text(chr(int(match[1], 16))), text)


def _text(character: str) -> str:
    return character if character.isprintable() or character in "\t\n\r" else ""


@dataclass(slots=True)
class Room:
    """How many cells and characters of text the workbook may still hold; a text used twice counts twice."""

    cells: int = MOST_CELLS
    text: int = MOST_TEXT


class SheetPart(Part):
    """A worksheet's XML into a `Sheet`."""

    def __init__(self, sheet: Sheet, texts: list[str], looks: list[Look], *, from_1904: bool, room: Room) -> None:
        super().__init__()
        self.sheet = sheet
        self.room = room
        self._texts = texts
        self._looks = looks
        self._first_day = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self._row = self._column = 0
        self._kind = self._style = ""
        self._formula = self._hint = self._row_hidden = False
        self._raw: str | None = None
        self._inline: list[str] = []

    def open(self, name: str, attrs: AttributesImpl) -> None:
        if name == "c":
            self._begin(attrs)
        elif name == "v" or (name == "t" and not self._hint):
            self.keep()
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = whole(attrs["r"]) if "r" in attrs else self._row + 1
            self._column = 0
            self._row_hidden = attrs.get("hidden", "0") in ("1", "true")
        elif name == "rPh":
            self._hint = True
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))

    def close(self, name: str) -> None:
        if name == "c":
            self._end()
        elif name == "v":
            self._raw = self.kept()
        elif name == "t" and not self._hint:
            self._inline.append(self.kept())
        elif name == "rPh":
            self._hint = False

    def _begin(self, attrs: AttributesImpl) -> None:
        self._column += 1
        if "r" in attrs:
            self._row, self._column = position(attrs["r"])
        self._kind, self._style = attrs.get("t", "n"), attrs.get("s", "0")
        self._formula, self._raw, self._inline = False, None, []

    def _end(self) -> None:
        if self._raw is None and not self._inline and not self._formula:
            return
        cell = self._cell()
        if not cell.text and not cell.without_value:
            return
        self.room.cells -= 1
        self.room.text -= len(cell.text)
        if self.room.cells < 0 or self.room.text < 0 or len(cell.text) > LONGEST_TEXT:
            refuse(RefusalCode.TOO_MANY_CELLS)
        row = self.sheet.rows.setdefault(self._row, {})
        row[self._column] = cell
        if self._row_hidden:
            self.sheet.hidden_rows.add(self._row)
        if len(row) > MOST_COLUMNS:
            refuse(RefusalCode.TOO_MANY_CELLS)

    def _cell(self) -> Cell:
        raw = self._raw
        value: Value = None
        text = unit = ""
        if self._kind == "inlineStr":
            value = text = unescape("".join(self._inline))
        elif raw is None:
            pass
        elif self._kind == "s":
            value = text = unescape(self._shared(raw))
        elif self._kind in ("str", "e"):
            value = text = unescape(raw)
        elif self._kind == "b":
            value, text = raw == "1", "TRUE" if raw == "1" else "FALSE"
        elif self._kind == "d":
            value = text = raw
        else:
            value, text, unit = self._number(raw)
        if not text.strip():
            value, text = None, ""
        # A text formula may well have an empty result; a number cannot be empty, so it was never calculated.
        missing = self._formula and not self._inline and (raw is None or (raw == "" and self._kind != "str"))
        name, at = self.sheet.name, (self._row, self._column)
        return Cell(name, *at, value, text, unit, without_value=missing, is_error=self._kind == "e")

    def _shared(self, raw: str) -> str:
        number = whole(raw)
        if number >= len(self._texts):
            refuse(RefusalCode.DAMAGED)
        return self._texts[number]

    def _number(self, raw: str) -> tuple[Value, str, str]:
        """A number by its format: a day, a month without day (kept as words), a share, or a number with a unit."""
        try:
            number = float(raw)
        except ValueError:
            return raw, raw, ""
        style = whole(self._style)
        look = self._looks[style] if style < len(self._looks) else Look()
        # Before 1 March 1900 the programs do not agree on which day a number is.
        if (look.is_day or look.is_month) and 61 <= number < 2_900_000:
            return self._day(number, look)
        if number.is_integer() and abs(number) < 1e15:
            number = int(number)
        shown = f"{number:.15g}" if isinstance(number, float) else str(number)
        if look.is_percent:
            share = Decimal(shown) * 100
            return f"{share.normalize():f}%", f"{share.normalize():f}%", "%"
        return number, shown + look.unit, look.unit

    def _day(self, number: float, look: Look) -> tuple[Value, str, str]:
        days, minutes = divmod(round(number * 86_400) // 60, 24 * 60)
        day = self._first_day + timedelta(days=days)
        if look.is_month:
            return (words := f"{day.year}年{day.month}月"), words, ""
        clock = f" {minutes // 60:02}:{minutes % 60:02}" if minutes else ""
        return day, day.isoformat() + clock, ""

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        if len(self.sheet.merges) >= MOST_MERGES:
            refuse(RefusalCode.TOO_MANY_CELLS)
        (top, left), (bottom, right) = position(first), position(last or first)
        self.sheet.merges.append(Merge(top, left, bottom, right))


def filled_rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A worksheet's XML without those stretches of rows in which no cell holds anything.

    A million formatted empty rows cost a search for bytes instead of a million elements. Only rows that carry their
    own number are passed over, so that the numbers of the rest do not shift.
    """
    rest = b""
    for chunk in chunks:
        rest += chunk
        cut = rest.rfind(b'<row r="')
        if cut <= 0:
            if len(rest) > LONGEST_ROW:
                yield rest
                rest = b""
            continue
        head, rest = rest[:cut], rest[cut:]
        whole_rows = head.startswith(b'<row r="') and head.count(b"<row") == head.count(b'<row r="')
        if not whole_rows or any(mark in head for mark in (b"<v", b"<f", b"<is", b"</sheetData", b"<!", b":c ")):
            yield head
    yield rest


def read_sheets(source: bytes | Path) -> list[Sheet]:
    """The worksheets in their order, hidden ones too; raises `WorkbookRefused`."""
    package = Package(source)
    budget = Budget()
    main = next((path for kind, path in relations(package, "", budget).values() if kind == "officeDocument"), "")
    if not main.startswith("xl/") or not package.has(main):
        refuse(RefusalCode.NOT_A_WORKBOOK if package.has("[Content_Types].xml") else _not_even_office(package))
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        refuse(RefusalCode.MACROS)
    book = WorkbookPart()
    parse(package.chunks(main), book, budget)
    if len(book.sheets) > MOST_SHEETS:
        refuse(RefusalCode.TOO_MANY_SHEETS)
    targets = relations(package, main, budget)
    texts = _part(package, targets, "sharedStrings", SharedStrings(), budget).texts
    looks = _part(package, targets, "styles", Styles(), budget).looks
    sheets, room = [], Room()
    for entry in book.sheets:
        kind, member = targets.get(entry.relation, ("", ""))
        if kind != "worksheet":
            continue
        if not package.has(member):
            refuse(RefusalCode.DAMAGED)
        part = SheetPart(Sheet(entry.name, entry.hidden, member), texts, looks, from_1904=book.from_1904, room=room)
        parse(filled_rows(package.chunks(member, limit=LARGEST_SHEET)), part, budget)
        sheets.append(part.sheet)
    return sheets


def _not_even_office(package: Package) -> RefusalCode:
    return RefusalCode.DAMAGED if any(name.startswith("xl/") for name in package.names) else RefusalCode.NOT_A_WORKBOOK


def _part(package: Package, targets: dict[str, tuple[str, str]], kind: str, part: P, budget: Budget) -> P:
    """The workbook's part of a kind, as far as there is one."""
    for found, member in targets.values():
        if found == kind and package.has(member):
            parse(package.chunks(member), part, budget)
    return part
