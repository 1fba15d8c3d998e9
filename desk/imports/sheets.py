"""What kind of sheet this is and which column means what, told by the words of its heading wherever it stands."""

import re
from dataclasses import dataclass
from functools import lru_cache

from desk.imports.cells import Cell, Sheet, letters
from desk.imports.findings import Code, Finding, of_sheet
from desk.imports.safety import RefusalCode, refuse
from desk.imports.text import unbracket
from desk.imports.vocabulary import SURE, VOCABULARIES, WEAK, Kind, Vocabulary

HEADING_WITHIN = 40
LONGEST_HEADING = 60
MOST_MERGED_CELLS = 500_000
_MARKS = re.compile("[、/·.\\-_*:“”\"'‘’《》#]")


class Grid:
    """A sheet in which a merged area shows its text in each of its cells."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.row_numbers = sorted(sheet.rows)
        self._anchors: dict[tuple[int, int], tuple[int, int]] = {}
        self._merged: dict[int, list[int]] = {}
        self._widths: dict[tuple[int, int], int] = {}
        last_column = max((max(row) for row in sheet.rows.values()), default=0)
        for merge in sheet.merges:
            bottom, right = min(merge.bottom, sheet.last_row), min(merge.right, last_column)
            if (bottom - merge.top + 1) * (right - merge.left + 1) + len(self._anchors) > MOST_MERGED_CELLS:
                refuse(RefusalCode.TOO_MANY_CELLS)
            self._widths[merge.top, merge.left] = merge.right - merge.left + 1
            for row in range(merge.top, bottom + 1):
                self._merged.setdefault(row, []).extend(range(merge.left, right + 1))
                for column in range(merge.left, right + 1):
                    self._anchors[row, column] = (merge.top, merge.left)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Where the text of this cell stands: itself, or the first cell of its merged area."""
        return self._anchors.get((row, column), (row, column))

    def at(self, row: int, column: int) -> Cell | None:
        """The cell seen here."""
        row, column = self.anchor(row, column)
        return self.sheet.rows.get(row, {}).get(column)

    def down(self, row: int, column: int, *, below: int) -> Cell | None:
        """The cell seen here, where merged then only downwards in its own column and not out of the heading."""
        top, left = self.anchor(row, column)
        return self.at(row, column) if left == column and top > below else None

    def columns(self, row: int) -> list[int]:
        """The columns in which something is seen in this row."""
        merged = (column for column in self._merged.get(row, ()) if self.at(row, column))
        return sorted({*self.sheet.rows.get(row, {}), *merged})

    def spans(self, row: int, column: int) -> int:
        """How many columns the cell here covers."""
        return self._widths.get(self.anchor(row, column), 1)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found: its rows, which column each field has, and what could not be told."""

    kind: Kind
    row: int
    height: int
    columns: dict[str, int]
    twice: dict[str, tuple[int, ...]]
    texts: dict[int, str]
    units: dict[str, str]
    score: int

    @property
    def bottom(self) -> int:
        """The last row of the heading."""
        return self.row + self.height - 1

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of its kind."""
        return VOCABULARIES[self.kind]

    @property
    def missing(self) -> list[tuple[str, ...]]:
        """Groups of columns without which the kind cannot be told."""
        return [group for group in self.vocabulary.required if not any(name in self.columns for name in group)]


@lru_cache(maxsize=10_000)
def plain_heading(text: str) -> tuple[str, str]:
    """A heading as it is compared, and its bracket: A、B角 → AB角; 汇报时长（分钟） → 汇报时长 and 分钟."""
    words, bracket = unbracket(text)
    return _MARKS.sub("", words).upper(), bracket


def recognise(grid: Grid) -> tuple[Heading | None, list[Finding]]:
    """Find the heading whose words fit one kind best, and say what is doubtful; two kinds equally good are none."""
    best = [found for kind in Kind if (found := _best_heading(grid, kind))]
    complete = [found for found in best if not found.missing]
    best = sorted(complete or [found for found in best if _speaks(grid, found)], key=lambda found: -found.score)
    name = grid.sheet.name
    if not best:
        return None, _unknown(grid)
    if len(best) > 1 and best[0].score == best[1].score:
        kinds = "、".join(f"“{found.vocabulary.label}”" for found in best if found.score == best[0].score)
        cause = f"这张表看上去既像{kinds}，不能确定是哪一种。"
        mend = "请在表名或标题里写明是哪一种台账。"
        return None, [of_sheet(Code.SHEET_UNDECIDED, name, f"A{best[0].row}", cause, mend, name)]
    return best[0], _column_findings(name, best[0])


def _best_heading(grid: Grid, kind: Kind) -> Heading | None:
    found: Heading | None = None
    for row in grid.row_numbers[:HEADING_WITHIN]:
        taken = read_heading(grid, kind, row, 1)
        if len(taken.columns) + len(taken.twice) >= 2:
            height = _merged_height(grid, row)
            double = read_heading(grid, kind, row, max(height, 2))
            if height > 1 or len(double.columns) >= len(taken.columns) + 2:
                taken = double
        if len(taken.columns) + len(taken.twice) >= 2 and (found is None or taken.score > found.score):
            found = taken
    return found


