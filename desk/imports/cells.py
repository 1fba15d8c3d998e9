"""A sheet as plain cells: what stands where, and what people see there."""

import re
from dataclasses import dataclass, field

from desk.imports.safety import RefusalCode, refuse
from desk.imports.values import Value

_AT = re.compile("([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with something in it. `text` is what people see; `unit` is % or money where the format shows it."""

    sheet: str
    row: int
    column: int
    value: Value
    text: str
    unit: str = ""
    without_value: bool = False
    is_error: bool = False

    @property
    def at(self) -> str:
        """The coordinate, such as G14."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells by row and column, its merged areas."""

    name: str
    hidden: bool
    member: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)

    @property
    def last_row(self) -> int:
        """The last row with something in it, 0 for an empty sheet."""
        return max(self.rows, default=0)


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def position(at: str) -> tuple[int, int]:
    """G14 → (14, 7); anything else means a damaged file."""
    found = _AT.fullmatch(at)
    if not found:
        refuse(RefusalCode.DAMAGED)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