def _merged_height(grid: Grid, row: int) -> int:
    """How many rows a heading here has by its merged areas: 1 where there are none that say so."""
    heights = [merge.bottom - row + 1 for merge in grid.sheet.merges if merge.top == row and merge.bottom > row]
    if heights:
        return min(max(heights), 3)
    groups = [merge for merge in grid.sheet.merges if merge.top == merge.bottom == row]
    return 2 if groups and len(grid.sheet.rows.get(row, {})) > 2 else 1


def read_heading(grid: Grid, kind: Kind, row: int, height: int) -> Heading:
    """Match the words of these rows, column by column, with the words of a kind."""
    vocabulary = VOCABULARIES[kind]
    sure: dict[str, list[int]] = {}
    weak: dict[str, list[int]] = {}
    texts: dict[int, str] = {}
    brackets: dict[int, str] = {}
    for column in sorted({column for at in range(row, row + height) for column in grid.columns(at)}):
        cells = [cell for at in range(row, row + height) if (cell := grid.at(at, column))]
        stack = list(dict.fromkeys(cell.text for cell in cells))
        plain = [plain_heading(text) if len(text) <= LONGEST_HEADING else ("", "") for text in stack]
        words = ["".join(word for word, _ in plain), *(word for word, _ in reversed(plain))]
        texts[column] = " ".join(text.strip() for text in stack)
        brackets[column] = "".join(bracket for _, bracket in plain)
        if name := next((SURE[kind][word] for word in words if word in SURE[kind]), ""):
            sure.setdefault(name, []).append(column)
        elif name := next((WEAK[kind][word] for word in words if word in WEAK[kind]), ""):
            weak.setdefault(name, []).append(column)
    claims = {name: sure.get(name) or weak[name] for name in vocabulary.columns if name in sure or name in weak}
    columns = {name: at[0] for name, at in claims.items() if len(at) == 1}
    return Heading(
        kind,
        row,
        height,
        columns,
        twice={name: tuple(at) for name, at in claims.items() if len(at) > 1},
        texts=texts,
        units={name: brackets[column] for name, column in columns.items()},
        score=sum(2 * vocabulary.columns[name].telling if name in sure else 1 for name in claims)
        + (3 if len(claims) > 1 and _title_speaks(grid, vocabulary, row) else 0),
    )


def _title_speaks(grid: Grid, vocabulary: Vocabulary, row: int) -> bool:
    titles = [cell.text for at in grid.row_numbers if at < row for cell in grid.sheet.rows[at].values()]
    return any(word in title for word in vocabulary.title_words for title in (grid.sheet.name, *titles))


def _speaks(grid: Grid, found: Heading) -> bool:
    """Whether an incomplete heading still says its kind: three known columns, or two under a title that says it."""
    return len(found.columns) >= (2 if _title_speaks(grid, found.vocabulary, found.row) else 3)


def _unknown(grid: Grid) -> list[Finding]:
    """A sheet of no known kind is a finding if it holds a table; a sheet of prose is only noted by the caller."""
    if sum(len(row) > 1 for row in grid.sheet.rows.values()) < 2:
        return []
    cell = next(iter(grid.sheet.rows[grid.row_numbers[0]].values()))
    cause = "看不出这张表是委员名册、部门单位、分工、议题还是督办台账，没有读入。"
    mend = "请让表头写出“姓名”“议题名称”“牵头单位”这样的列名；不需要导入的，请删去这张表。"
    return [of_sheet(Code.SHEET_UNKNOWN, grid.sheet.name, cell.at, cause, mend, cell.text)]


def _column_findings(sheet: str, heading: Heading) -> list[Finding]:
    findings = []
    labels = heading.vocabulary.columns
    needed = [(name,) for name in heading.vocabulary.needed if name not in heading.columns]
    for group in dict.fromkeys((*heading.missing, *needed)):
        wanted = "或".join(f"“{labels[name].label}”" for name in group)
        if not any(name in heading.twice for name in group):
            mend = f"请把对应的列名改为{wanted}，或者补上这一列。"
            cause = f"表头里没有找到{wanted}这一列。"
            findings.append(of_sheet(Code.COLUMN_MISSING, sheet, f"A{heading.row}", cause, mend))
    for name, columns in heading.twice.items():
        at, label = columns[1], labels[name].label
        cause = f"有{len(columns)}列都像“{label}”，不能确定用哪一列。"
        mend = f"请只把其中一列的列名写作“{label}”，其余的改名。"
        cell = f"{letters(at)}{heading.bottom}"
        findings.append(of_sheet(Code.COLUMN_TWICE, sheet, cell, cause, mend, heading.texts[at]))
    return findings
